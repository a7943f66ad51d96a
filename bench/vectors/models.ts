import type { Kinds } from './kind'
import { anomalyKinds } from './kinds/anomaly'
import { cascadeKinds } from './kinds/cascade'
import { dispatchKinds } from './kinds/dispatch'
import { earthquakeKinds } from './kinds/earthquake'
import { exposureKinds } from './kinds/exposure'
import { hydrologyKinds } from './kinds/hydrology'
import { interpolationKinds } from './kinds/interpolation'
import { plumeKinds } from './kinds/plume'
import { ruleKinds } from './kinds/rules'

/** The kinds of check cases by the model they belong to. */
export const models: Readonly<Record<string, Kinds>> = {
  anomaly: anomalyKinds,
  disaster_cascade: cascadeKinds,
  earthquake: earthquakeKinds,
  exposure: exposureKinds,
  hazmat_plume: plumeKinds,
  hydro_rain: hydrologyKinds,
  interp_coord: interpolationKinds,
  rule_engine: ruleKinds,
  traffic_dispatch: dispatchKinds,
}
