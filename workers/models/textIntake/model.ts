import { parseAddress } from './address'
import { bcubed, classificationScore, segmentationScore } from './scores'
import { bigramJaccard, isDuplicate } from './similarity'

/** Calls and posts: the place in them, whether two say the same, and how well that works (docs/models/textIntake.md). */
export const textIntake = {
  parseAddress,
  bigramJaccard,
  isDuplicate,
  segmentationScore,
  classificationScore,
  bcubed,
} as const
