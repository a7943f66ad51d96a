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
export function evaluateRule(rule: Rule, events: readonly RuleEvent[], horizon: Horizon = {}): Evaluation {
  switch (rule.type) {
    case 'threshold':
      return evaluateThreshold(rule, inOrder(events))
    case 'dedupe':
      return evaluateDedupe(rule, inOrder(events))
    case 'sustained':
      return evaluateSustained(rule, inOrder(events))
    case 'rate':
    case 'delta':
      return evaluateChange(rule, inOrder(events))
    case 'count':
    case 'count_distinct':
    case 'agg':
      return evaluateWindows(rule, events)
    case 'absence':
      return evaluateAbsence(rule, inOrder(events), horizon)
    case 'sequence':
      return evaluateSequence(rule, inOrder(events))
    case 'and':
    case 'or':
      return evaluateCombination(rule, inOrder(events))
    case 'spatial_join':
      return evaluatePlaces(rule, events)
  }
}

/** By event time; equal times keep their order of arrival. */
const inOrder = (events: readonly RuleEvent[]): RuleEvent[] => [...events].sort((one, other) => one.t - other.t)
