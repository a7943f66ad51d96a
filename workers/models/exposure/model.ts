import { arealPopulation } from './areal'
import { commuterFlows, odMargins } from './commuters'
import { dasymetric } from './dasymetric'
import { dayNight } from './dayNight'
import { mmiBins } from './bins'
import { svi } from './vulnerability'

/** Who is inside a hazard, by day and by night, and how vulnerable they are (docs/models/exposure.md). */
export const exposure = { arealPopulation, dasymetric, dayNight, mmiBins, odMargins, commuterFlows, svi } as const
