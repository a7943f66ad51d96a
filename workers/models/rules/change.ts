import { compares, matches, numberOf, rounded, textOf } from './rule'
import type { ChangeRule, Evaluation, RuleEvent, Turn } from './rule'

/** Change over a window: opens when the comparison begins to hold, closes when it ends. */
export function evaluateChange(rule: ChangeRule, events: readonly RuleEvent[]): Evaluation {
  const histories = new Map<string, { t: number; value: number }[]>()
  const standing = new Set<string>()
  const open: Turn[] = []
  const close: Turn[] = []
  const changes: (number | null)[] = []
  for (const event of events) {
    const [group, value] = [textOf(event, 'key'), numberOf(event, rule.field)]
    if (Number.isNaN(value) || !matches(event, rule.where)) continue
    const history = histories.get(group) ?? []
    const change = changeAt(history, { t: event.t, value }, rule)
    histories.set(group, [...history, { t: event.t, value }])
    changes.push(change)
    const holds = change !== null && compares(change, rule.op, rule.value)
    if (holds === standing.has(group)) continue
    if (holds) standing.add(group)
    else standing.delete(group)
    ;(holds ? open : close).push({ t: event.t, group })
  }
  return { open, close, changes }
}

function changeAt(
  history: { t: number; value: number }[],
  now: { t: number; value: number },
  { type, windowSeconds, perSeconds = 1 }: ChangeRule,
): number | null {
  const before = history.findLastIndex(({ t }) => t <= now.t - windowSeconds)
  if (before > 0) history.splice(0, before)
  const base = history[0]
  if (base === undefined || base.t === now.t) return null
  const difference = now.value - base.value
  return rounded(type === 'delta' ? difference : (difference / (now.t - base.t)) * perSeconds)
}
