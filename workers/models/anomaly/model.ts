import { cusum, ewma } from './charts'
import { nabScore, nabSigmoid, NAB_PROFILES } from './nabScore'
import { gesd, grubbs, robustZ } from './outliers'
import { duplicates, flatline, gaps, outOfRange, spikes, steps, timeSkew, unitJumps } from './quality'
import { seasonalNaive } from './seasonalNaive'
import { windowedGaussian } from './windowedGaussian'

/** What is odd in a series, what is broken in its sensor, and how detectors are scored (docs/models/anomaly.md). */
export const anomaly = {
  gesd,
  grubbs,
  robustZ,
  ewma,
  cusum,
  seasonalNaive,
  windowedGaussian,
  nabScore,
  nabSigmoid,
  NAB_PROFILES,
  quality: { flatline, spikes, steps, outOfRange, timeSkew, gaps, duplicates, unitJumps },
} as const
