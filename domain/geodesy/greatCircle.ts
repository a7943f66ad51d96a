import type { LonLat } from './coordinateSystem'

/** Mean radius of the earth, m (IUGG). */
export const EARTH_RADIUS = 6_371_008.8

/** Distance in metres along the great circle of a sphere of `radius` metres (haversine, exact for small distances). */
export function greatCircleMetres(from: LonLat, to: LonLat, radius: number = EARTH_RADIUS): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const [south, north] = [radians(from.latitude), radians(to.latitude)]
  const halfLatitude = Math.sin((north - south) / 2) ** 2
  const halfLongitude = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  const half = halfLatitude + Math.cos(south) * Math.cos(north) * halfLongitude
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(half)))
}
