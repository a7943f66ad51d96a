import { denseGas, densePlume, densePuff } from './denseGas'
import { plumeConcentration, puffConcentration, releaseConcentration } from './gaussian'
import { spread } from './spread'
import { stabilityByMoninObukhov, stabilityByWind, windAtHeight } from './stability'
import { milligramsPerCubicMetre, toxicLevels } from './toxic'

/** A gas cloud downwind of a release: where, how strong, when it is no longer a Gaussian (docs/models/plume.md). */
export const plume = {
  spread,
  windAtHeight,
  stabilityByMoninObukhov,
  stabilityByWind,
  plumeConcentration,
  puffConcentration,
  releaseConcentration,
  denseGas,
  densePlume,
  densePuff,
  milligramsPerCubicMetre,
  toxicLevels,
} as const
