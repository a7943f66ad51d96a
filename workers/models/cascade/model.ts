import { jointProbability, queryNetwork } from './bayes'
import { cascadeExact, cascadeSampled, criticality } from './cascade'
import { infrastructureOutages } from './infrastructure'
import { twoTerminalReliability } from './reliability'

/** What breaks next, when, how likely: event graphs, Bayesian networks, interdependent services (docs/models/cascade.md). */
export const cascade = {
  queryNetwork,
  jointProbability,
  cascadeExact,
  cascadeSampled,
  criticality,
  infrastructureOutages,
  twoTerminalReliability,
} as const
