import { assign } from './assignment'
import { mexclp } from './coverage'
import { evacuate } from './evacuation'
import { minCostFlow } from './minCostFlow'
import { pMedian } from './pMedian'
import { congestionLevel, detectIncidents, travelTimeIndex } from './traffic'
import { capacitatedRoutes } from './vehicleRoutes'

/** Who goes where: assignment, flow, coverage, routes, and the state of the traffic (docs/models/dispatch.md). */
export const dispatch = {
  assign,
  minCostFlow,
  pMedian,
  mexclp,
  evacuate,
  capacitatedRoutes,
  travelTimeIndex,
  congestionLevel,
  detectIncidents,
} as const
