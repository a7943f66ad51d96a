import { greatCircleMetres } from '../geodesy/greatCircle'
import { minutes } from '../time'
import type { EpochMillis } from '../time'
import type { Incident } from './incident'
import { isWorked } from './incidentState'

/** A second call about the same thing lies within these. */
export const NEARBY_METRES = 500
export const NEARBY_TIME = minutes(60)

export interface Nearby {
  readonly incident: Incident
  /** Undefined where either place is no point of the map. */
  readonly metres: number | undefined
}

/** Open Incidents that a new call may speak of, nearest first; those without a point come last. */
export function nearbyIncidents(
  incidents: Iterable<Incident>,
  place: { readonly longitude: number; readonly latitude: number } | undefined,
  now: EpochMillis,
): Nearby[] {
  const found: Nearby[] = []
  for (const incident of incidents) {
    if (!isWorked(incident.state) || now - incident.movedAt > NEARBY_TIME) continue
    const { longitude, latitude } = incident.place
    const hasPoint = place !== undefined && longitude !== undefined && latitude !== undefined
    const metres = hasPoint ? greatCircleMetres(place, { longitude, latitude }) : undefined
    if (metres === undefined || metres <= NEARBY_METRES) found.push({ incident, metres })
  }
  const far = Number.POSITIVE_INFINITY
  return found.sort((a, b) => (a.metres ?? far) - (b.metres ?? far) || a.incident.no - b.incident.no)
}
