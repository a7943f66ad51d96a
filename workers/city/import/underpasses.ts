import Flatbush from 'flatbush'
import type { Facility, NetworkLine, Road } from '@/domain/city/cityModel'
import type { CityDraft, Draft } from './cityDraft'
import { boxOf, lineMetres } from './geometry/ring'

/** A longer tunnel is a tunnel, with drainage of its own. */
const LONGEST = 500

interface Above {
  readonly line: Float64Array
  readonly layer: number
}

/** Marks the underpasses among the roads of all sources, and makes each a place to watch. */
export function settleUnderpasses({ roads, lines, facilities }: CityDraft): void {
  markUnderpasses(roads, lines).forEach((road, i) => (roads[i] = road))
  for (const place of underpassFacilities(roads)) facilities.push(place)
}

/**
 * Marks the roads that dip under another road or a railway: for cars, in a tunnel, covered or below ground, at most 500 m
 * long, and crossed by a line of a higher layer.
 */
function markUnderpasses(roads: readonly Draft<Road>[], lines: readonly Draft<NetworkLine>[]): Draft<Road>[] {
  const above: Above[] = [
    ...roads,
    ...lines.filter(({ class: kind }) => kind === 'rail' || kind === 'metro' || kind === 'tram'),
  ]
  if (above.length === 0) return []
  const index = new Flatbush(above.length)
  for (const { line } of above) index.add(...boxOf(line))
  index.finish()
  return roads.map((road) => {
    if (!road.car || road.bridge || !(road.tunnel || road.layer < 0) || lineMetres(road.line) > LONGEST) return road
    const isCrossed = index
      .search(...boxOf(road.line))
      .map((i) => above[i]!)
      .some((other) => other.layer > road.layer && linesCross(road.line, other.line))
    return isCrossed ? { ...road, underpass: true } : road
  })
}

/** Each underpass as a place to watch: the middle of its road. Carriageways of one name within 60 m are one place. */
function underpassFacilities(roads: readonly Draft<Road>[]): Draft<Facility>[] {
  const places: Draft<Facility>[] = []
  for (const road of roads.toSorted((one, other) => (one.source < other.source ? -1 : 1))) {
    if (!road.underpass) continue
    const [longitude, latitude] = middle(road.line)
    const isKnown = places.some(
      (place) =>
        place.name?.en === road.name?.en &&
        lineMetres(Float64Array.of(place.longitude, place.latitude, longitude, latitude)) < 60,
    )
    if (isKnown) continue
    places.push({
      source: `underpass:${road.source}`,
      kind: 'underpass',
      longitude,
      latitude,
      ...(road.name === undefined ? {} : { name: road.name }),
    })
  }
  return places
}

function middle(line: Float64Array): [number, number] {
  const half = lineMetres(line) / 2
  let walked = 0
  for (let i = 2; i + 1 < line.length; i += 2) {
    const step = lineMetres(line.subarray(i - 2, i + 2))
    if (walked + step >= half && step > 0) {
      const share = (half - walked) / step
      return [line[i - 2]! + (line[i]! - line[i - 2]!) * share, line[i - 1]! + (line[i + 1]! - line[i - 1]!) * share]
    }
    walked += step
  }
  return [line[0]!, line[1]!]
}

function linesCross(one: Float64Array, other: Float64Array): boolean {
  for (let i = 2; i + 1 < one.length; i += 2)
    for (let j = 2; j + 1 < other.length; j += 2) if (segmentsCross(one, i, [other, j])) return true
  return false
}

function segmentsCross(one: Float64Array, i: number, [other, j]: readonly [Float64Array, number]): boolean {
  const a = [one[i - 2]!, one[i - 1]!] as const
  const b = [one[i]!, one[i + 1]!] as const
  const c = [other[j - 2]!, other[j - 1]!] as const
  const d = [other[j]!, other[j + 1]!] as const
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

type Point = readonly [number, number]
const turn = (a: Point, b: Point, p: Point): number => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
