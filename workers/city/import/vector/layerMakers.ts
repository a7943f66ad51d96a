import { FACILITY_KINDS, ROAD_CLASSES } from '@/domain/city/cityModel'
import type { Building, BuildingUse, CoverArea, Division, NetworkLine } from '@/domain/city/cityModel'
import type { Names } from '@/domain/ids'
import type { CityDraft } from '../cityDraft'
import { innerPoint } from '../geometry/ring'
import type { LayerKind } from '../options'
import { CLASS_WIDTH } from '../osm/roads'
import { partKey } from '../osm/osmAreas'
import { LEVEL_METRES } from '../ruleHeight'
import type { FieldReader } from './fieldMap'
import type { Gathered, Layer } from './takeLayer'

interface Making {
  readonly layer: Layer
  readonly draft: CityDraft
}
/** Puts one object into the draft, or says why not. */
type Maker = (object: Gathered, making: Making) => string | undefined

export const LAYER_MAKERS: Readonly<Record<LayerKind, Maker>> = {
  buildings: makeBuilding,
  parts: makePart,
  roads: makeRoad,
  areas: makeArea,
  lines: makeLine,
  facilities: makeFacility,
  divisions: makeDivision,
}

const TALLEST = 1000
const USES = [
  'residential',
  'commercial',
  'office',
  'industrial',
  'public',
  'school',
  'hospital',
  'transport',
  'agricultural',
  'other',
] as const satisfies readonly BuildingUse[]
const COVERS = [
  'water',
  'residential',
  'commercial',
  'industrial',
  'park',
  'forest',
  'farmland',
  'grass',
  'plaza',
  'campus',
  'railway',
  'airport',
  'bare',
  'wetland',
] as const satisfies readonly CoverArea['class'][]
const LINES = [
  'river',
  'stream',
  'canal',
  'rail',
  'metro',
  'tram',
  'drain',
  'power',
  'dike',
  'pipeline',
] as const satisfies readonly NetworkLine['class'][]
const LEVELS = ['city', 'district', 'street', 'community', 'grid'] as const satisfies readonly Division['level'][]

const oneOf = <T extends string>(words: readonly T[], text: string | undefined): T | undefined =>
  words.find((word) => word === text)

const sourceOf = ({ layer }: Making, { key }: Gathered): string => `${layer.file}/${key}`

function makeBuilding(object: Gathered, making: Making): string | undefined {
  const { fields, polygons } = object
  const levels = positive(fields.number('levels'), TALLEST / LEVEL_METRES)
  const use = oneOf(USES, fields.text('use'))
  const base = positive(fields.number('base'), TALLEST) ?? 0
  const residents = positive(fields.number('residents'), 1e6)
  const height = heightOf(fields, levels)
  if (polygons.length === 0) return 'has no outline after its pieces were joined'
  polygons.forEach((footprint, i) =>
    making.draft.unsettled.push({
      source: partKey(sourceOf(making, object), i),
      footprint,
      base,
      ...named(fields),
      ...(height === undefined ? {} : height),
      ...(levels === undefined ? {} : { levels }),
      ...(use === undefined ? {} : { use }),
      ...(residents === undefined || i > 0 ? {} : { residents: Math.round(residents) }),
    }),
  )
  return undefined
}

/** A part shapes the building whose outline holds it (`shapeFromParts`). */
function makePart({ fields, polygons }: Gathered, { draft }: Making): string | undefined {
  const levels = positive(fields.number('levels'), TALLEST / LEVEL_METRES)
  const height = heightOf(fields, levels)?.height
  if (height === undefined) return 'has no height'
  const base = positive(fields.number('base'), TALLEST) ?? 0
  for (const shape of polygons) draft.parts.push({ shape, height, base: base < height ? base : 0 })
  return undefined
}

function heightOf(
  fields: FieldReader,
  levels: number | undefined,
): Partial<Pick<Building, 'height' | 'heightSource'>> | undefined {
  const said = positive(fields.number('height'), TALLEST)
  if (said !== undefined) return { height: said, heightSource: fields.flag('surveyed') ? 'surveyed' : 'tag' }
  return levels === undefined ? undefined : { height: levels * LEVEL_METRES, heightSource: 'levels' }
}

