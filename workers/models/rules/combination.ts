import { meets, textOf } from './rule'
import type { CombinationRule, Evaluation, RuleEvent, Turn } from './rule'

/**
 * `and`: all conditions were met within the span, in any order; opens at the last of them and starts anew. `or`: any
 * condition is met; opens again only after the span without one.
 */
export function evaluateCombination(rule: CombinationRule, events: readonly RuleEvent[]): Evaluation {
  const met = new Map<string, Map<number, number>>()
  const open: Turn[] = []
  for (const event of events) {
    const group = textOf(event, rule.group)
    const times = met.get(group) ?? new Map<number, number>()
    met.set(group, times)
    const before = Math.max(Number.NEGATIVE_INFINITY, ...times.values())
    const now = rule.of.flatMap((condition, k) => (meets(event, condition) ? [k] : []))
    if (now.length === 0) continue
    for (const k of now) times.set(k, event.t)
    if (rule.type === 'or') {
      if (event.t - before > rule.withinSeconds) open.push({ t: event.t, group })
      continue
    }
    const fresh = rule.of.every((_, k) => event.t - (times.get(k) ?? Number.NEGATIVE_INFINITY) <= rule.withinSeconds)
    if (!fresh) continue
    open.push({ t: event.t, group })
    times.clear()
  }
  return { open, close: [] }
}
