/** Degrees as CAP writes them: latitude first. */
export interface LatLon {
  readonly latitude: number
  readonly longitude: number
}

const NUMBER = /^[-+]?\d+(?:\.\d+)?$/

/** The points of `lat,lon lat,lon …`; `undefined` when one of them is no place on Earth. */
export function capPolygon(text: string): readonly LatLon[] | undefined {
  const points: LatLon[] = []
  for (const pair of text.trim().split(/\s+/)) {
    const point = pointOf(pair)
    if (point === undefined) return undefined
    points.push(point)
  }
  return points
}

/** `lat,lon radius`, radius in km. */
export function capCircle(text: string): (LatLon & { readonly radiusKm: number }) | undefined {
  const [pair, radius, more] = text.trim().split(/\s+/)
  const point = pointOf(pair ?? '')
  if (point === undefined || more !== undefined || !NUMBER.test(radius ?? '') || Number(radius) < 0) return undefined
  return { ...point, radiusKm: Number(radius) }
}

function pointOf(pair: string): LatLon | undefined {
  const [latitude = '', longitude = '', more] = pair.split(',')
  if (more !== undefined || !NUMBER.test(latitude) || !NUMBER.test(longitude)) return undefined
  const point = { latitude: Number(latitude), longitude: Number(longitude) }
  return Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180 ? point : undefined
}

/** Rings with more corners are not searched for crossings: the work grows with their square. */
export const CORNERS_SEARCHED = 3_000

/** Whether two sides that are not neighbours cross or touch. */
export function crossesItself(ring: readonly LatLon[]): boolean {
  const sides = ring.length - 1
  if (sides > CORNERS_SEARCHED) return false
  for (let i = 0; i < sides; i++) {
    for (let j = i + 2; j < sides; j++) {
      if (i === 0 && j === sides - 1) continue
      if (cross([ring[i], ring[i + 1]] as Side, [ring[j], ring[j + 1]] as Side)) return true
    }
  }
  return false
}

type Side = readonly [LatLon, LatLon]

function cross([a, b]: Side, [c, d]: Side): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  return abc * abd < 0 && cda * cdb < 0
}

const turn = (a: LatLon, b: LatLon, c: LatLon): number =>
  Math.sign(
    (b.longitude - a.longitude) * (c.latitude - a.latitude) - (b.latitude - a.latitude) * (c.longitude - a.longitude),
  )

/** The middle of the corners' bounds. */
export function middleOf(points: readonly LatLon[]): LatLon | undefined {
  if (points.length === 0) return undefined
  const mid = (values: readonly number[]): number => {
    const [low, high] = values.reduce<[number, number]>(
      ([l, h], value) => [Math.min(l, value), Math.max(h, value)],
      [Infinity, -Infinity],
    )
    return (low + high) / 2
  }
  return { latitude: mid(points.map((one) => one.latitude)), longitude: mid(points.map((one) => one.longitude)) }
}