function makeRoad(object: Gathered, making: Making): string | undefined {
  const { fields, lines } = object
  const said = fields.text('class')
  const roadClass = oneOf(ROAD_CLASSES, said)
  if (roadClass === undefined) return said === undefined ? 'class is not said' : `class ${said.slice(0, 24)}`
  const way = { bridge: fields.flag('bridge'), tunnel: fields.flag('tunnel') }
  const lanes = positive(fields.number('lanes'), 20)
  const speedLimit = positive(fields.number('speedLimit'), 200)
  const ref = fields.text('ref')
  const isPath = roadClass === 'footway' || roadClass === 'steps' || roadClass === 'cycleway' || roadClass === 'track'
  lines.forEach((line, i) =>
    making.draft.roads.push({
      source: partKey(sourceOf(making, object), i),
      line,
      class: roadClass,
      ...way,
      underpass: fields.flag('underpass'),
      layer: layerOf(fields, way),
      oneWay: oneWayOf(fields),
      width: positive(fields.number('width'), 100) ?? CLASS_WIDTH[roadClass],
      car: fields.text('car') === undefined ? !isPath : fields.flag('car'),
      foot: fields.text('foot') === undefined ? roadClass !== 'motorway' : fields.flag('foot'),
      ...named(fields),
      ...(lanes === undefined ? {} : { lanes: Math.round(lanes) }),
      ...(speedLimit === undefined ? {} : { speedLimit }),
      ...(ref === undefined ? {} : { ref }),
    }),
  )
  return lines.length === 0 ? 'has fewer than two positions' : undefined
}

function oneWayOf(fields: FieldReader): -1 | 0 | 1 {
  if (fields.text('oneWay') === '-1') return -1
  return fields.flag('oneWay') ? 1 : 0
}

function layerOf(fields: FieldReader, { bridge, tunnel }: { bridge: boolean; tunnel: boolean }): number {
  const said = fields.number('layer')
  if (said !== undefined && Math.abs(said) <= 20) return Math.trunc(said)
  if (bridge) return 1
  return tunnel ? -1 : 0
}

function makeArea(object: Gathered, making: Making): string | undefined {
  const { fields, polygons } = object
  const said = fields.text('class')
  const coverClass = oneOf(COVERS, said)
  if (coverClass === undefined) return said === undefined ? 'class is not said' : `class ${said.slice(0, 24)}`
  const level = fields.number('waterLevel')
  polygons.forEach((shape, i) =>
    making.draft.areas.push({
      source: partKey(sourceOf(making, object), i),
      shape,
      class: coverClass,
      ...named(fields),
      ...(level === undefined ? {} : { waterLevel: level + making.layer.lift }),
    }),
  )
  return undefined
}

function makeLine(object: Gathered, making: Making): string | undefined {
  const { fields, lines } = object
  const said = fields.text('class')
  const lineClass = oneOf(LINES, said)
  if (lineClass === undefined) return said === undefined ? 'class is not said' : `class ${said.slice(0, 24)}`
  const way = { bridge: fields.flag('bridge'), tunnel: fields.flag('tunnel') }
  const width = positive(fields.number('width'), 5000)
  const network = fields.text('network')
  lines.forEach((line, i) =>
    making.draft.lines.push({
      source: partKey(sourceOf(making, object), i),
      line,
      class: lineClass,
      ...way,
      layer: layerOf(fields, way),
      ...named(fields),
      ...(width === undefined ? {} : { width }),
      ...(network === undefined ? {} : { network }),
    }),
  )
  return lines.length === 0 ? 'has fewer than two positions' : undefined
}

function makeFacility(object: Gathered, making: Making): string | undefined {
  const { fields, points, polygons } = object
  const said = fields.text('kind')
  const kind = oneOf(FACILITY_KINDS, said)
  if (kind === undefined) return said === undefined ? 'kind is not said' : `kind ${said.slice(0, 24)}`
  const place = points[0] ?? (polygons[0] === undefined ? undefined : innerPoint(polygons[0]))
  if (place === undefined) return 'has no place'
  const figures = Object.fromEntries(
    ['beds', 'places', 'capacityCubicMetresPerSecond'].flatMap((name) => {
      const value = fields.number(name)
      return value !== undefined && value >= 0 ? [[name, value]] : []
    }),
  )
  making.draft.facilities.push({
    source: sourceOf(making, object),
    kind,
    longitude: place[0],
    latitude: place[1],
    ...named(fields),
    ...(Object.keys(figures).length === 0 ? {} : { figures }),
  })
  return undefined
}

function makeDivision(object: Gathered, making: Making): string | undefined {
  const { fields, polygons } = object
  const level = oneOf(LEVELS, fields.text('level'))
  const name = named(fields).name
  const shape = polygons[0]
  if (level === undefined) return 'level is not said'
  if (name === undefined) return 'has no name'
  if (shape === undefined) return 'has no outline'
  const code = fields.text('code')
  if (code !== undefined && !/^\d{6,18}$/.test(code)) return 'code has not 6 to 18 digits'
  making.draft.divisions.push({
    source: sourceOf(making, object),
    level,
    name,
    shape,
    ...(code === undefined ? {} : { code }),
  })
  return undefined
}

/** Names in both languages; one stands for the other where it is missing. */
function named(fields: FieldReader): { name?: Names } {
  const local = fields.text('name')
  const zh = fields.text('nameZh') ?? local
  const en = fields.text('nameEn') ?? local
  const [first, second] = [zh ?? en, en ?? zh]
  return first === undefined || second === undefined ? {} : { name: { 'zh-CN': first, en: second } }
}

const positive = (value: number | undefined, most: number): number | undefined =>
  value !== undefined && value > 0 && value <= most ? value : undefined
