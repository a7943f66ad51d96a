import { chainLadder } from './chainLadder'
import { finalSize, fitOutbreak, outbreakExtinction, seir } from './compartments'
import { reproduction, serialInterval } from './reproduction'
import { scoreForecasts, weightedInterval } from './weightedInterval'

/** How fast a disease grows, how much is not reported yet, where it goes (docs/models/epidemic.md). */
export const epidemic = {
  reproduction,
  serialInterval,
  chainLadder,
  weightedInterval,
  scoreForecasts,
  seir,
  finalSize,
  fitOutbreak,
  outbreakExtinction,
} as const
