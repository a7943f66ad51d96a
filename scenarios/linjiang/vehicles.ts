import type { Names } from '@/domain/ids'
import { ROADS } from './roads'
import type { Road } from './roads'
import { along, lengthOf, toDegrees } from './curve'
import { between, textKey, unit } from './random'

/** An emergency vehicle that patrols one road up and down. */
export interface Vehicle {
  readonly key: string
  readonly name: Names
  readonly road: Road
  readonly length: number
  /** Metres per second. */
  readonly pace: number
}

const KINDS = [
  ['fire', '消防', 'Fire'],
  ['rescue', '水域救援', 'Water rescue'],
  ['pump', '抽排', 'Pump'],
  ['police', '交警', 'Traffic police'],
  ['ambulance', '救护', 'Ambulance'],
] as const

/** Twenty vehicles, four of each kind, each on a road of its own or shared with one other. */
export const VEHICLES: readonly Vehicle[] = KINDS.flatMap(([kind, zh, en], k) =>
  Array.from({ length: 4 }, (_, i) => {
    const road = ROADS[(k * 4 + i) % ROADS.length]!
    const key = `${kind}-${i + 1}`
    return {
      key,
      name: { 'zh-CN': `${zh}${i + 1}车`, en: `${en} ${i + 1}` },
      road,
      length: lengthOf(road.line),
      pace: between(7, 13, textKey(key)),
    }
  }),
)

export const VEHICLE_PERIOD_SECONDS = 5

/** Where a vehicle is. Degrees in CGCS2000, m/s, degrees from north. It waits up to three minutes at each end. */
export interface VehiclePosition {
  readonly longitude: number
  readonly latitude: number
  readonly speed: number
  readonly heading: number
}

export function positionOf(seed: number, vehicle: Vehicle, worldMs: number): VehiclePosition {
  const key = textKey(vehicle.key)
  const run = vehicle.length / vehicle.pace
  const wait = between(40, 180, seed, key, 1)
  const round = 2 * (run + wait)
  const t = (worldMs / 1_000 + unit(seed, key, 2) * round) % round
  const returning = t >= run + wait
  const inLeg = returning ? t - run - wait : t
  const moving = inLeg < run
  const driven = Math.min(inLeg, run) * vehicle.pace
  const { point, direction } = along(vehicle.road.line, returning ? vehicle.length - driven : driven)
  const east = (direction * 180) / Math.PI + (returning ? 180 : 0)
  const [longitude, latitude] = toDegrees(point)
  return {
    longitude,
    latitude,
    speed: moving ? Math.round(vehicle.pace * 10) / 10 : 0,
    heading: Math.round((((90 - east) % 360) + 360) % 360),
  }
}
