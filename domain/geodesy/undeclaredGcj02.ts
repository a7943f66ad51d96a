import { gcj02ToWgs84 } from './coordinateSystem'
import type { LonLat } from './coordinateSystem'

/** What the tracks of one feed say of the system they are written in. */
export interface TrackVerdict {
  /** `unknown` where neither reading lies on the roads clearly better than the other. */
  readonly system: 'WGS84' | 'GCJ02' | 'unknown'
  /** Median distance to the nearest road as written, and read as GCJ-02, metres. */
  readonly asWritten: number
  readonly asGcj02: number
  /** Median offset that GCJ-02 makes here, metres and degrees clockwise from north. */
  readonly offsetMetres: number
  readonly offsetBearing: number
}

const FEWEST = 50
/** In a dense net a place 500 m off lies near some other road: only half the distance is proof. */
const CLEARLY = 0.5
/** GCJ-02 moves places in China by 300 to 700 m; elsewhere it does nothing and there is nothing to decide. */
const LEAST_OFFSET = 100
const METRES_PER_DEGREE = 111_195

/**
 * Finds tracks that are written in GCJ-02 and do not say so: read as GCJ-02 they lie on the roads, as written they do not.
 * @param metresToRoad distance to the nearest road of a net in CGCS2000, metres
 */
export function judgeTracks(places: readonly LonLat[], metresToRoad: (place: LonLat) => number): TrackVerdict {
  const undone = places.map((place) => gcj02ToWgs84(place))
  const asWritten = median(places.map(metresToRoad))
  const asGcj02 = median(undone.map(metresToRoad))
  const shrink = Math.cos(((places[0]?.latitude ?? 0) * Math.PI) / 180)
  const east = median(places.map((place, i) => (place.longitude - undone[i]!.longitude) * METRES_PER_DEGREE * shrink))
  const north = median(places.map((place, i) => (place.latitude - undone[i]!.latitude) * METRES_PER_DEGREE))
  const offsetMetres = Math.hypot(east, north)
  const offsetBearing = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360
  const system = decide(places.length, { asWritten, asGcj02, offsetMetres })
  return { system, asWritten, asGcj02, offsetMetres, offsetBearing }
}

function decide(
  size: number,
  { asWritten, asGcj02, offsetMetres }: Pick<TrackVerdict, 'asWritten' | 'asGcj02' | 'offsetMetres'>,
): TrackVerdict['system'] {
  if (size < FEWEST || offsetMetres < LEAST_OFFSET) return 'unknown'
  if (asGcj02 < asWritten * CLEARLY) return 'GCJ02'
  return asWritten < asGcj02 * CLEARLY ? 'WGS84' : 'unknown'
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
