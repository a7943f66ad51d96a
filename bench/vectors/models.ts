import type { Kinds } from './kind'
import { anomalyKinds } from './kinds/anomaly'
import { cascadeKinds } from './kinds/cascade'
import { crowdKinds } from './kinds/crowd'
import { dispatchKinds } from './kinds/dispatch'
import { earthquakeKinds } from './kinds/earthquake'
import { epidemicKinds } from './kinds/epidemic'
import { exposureKinds } from './kinds/exposure'
import { hydrologyKinds } from './kinds/hydrology'
import { interpolationKinds } from './kinds/interpolation'
import { plumeKinds } from './kinds/plume'
import { ruleKinds } from './kinds/rules'
import { textIntakeKinds } from './kinds/textIntake'
import { tracingKinds } from './kinds/tracing'

/** The kinds of check cases by the model they belong to. */
export const models: Readonly<Record<string, Kinds>> = {
  anomaly: anomalyKinds,
  contact_tracing: tracingKinds,
  crowd: crowdKinds,
  disaster_cascade: cascadeKinds,
  earthquake: earthquakeKinds,
  epidemic: epidemicKinds,
  exposure: exposureKinds,
  hazmat_plume: plumeKinds,
  hydro_rain: hydrologyKinds,
  interp_coord: interpolationKinds,
  rule_engine: ruleKinds,
  text_intake: textIntakeKinds,
  traffic_dispatch: dispatchKinds,
}
