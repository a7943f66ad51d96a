import { textOf } from './rule'
import type { AbsenceRule, Evaluation, Horizon, RuleEvent, Turn } from './rule'

/** One timer per key: last event + missing periods + grace; also for a key that was registered and never came. */
export function evaluateAbsence(rule: AbsenceRule, events: readonly RuleEvent[], horizon: Horizon = {}): Evaluation {
  const patience = rule.expectEverySeconds * rule.missing + rule.graceSeconds
  const due = new Map((horizon.registered ?? []).map((key) => [key, patience]))
  const open: Turn[] = []
  const close: Turn[] = []
  for (const event of events) {
    const group = textOf(event, 'key')
    const at = due.get(group)
    if (at !== undefined && at < event.t) {
      open.push({ t: at, group })
      close.push({ t: event.t, group })
    }
    due.set(group, event.t + patience)
  }
  const until = horizon.until ?? events.at(-1)?.t ?? 0
  for (const [group, at] of due) if (at <= until) open.push({ t: at, group })
  return { open: open.sort((one, other) => one.t - other.t), close }
}
