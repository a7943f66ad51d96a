import { crowdPressure, densityAlert, fruinLevel } from './danger'
import { exitSeconds, fuseCounts, sfpeSpeed, walkingCapacity, walkingSpeed } from './walking'

/** How dense a crowd is, how it moves, when it becomes dangerous (docs/models/crowd.md). */
export const crowd = {
  walkingSpeed,
  walkingCapacity,
  sfpeSpeed,
  exitSeconds,
  fuseCounts,
  fruinLevel,
  crowdPressure,
  densityAlert,
} as const
