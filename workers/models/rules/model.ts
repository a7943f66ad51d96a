import { evaluateAbsence } from './absence'
import { evaluateChange } from './change'
import { evaluateCombination } from './combination'
import type { Evaluation, Horizon, Rule, RuleEvent } from './rule'
import { evaluateSequence } from './sequence'
import { evaluatePlaces } from './spatial'
import { evaluateDedupe, evaluateSustained, evaluateThreshold } from './threshold'
import { evaluateWindows } from './windows'

/**
 * Runs one rule over events, in event time and the same for the same events in any order of arrival within the allowed
 * lateness (docs/models/rules.md). `t` in seconds. A value that is no number neither satisfies a rule nor ends it.
 */
export function evaluateRule(rule: Rule, events: readonly RuleEvent[], horizon?: Horizon): Evaluation {
  if ('window' in rule) return evaluateWindows(rule, events)
  if (rule.type === 'spatial_join') return evaluatePlaces(rule, events)
  const ordered = inOrder(events)
  switch (rule.type) {
    case 'threshold':
      return evaluateThreshold(rule, ordered)
    case 'dedupe':
      return evaluateDedupe(rule, ordered)
    case 'sustained':
      return evaluateSustained(rule, ordered)
    case 'rate':
    case 'delta':
      return evaluateChange(rule, ordered)
    case 'absence':
      return evaluateAbsence(rule, ordered, horizon)
    case 'sequence':
      return evaluateSequence(rule, ordered)
    case 'and':
    case 'or':
      return evaluateCombination(rule, ordered)
  }
}

/** By event time; equal times keep their order of arrival. */
const inOrder = (events: readonly RuleEvent[]): RuleEvent[] => [...events].sort((one, other) => one.t - other.t)
