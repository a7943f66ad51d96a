import { z } from 'zod'

/** How a source writes its coordinates. Belfry keeps CGCS2000; WGS84 differs from it by centimetres and is taken as is. */
export const CoordinateSystem = z.enum(['CGCS2000', 'WGS84', 'GCJ02', 'BD09'])
export type CoordinateSystem = z.infer<typeof CoordinateSystem>

/** Degrees. */
export interface LonLat {
  readonly longitude: number
  readonly latitude: number
}

// Semi-major axis (m) and squared eccentricity of the Krasovsky 1940 ellipsoid, which GCJ-02 is computed on.
const AXIS = 6_378_245
/** Axis of eviltransform and its kin, m: their GCJ-02 differs from the official one by up to 2e-5 degrees. */
export const WGS84_AXIS = 6_378_137
const ECCENTRICITY2 = 0.006_693_421_622_965_943_23
// BD-09 turns GCJ-02 by angles of this many radians per degree.
const BAIDU_TURN = (Math.PI * 3000) / 180

/** Converts a place of `system` to CGCS2000, to within 1e-7 degrees. Outside China GCJ-02 is WGS84. */
export function toCgcs2000(system: CoordinateSystem, place: LonLat): LonLat {
  switch (system) {
    case 'CGCS2000':
    case 'WGS84':
      return place
    case 'GCJ02':
      return gcj02ToWgs84(place)
    case 'BD09':
      return gcj02ToWgs84(bd09ToGcj02(place))
  }
}

/** WGS84 to GCJ-02, degrees; identity outside the box of China. `axis` in m, for software that takes another. */
export function wgs84ToGcj02(place: LonLat, axis = AXIS): LonLat {
  if (!inChinaBox(place)) return place
  const { longitude, latitude } = place
  const radians = (latitude / 180) * Math.PI
  const magic = 1 - ECCENTRICITY2 * Math.sin(radians) ** 2
  const root = Math.sqrt(magic)
  const north = offsetNorth(longitude - 105, latitude - 35)
  const east = offsetEast(longitude - 105, latitude - 35)
  return {
    longitude: longitude + (east * 180) / ((axis / root) * Math.cos(radians) * Math.PI),
    latitude: latitude + (north * 180) / (((axis * (1 - ECCENTRICITY2)) / (magic * root)) * Math.PI),
  }
}

/** GCJ-02 to WGS84 by fixed-point iteration: the forward offset changes by less than 1e-3 of a step, so it converges fast. */
export function gcj02ToWgs84(place: LonLat, axis = AXIS): LonLat {
  let guess = place
  for (let round = 0; round < 20; round++) {
    const forward = wgs84ToGcj02(guess, axis)
    const east = forward.longitude - place.longitude
    const north = forward.latitude - place.latitude
    guess = { longitude: guess.longitude - east, latitude: guess.latitude - north }
    if (Math.abs(east) < 1e-9 && Math.abs(north) < 1e-9) break
  }
  return guess
}

/** BD-09 to GCJ-02, degrees; the published approximation of Baidu's offset. */
export function bd09ToGcj02({ longitude, latitude }: LonLat): LonLat {
  const x = longitude - 0.0065
  const y = latitude - 0.006
  const radius = Math.hypot(x, y) - 0.000_02 * Math.sin(y * BAIDU_TURN)
  const angle = Math.atan2(y, x) - 0.000_003 * Math.cos(x * BAIDU_TURN)
  return { longitude: radius * Math.cos(angle), latitude: radius * Math.sin(angle) }
}

/** GCJ-02 to BD-09, degrees. */
export function gcj02ToBd09({ longitude, latitude }: LonLat): LonLat {
  const radius = Math.hypot(longitude, latitude) + 0.000_02 * Math.sin(latitude * BAIDU_TURN)
  const angle = Math.atan2(latitude, longitude) + 0.000_003 * Math.cos(longitude * BAIDU_TURN)
  return { longitude: radius * Math.cos(angle) + 0.0065, latitude: radius * Math.sin(angle) + 0.006 }
}

const inChinaBox = ({ longitude, latitude }: LonLat): boolean =>
  longitude >= 72.004 && longitude <= 137.8347 && latitude >= 0.8293 && latitude <= 55.8271

function offsetNorth(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  return (
    base +
    ripple(x) +
    (waves(y, 20, 40) + (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30))) * (2 / 3)
  )
}

function offsetEast(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  return (
    base +
    ripple(x) +
    (waves(x, 20, 40) + (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI))) * (2 / 3)
  )
}

const ripple = (x: number): number => (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3)
const waves = (x: number, short: number, long: number): number =>
  short * Math.sin(x * Math.PI) + long * Math.sin((x / 3) * Math.PI)
