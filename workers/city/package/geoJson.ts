import type { Building, Component, Division, Facility, NetworkLine, Polygon } from '@/domain/city/cityModel'
import type { Placed } from './buildings/plan'

/** A file of lines, made piece by piece. */
export type Lines = Iterable<string>

const position = (longitude: number, latitude: number): number[] => [rounded(longitude, 7), rounded(latitude, 7)]
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

function* collection(features: Iterable<object>): Lines {
  yield '{"type":"FeatureCollection","features":['
  let first = true
  for (const feature of features) {
    yield `${first ? '' : ','}\n${JSON.stringify(feature)}`
    first = false
  }
  yield '\n]}\n'
}

const featureOf = (geometry: object, properties: object): object => ({ type: 'Feature', properties, geometry })

/** What every component says of itself; `undefined` leaves no trace in JSON. */
const about = ({ code, source, name }: Component): object => ({ code, source, name })

export function facilitiesJson(facilities: readonly Facility[]): Lines {
  return collection(
    facilities.map((facility) => {
      const { kind, longitude, latitude, within, figures } = facility
      const geometry = { type: 'Point', coordinates: position(longitude, latitude) }
      return featureOf(geometry, { ...about(facility), kind, within, figures })
    }),
  )
}

export function divisionsJson(divisions: readonly Division[]): Lines {
  return collection(
    divisions.map(({ shape, ...division }) => featureOf({ type: 'Polygon', coordinates: rings(shape) }, division)),
  )
}

export function linesJson(lines: readonly NetworkLine[]): Lines {
  return collection(
    lines.map((line) => {
      const { class: kind, bridge, tunnel, layer, width, network } = line
      const coordinates = points(line.line)
      if (line.metres !== undefined && line.metres.length === coordinates.length)
        for (const [i, metres] of line.metres.entries()) coordinates[i]!.push(rounded(metres, 3))
      const properties = { ...about(line), class: kind, bridge, tunnel, layer, width, network }
      return featureOf({ type: 'LineString', coordinates }, properties)
    }),
  )
}

/** One building a line, in the model's order: what a list or a model needs without opening a tile. */
export function* attributeLines(placed: readonly Placed[]): Lines {
  for (const { building, ground } of placed)
    yield `${JSON.stringify({ ...attributesOf(building), ground: rounded(ground, 2) })}\n`
}

function attributesOf(building: Building): object {
  const { height, base, heightSource, levels, use, residents, footprint } = building
  return { ...about(building), height, base, heightSource, levels, use, residents, centre: centre(footprint) }
}

/** The middle of the outline's box. */
function centre({ outer }: Polygon): number[] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i + 1 < outer.length; i += 2) {
    west = Math.min(west, outer[i]!)
    east = Math.max(east, outer[i]!)
    south = Math.min(south, outer[i + 1]!)
    north = Math.max(north, outer[i + 1]!)
  }
  return position((west + east) / 2, (south + north) / 2)
}

/** Outer ring against the clock, holes with it, closed, as RFC 7946 asks. */
function rings({ outer, holes }: Polygon): number[][][] {
  return [outer, ...holes].map((ring, i) => {
    const turned = points(ring)
    if (againstClock(ring) !== (i === 0)) turned.reverse()
    return [...turned, turned[0] ?? []]
  })
}

function points(flat: Float64Array): number[][] {
  return Array.from({ length: flat.length >> 1 }, (_, i) => position(flat[i * 2]!, flat[i * 2 + 1]!))
}

function againstClock(ring: Float64Array): boolean {
  let twice = 0
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const next = (i + 2) % ring.length
    twice += (ring[i]! - ring[0]!) * (ring[next + 1]! - ring[1]!) - (ring[next]! - ring[0]!) * (ring[i + 1]! - ring[1]!)
  }
  return twice > 0
}

/** The lines as one body, joined in pieces so that no string grows beyond what a string may be. */
export function bodyOf(lines: Lines): Buffer {
  const pieces: Buffer[] = []
  let piece: string[] = []
  for (const line of lines) {
    piece.push(line)
    if (piece.length < 1000) continue
    pieces.push(Buffer.from(piece.join('')))
    piece = []
  }
  return Buffer.concat([...pieces, Buffer.from(piece.join(''))])
}
