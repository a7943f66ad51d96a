import { z } from 'zod'
import { SourceRefused } from '../refused'
import { unpack } from '../unpack'
import type { RawFeature, RawLayer, RawPolygon } from './rawFeature'

const LONGEST_TEXT = 500 * 1024 * 1024

const Feature = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.unknown(),
})
const Collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.unknown()),
  crs: z.object({ properties: z.object({ name: z.string() }) }).nullish(),
})
const Geometry = z.object({
  type: z.string(),
  coordinates: z.unknown().optional(),
  geometries: z.array(z.unknown()).optional(),
})

type Shapes = { points: Float64Array[]; lines: Float64Array[]; polygons: RawPolygon[] }

/** Reads a GeoJSON feature collection, also packed as .gz or .zip. @throws SourceRefused */
export async function readGeoJson(file: string): Promise<RawLayer> {
  const { bytes } = await unpack(file, ['.geojson', '.json'])
  if (bytes.length > LONGEST_TEXT) throw new SourceRefused(file, 'is larger than 500 MB; write it as GeoPackage.')
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new SourceRefused(file, 'is no JSON, or cut off.', { cause })
  }
  const parsed = Collection.safeParse(value)
  if (!parsed.success) throw new SourceRefused(file, 'is no GeoJSON feature collection.')
  const epsg = /EPSG:{1,2}(\d+)$/.exec(parsed.data.crs?.properties.name ?? '')?.[1]
  return {
    features: features(parsed.data.features),
    ...(epsg === undefined ? {} : { epsg: Number(epsg) }),
  }
}

/** A feature that cannot be read comes without any shape, and is counted as such. */
function* features(items: readonly unknown[]): Generator<RawFeature> {
  for (const [i, item] of items.entries()) {
    const parsed = Feature.safeParse(item)
    const shapes: Shapes = { points: [], lines: [], polygons: [] }
    if (parsed.success) addGeometry(parsed.data.geometry, shapes, 0)
    const fields = parsed.success ? (parsed.data.properties ?? {}) : {}
    yield { key: String((parsed.success ? parsed.data.id : undefined) ?? i + 1), fields, ...shapes }
  }
}

// Collections may hold collections; nobody needs more.
const DEEPEST = 4

function addGeometry(value: unknown, shapes: Shapes, depth: number): void {
  const parsed = Geometry.safeParse(value)
  if (!parsed.success || depth > DEEPEST) return
  const { type, coordinates, geometries } = parsed.data
  geometries?.forEach((part) => addGeometry(part, shapes, depth + 1))
  const isMany = type.startsWith('Multi')
  const parts = isMany ? list(coordinates) : [coordinates]
  switch (isMany ? type.slice('Multi'.length) : type) {
    case 'Point':
      for (const point of parts) shapes.points.push(flat([point]))
      break
    case 'LineString':
      for (const line of parts) shapes.lines.push(flat(list(line)))
      break
    case 'Polygon':
      for (const polygon of parts) addPolygon(list(polygon), shapes)
      break
    default:
  }
}

function addPolygon(rings: readonly unknown[], shapes: Shapes): void {
  const [outer, ...holes] = rings.map((ring) => flat(list(ring)))
  if (outer !== undefined) shapes.polygons.push({ outer, holes })
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Positions as flat numbers; what is no number becomes NaN and is refused with its feature. */
function flat(positions: readonly unknown[]): Float64Array {
  const numbers = new Float64Array(positions.length * 2)
  positions.forEach((position, i) => {
    const [x, y] = list(position)
    numbers[i * 2] = typeof x === 'number' ? x : Number.NaN
    numbers[i * 2 + 1] = typeof y === 'number' ? y : Number.NaN
  })
  return numbers
}
