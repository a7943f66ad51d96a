import { basename } from 'node:path'
import type { BuildingSurface, Polygon } from '@/domain/city/cityModel'
import type { CityDraft } from '../cityDraft'
import { cleanRing, ringFault, ringSquareMetres, turned } from '../geometry/ring'
import { SourceRefused } from '../refused'
import { epsgSystem } from '../sourceSystem'
import type { SourceSystem } from '../sourceSystem'
import { unpack } from '../unpack'
import { NOT_UNITED, joinPolygons } from '../vector/mergePieces'
import { CityJson, CityObject } from './cityJsonSchema'
import { BrokenSurface, surfacesOf } from './surfaces'
import type { Vertices } from './surfaces'

const LONGEST_TEXT = 500 * 1024 * 1024
const TALLEST = 1000

/** Reads the buildings of a CityJSON 1.1 or 2.0 file, measured surfaces and all; other objects are counted. @throws SourceRefused */
export async function readCityJson(
  file: string,
  draft: CityDraft,
  { declared, lift }: { declared: SourceSystem | undefined; lift: number },
): Promise<void> {
  const city = await parse(file)
  const vertices = placed(file, city, { system: systemOf(file, city, declared), lift })
  const date = city.metadata?.referenceDate?.slice(0, 10)
  if (date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date)) draft.dates.push(date)
  const source = basename(file)
  for (const [key, surfaces] of gather(city, vertices, { draft, source })) {
    const fault = takeBuilding({ file: source, key }, surfaces, draft)
    if (fault === undefined) draft.tally.taken(source, 'building')
    else draft.tally.refused(source, 'building', fault)
  }
}

async function parse(file: string): Promise<CityJson> {
  const { bytes } = await unpack(file, ['.json'])
  if (bytes.length > LONGEST_TEXT) throw new SourceRefused(file, 'is larger than 500 MB; cut it to the city first.')
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new SourceRefused(file, 'is no JSON, or cut off.', { cause })
  }
  const parsed = CityJson.safeParse(value)
  if (!parsed.success) throw new SourceRefused(file, 'is no CityJSON with compressed vertices (1.1 or 2.0).')
  if (!/^(1\.1|2\.0)/.test(parsed.data.version))
    throw new SourceRefused(file, `is CityJSON ${parsed.data.version}; 1.1 and 2.0 are read.`)
  return parsed.data
}

function systemOf(file: string, city: CityJson, declared: SourceSystem | undefined): SourceSystem {
  if (declared !== undefined) return declared
  const number = /(\d+)$/.exec(city.metadata?.referenceSystem ?? '')?.[1]
  if (number === undefined) throw new SourceRefused(file, 'does not say its system of coordinates: say it by --crs.')
  const system = epsgSystem(Number(number))
  if (system === undefined)
    throw new SourceRefused(file, `is in EPSG:${number}, which Belfry does not know: say it by --crs.`)
  return system
}

/** All vertices in degrees and metres; one that is no place becomes NaN and fails its building alone. */
function placed(
  file: string,
  { vertices, transform }: CityJson,
  { system, lift }: { system: SourceSystem; lift: number },
): Vertices {
  const { scale, translate } = transform
  const flat = new Float64Array(vertices.length * 3)
  vertices.forEach((vertex, i) => {
    const [x, y, z] = Array.isArray(vertex) ? (vertex as readonly unknown[]) : []
    if (typeof x !== 'number' || typeof y !== 'number' || typeof z !== 'number')
      throw new SourceRefused(file, `has a vertex ${i} that is no place.`)
    const place = system.toDegrees(x * scale[0] + translate[0], y * scale[1] + translate[1])
    const isPlace = Math.abs(place.longitude) <= 180 && Math.abs(place.latitude) <= 85.06
    flat[i * 3] = isPlace ? place.longitude : Number.NaN
    flat[i * 3 + 1] = isPlace ? place.latitude : Number.NaN
    flat[i * 3 + 2] = z * scale[2] + translate[2] + lift
  })
  return flat
}

