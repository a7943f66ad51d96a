import type { Degrees, Polygon } from '@/domain/city/cityModel'
import type { CityDraft } from '../cityDraft'
import { cleanRing, ringFault, turned } from '../geometry/ring'
import type { LayerKind } from '../options'
import type { SourceSystem } from '../sourceSystem'
import { FieldReader, refusedBy } from './fieldMap'
import type { LayerMap } from './fieldMap'
import { NOT_UNITED, joinLines, joinPolygons } from './mergePieces'
import { LAYER_MAKERS } from './layerMakers'
import type { RawFeature } from './rawFeature'

/** One layer to take into the draft. */
export interface Layer {
  readonly kind: LayerKind
  /** Name of the file without its folder: part of the objects' source keys. */
  readonly file: string
  readonly map: LayerMap
  readonly system: SourceSystem
  /** Metres to add to heights above the datum. */
  readonly lift: number
}

/** Pieces of one object, in degrees. */
export interface Gathered {
  readonly key: string
  readonly fields: FieldReader
  readonly points: [number, number][]
  readonly lines: Degrees[]
  readonly polygons: Polygon[]
}

/** Takes the features of a layer; pieces of one key become one object. Counts features, not objects. */
export function takeLayer(layer: Layer, features: Iterable<RawFeature>, draft: CityDraft): void {
  const source = layer.file
  const objects = new Map<string, Gathered>()
  for (const feature of features) {
    const refused = refusedBy(layer.map, feature.fields) ?? faultOf(feature, layer.kind)
    if (refused !== undefined) {
      draft.tally.refused(source, layer.kind, refused)
      continue
    }
    const key = keyOf(feature, layer.map)
    const known = objects.get(key)
    if (known !== undefined) draft.tally.refused(source, layer.kind, 'another piece of an object, joined to it')
    const fault = addPieces(feature, layer, known ?? begin(objects, key, new FieldReader(layer.map, feature.fields)))
    if (fault !== undefined && known === undefined) {
      objects.delete(key)
      draft.tally.refused(source, layer.kind, fault)
    }
  }
  for (const object of objects.values()) {
    const polygons = joinPolygons(object.polygons, () => draft.tally.refused(source, 'union', NOT_UNITED))
    const whole = { ...object, lines: joinLines(object.lines), polygons }
    const refused = LAYER_MAKERS[layer.kind](whole, { layer, draft })
    if (refused === undefined) draft.tally.taken(source, layer.kind)
    else draft.tally.refused(source, layer.kind, refused)
  }
}

function keyOf(feature: RawFeature, { key }: LayerMap): string {
  const own = key === undefined ? undefined : feature.fields[key]
  return typeof own === 'string' || typeof own === 'number' ? String(own) : `#${feature.key}`
}

function begin(objects: Map<string, Gathered>, key: string, fields: FieldReader): Gathered {
  const object: Gathered = { key, fields, points: [], lines: [], polygons: [] }
  objects.set(key, object)
  return object
}

const NEEDED: Readonly<Record<LayerKind, readonly ('points' | 'lines' | 'polygons')[]>> = {
  buildings: ['polygons'],
  parts: ['polygons'],
  roads: ['lines'],
  areas: ['polygons'],
  lines: ['lines'],
  facilities: ['points', 'polygons'],
  divisions: ['polygons'],
}

function faultOf(feature: RawFeature, kind: LayerKind): string | undefined {
  if (NEEDED[kind].some((shape) => feature[shape].length > 0)) return undefined
  if (feature.points.length + feature.lines.length + feature.polygons.length === 0) return 'has no shape'
  return feature.points.length > 0 ? 'is a point without an outline' : 'has a shape of another kind'
}

/** Adds a feature's shapes in degrees; the first fault stops it. */
function addPieces(feature: RawFeature, { system }: Layer, into: Gathered): string | undefined {
  for (const point of feature.points) {
    const place = degreesOf(point, system)
    if (place === undefined) return 'position is no place on Earth'
    into.points.push([place[0]!, place[1]!])
  }
  for (const raw of feature.lines) {
    const line = degreesOf(raw, system)
    if (line === undefined) return 'position is no place on Earth'
    if (line.length >= 4) into.lines.push(line)
  }
  for (const { outer, holes } of feature.polygons) {
    const rings = [outer, ...holes].map((ring) => degreesOf(ring, system))
    if (rings.some((ring) => ring === undefined)) return 'position is no place on Earth'
    const [first, ...rest] = rings.map((ring) => cleanRing(ring!))
    const fault = ringFault(first!)
    if (fault !== undefined) return fault
    const inner = rest.filter((ring) => ringFault(ring) === undefined)
    into.polygons.push({ outer: turned(first!, true), holes: inner.map((ring) => turned(ring, false)) })
  }
  return undefined
}

/** Degrees of CGCS2000; undefined where a position is none. */
export function degreesOf(raw: Float64Array, system: SourceSystem): Degrees | undefined {
  const line = new Float64Array(raw.length)
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const { longitude, latitude } = system.toDegrees(raw[i]!, raw[i + 1]!)
    if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 85.06)) return undefined
    line[i] = longitude
    line[i + 1] = latitude
  }
  return line
}
