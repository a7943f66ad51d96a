import { matches, textOf } from './rule'
import type { Evaluation, RuleEvent, SequenceRule, Step, Turn } from './rule'

/** A match on its way: next step, time of its first and of its last step. */
interface Underway {
  step: number
  readonly first: number
  last: number
}

/**
 * Steps in order, one match on its way per group. A `not` step vetoes between its neighbours; a timer fires by itself
 * when its time has come, also after the last event.
 */
export function evaluateSequence(rule: SequenceRule, events: readonly RuleEvent[]): Evaluation {
  const partials = new Map<string, Underway>()
  const open: Turn[] = []
  for (const event of events) {
    open.push(...fireTimers(rule, partials, event.t))
    const group = textOf(event, rule.group)
    const turn = advance(rule, partials, { event, group })
    if (turn !== undefined) open.push(turn)
  }
  open.push(...fireTimers(rule, partials, Number.POSITIVE_INFINITY))
  return { open, close: [] }
}

function advance(
  { steps, withinSeconds = Number.POSITIVE_INFINITY }: SequenceRule,
  partials: Map<string, Underway>,
  { event, group }: { event: RuleEvent; group: string },
): Turn | undefined {
  const running = partials.get(group)
  if (running !== undefined && (event.t - running.first > withinSeconds || isVetoed(steps, running.step, event)))
    partials.delete(group)
  const partial = partials.get(group) ?? { step: 0, first: event.t, last: event.t }
  const next = positiveFrom(steps, partial.step)
  const step = steps[next]
  if (step === undefined || !('match' in step) || !matches(event, step.match)) return undefined
  partial.step = next + 1
  partial.last = event.t
  if (positiveFrom(steps, partial.step) < steps.length) {
    partials.set(group, partial)
    return undefined
  }
  partials.delete(group)
  return { t: event.t, group }
}

/** Place of the next step that is no veto. */
function positiveFrom(steps: readonly Step[], from: number): number {
  const found = steps.findIndex((step, i) => i >= from && !('not' in step))
  return found < 0 ? steps.length : found
}

const isVetoed = (steps: readonly Step[], from: number, event: RuleEvent): boolean =>
  steps.slice(from, positiveFrom(steps, from)).some((step) => 'not' in step && matches(event, step.not))

function fireTimers({ steps }: SequenceRule, partials: Map<string, Underway>, now: number): Turn[] {
  const fired: Turn[] = []
  for (const [group, partial] of partials) {
    const next = positiveFrom(steps, partial.step)
    const step = steps[next]
    if (step === undefined || !('timerSeconds' in step) || !(partial.last + step.timerSeconds < now)) continue
    partial.last += step.timerSeconds
    partial.step = next + 1
    if (positiveFrom(steps, partial.step) < steps.length) continue
    fired.push({ t: partial.last, group })
    partials.delete(group)
  }
  return fired.sort((one, other) => one.t - other.t)
}