/** Surfaces by building; parts give theirs to the building they belong to. */
function gather(
  city: CityJson,
  vertices: Vertices,
  { draft, source }: { draft: CityDraft; source: string },
): Map<string, BuildingSurface[]> {
  const buildings = new Map<string, BuildingSurface[]>()
  for (const [key, value] of Object.entries(city.CityObjects)) {
    const object = buildingObject(value)
    if (typeof object === 'string') {
      draft.tally.refused(source, 'object', object)
      continue
    }
    const isPart = object.type === 'BuildingPart'
    const owner = isPart ? (object.parents?.[0] ?? key) : key
    const held = buildings.get(owner) ?? []
    buildings.set(owner, held)
    if (isPart) draft.tally.taken(source, 'building part')
    try {
      for (const surface of surfacesOf(object, vertices)) held.push(surface)
    } catch (cause) {
      if (!(cause instanceof BrokenSurface)) throw cause
      draft.tally.refused(source, 'surface', cause.message)
    }
  }
  return buildings
}

/** The object if it is a building or a part of one, else why not. */
function buildingObject(value: unknown): CityObject | string {
  const parsed = CityObject.safeParse(value)
  if (!parsed.success) return 'is no city object'
  const { type } = parsed.data
  const isBuilding = type === 'Building' || type === 'BuildingPart'
  return isBuilding ? parsed.data : `is a ${type.replace(/[^A-Za-z+]/g, '').slice(0, 30)}`
}

function takeBuilding(
  { file, key }: { readonly file: string; readonly key: string },
  surfaces: readonly BuildingSurface[],
  draft: CityDraft,
): string | undefined {
  if (surfaces.length === 0) return 'has no surfaces'
  if (surfaces.some(({ rings }) => rings.some((ring) => ring.some((value) => !Number.isFinite(value)))))
    return 'position is no place on Earth'
  const [footprint] = footprintOf(surfaces, () => draft.tally.refused(file, 'union', NOT_UNITED))
  if (footprint === undefined) return 'has no ground'
  const height = eavesOf(surfaces)
  if (!(height > 0 && height <= TALLEST)) return 'has no height'
  draft.unsettled.push({ source: `${file}/${key}`, footprint, height, heightSource: 'surveyed', base: 0, surfaces })
  return undefined
}

/** Ground surfaces joined; where there are none, the roofs seen from above. */
function footprintOf(surfaces: readonly BuildingSurface[], failed: () => void): Polygon[] {
  for (const kind of ['ground', 'roof'] as const) {
    const pieces = surfaces.filter((surface) => surface.kind === kind).flatMap((surface) => flatPolygon(surface))
    if (pieces.length > 0) return joinPolygons(pieces, failed)
  }
  return []
}

function flatPolygon({ rings }: BuildingSurface): Polygon[] {
  const [outer, ...holes] = rings.map(flatRing)
  if (outer === undefined || ringFault(outer) !== undefined) return []
  const inner = holes.filter((hole) => ringFault(hole) === undefined)
  return [{ outer: turned(outer, true), holes: inner.map((hole) => turned(hole, false)) }]
}

function flatRing(triples: Float64Array): Float64Array {
  const flat = new Float64Array((triples.length / 3) * 2)
  for (let i = 0; i < triples.length / 3; i++) {
    flat[i * 2] = triples[i * 3]!
    flat[i * 2 + 1] = triples[i * 3 + 1]!
  }
  return cleanRing(flat)
}

/** Mean height of the lower edges of the roofs over the lowest point, by area; the highest point where no roof is said. */
function eavesOf(surfaces: readonly BuildingSurface[]): number {
  let [lowest, highest, sum, weights] = [Infinity, -Infinity, 0, 0]
  for (const { kind, rings } of surfaces) {
    let low = Infinity
    const outer = rings[0]!
    for (let i = 2; i < outer.length; i += 3) {
      low = Math.min(low, outer[i]!)
      highest = Math.max(highest, outer[i]!)
    }
    lowest = Math.min(lowest, low)
    if (kind !== 'roof') continue
    const area = ringSquareMetres(flatRing(outer))
    sum += low * area
    weights += area
  }
  return (weights > 0 ? sum / weights : highest) - lowest
}
