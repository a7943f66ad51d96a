import { advect } from './advection'
import { contingencyScore } from './contingency'
import { chicagoStorm, returnPeriod, stormDepth, stormFormula, stormIntensity } from './designStorm'
import { gevFit, gevReturnLevels, gumbelFit, gumbelLMoments, gumbelMoments } from './extremes'
import { gr4j } from './gr4j'
import { seriesScore } from './scores'

/** Rain and runoff: nowcast by advection, GR4J, extremes, design storms and their scores (docs/models/hydrology.md). */
export const hydrology = {
  advect,
  contingencyScore,
  chicagoStorm,
  stormDepth,
  stormIntensity,
  returnPeriod,
  stormFormula,
  gevFit,
  gevReturnLevels,
  gumbelFit,
  gumbelLMoments,
  gumbelMoments,
  gr4j,
  seriesScore,
} as const
