import { ROADS } from './roads'
import { BROOK, LAKE, RIVER } from './water'
import { along, distanceTo, lengthOf } from './curve'
import type { Point } from './curve'
import { between, textKey, unit } from './random'

/** Metres of river on both sides of its middle that no street enters; bridges belong to the named roads. */
const RIVER_CLEAR = 390
const STEP = 60

/** Nameless streets: they leave a named road at uneven distances, bend a little, and end at the next road or at water. */
export function sideStreets(seed: number): Point[][] {
  const out: Point[][] = []
  for (const road of ROADS) {
    const key = textKey(road.key)
    const length = lengthOf(road.line)
    let at = between(120, 320, seed, key)
    for (let i = 0; at < length - 80; i++) {
      const from = along(road.line, at)
      const sides = [1, -1].filter((side) => unit(seed, key, i, side, 1) <= density(from.point))
      const streets = sides.map((side) =>
        grow(from.point, from.direction + (side * Math.PI) / 2, { seed, key: key + i * 2 + side, road: road.key }),
      )
      out.push(...streets.filter((street) => street.length > 3))
      at += between(170, 430, seed, key, i, 7) * (density(from.point) > 0.6 ? 1 : 1.7)
    }
  }
  return out
}

/** Share of side streets that exist: the old town is dense, the edge is fields. */
const density = ([x, y]: Point): number => Math.max(0.12, 1.05 - Math.hypot(x, y * 1.1) / 9_500)

function grow(from: Point, direction: number, chance: { seed: number; key: number; road: string }): Point[] {
  const { seed, key } = chance
  const line: Point[] = [from]
  let heading = direction + between(-0.16, 0.16, seed, key, 1)
  const reach = between(350, 1_500, seed, key, 2)
  let [x, y] = from
  for (let walked = 0; walked < reach; walked += STEP) {
    heading += between(-0.05, 0.05, seed, key, 3, walked)
    x += Math.cos(heading) * STEP
    y += Math.sin(heading) * STEP
    const here: Point = [x, y]
    if (inWater(here)) return line
    line.push(here)
    if (walked > STEP * 2 && ROADS.some((road) => road.key !== chance.road && distanceTo(road.line, here) < STEP))
      return line
  }
  return line
}

function inWater(point: Point): boolean {
  return distanceTo(RIVER, point) < RIVER_CLEAR || distanceTo(BROOK, point) < 45 || isInside(LAKE, point)
}

/** True when the point lies inside the closed ring (even-odd). */
export function isInside(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!
    const [bx, by] = ring[i]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}
