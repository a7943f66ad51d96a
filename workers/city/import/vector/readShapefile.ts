import { readFile } from 'node:fs/promises'
import { ringHolds, signedArea } from '../geometry/ring'
import { SourceRefused } from '../refused'
import { readDbf } from './readDbf'
import type { RawFeature, RawLayer, RawPolygon } from './rawFeature'

const MAGIC = 9994
const HEAD = 100
// Shape types: the tens digit says whether heights or measures follow, which are not read.
const POINT = 1
const LINE = 3
const POLYGON = 5
const MULTIPOINT = 8

/** Reads a shapefile with its .dbf, .cpg and .prj beside it. @throws SourceRefused */
export async function readShapefile(file: string): Promise<RawLayer> {
  const base = file.replace(/\.shp$/i, '')
  const shapes = await readFile(file).catch((cause: unknown) => {
    throw new SourceRefused(file, 'cannot be opened.', { cause })
  })
  if (shapes.length < HEAD || shapes.readInt32BE(0) !== MAGIC) throw new SourceRefused(file, 'is no shapefile.')
  const table = await firstThere([`${base}.dbf`, `${base}.DBF`])
  if (table === undefined) throw new SourceRefused(file, 'has no .dbf beside it.')
  const encoding = (await firstThere([`${base}.cpg`, `${base}.CPG`]))?.toString('latin1').trim()
  const projection = (await firstThere([`${base}.prj`, `${base}.PRJ`]))?.toString('utf8')
  const epsg = projection === undefined ? undefined : epsgOf(projection)
  const rows = readDbf(`${base}.dbf`, table, encoding)
  return { features: records(file, shapes, rows), ...(epsg === undefined ? {} : { epsg }) }
}

async function firstThere(files: readonly string[]): Promise<Buffer | undefined> {
  for (const file of files) {
    const bytes = await readFile(file).catch(() => undefined)
    if (bytes !== undefined) return bytes
  }
  return undefined
}

/** Number of the system that a .prj names; undefined where it must be declared. */
export function epsgOf(projection: string): number | undefined {
  const named = /AUTHORITY\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$/.exec(projection.trim())
  if (named !== null) return Number(named[1])
  if (/^GEOGCS\["?(GCS_WGS_1984|WGS 84)/.test(projection)) return 4326
  if (/^GEOGCS\["?(GCS_China_Geodetic_Coordinate_System_2000|China Geodetic Coordinate System 2000)/.test(projection))
    return 4490
  const utm = /^PROJCS\["?WGS[_ ]1984[_ ]UTM[_ ]Zone[_ ](\d+)([NS])/.exec(projection)
  if (utm !== null) return (utm[2] === 'S' ? 32_700 : 32_600) + Number(utm[1])
  const zone = /^PROJCS\["?CGCS2000_3_Degree_GK_(CM_(\d+)E|Zone_(\d+))/.exec(projection)
  if (zone === null) return undefined
  return zone[2] === undefined ? 4513 + Number(zone[3]) - 25 : 4534 + (Number(zone[2]) - 75) / 3
}

function* records(
  file: string,
  bytes: Buffer,
  rows: readonly Readonly<Record<string, unknown>>[],
): Generator<RawFeature> {
  let at = HEAD
  for (let i = 0; at + 8 <= bytes.length; i++) {
    const length = bytes.readInt32BE(at + 4) * 2
    const end = at + 8 + length
    if (length < 4 || end > bytes.length) throw new SourceRefused(file, `is cut off in record ${i + 1}.`)
    yield { key: String(i + 1), fields: rows[i] ?? {}, ...shapesOf(bytes.subarray(at + 8, end)) }
    at = end
  }
}

type Shapes = Omit<RawFeature, 'key' | 'fields'>
const NONE: Shapes = { points: [], lines: [], polygons: [] }

/** A record of a broken length has no shape and is counted as such. */
function shapesOf(record: Buffer): Shapes {
  const type = record.readInt32LE(0) % 10
  if (type === POINT && record.length >= 20) return { ...NONE, points: [positions(record, 4, 1)] }
  if (type === MULTIPOINT && record.length >= 40) {
    const size = record.readInt32LE(36)
    if (size < 0 || 40 + size * 16 > record.length) return NONE
    return { ...NONE, points: Array.from({ length: size }, (_, i) => positions(record, 40 + i * 16, 1)) }
  }
  if ((type === LINE || type === POLYGON) && record.length >= 44) {
    const parts = partsOf(record)
    return type === LINE ? { ...NONE, lines: parts } : { ...NONE, polygons: polygonsOf(parts) }
  }
  return NONE
}

function positions(record: Buffer, at: number, size: number): Float64Array {
  const numbers = new Float64Array(size * 2)
  for (let i = 0; i < numbers.length; i++) numbers[i] = record.readDoubleLE(at + i * 8)
  return numbers
}

function partsOf(record: Buffer): Float64Array[] {
  const [parts, points] = [record.readInt32LE(36), record.readInt32LE(40)]
  const start = 44 + parts * 4
  if (parts < 0 || points < 0 || start + points * 16 > record.length) return []
  return Array.from({ length: parts }, (_, i) => {
    const from = record.readInt32LE(44 + i * 4)
    const to = i + 1 < parts ? record.readInt32LE(48 + i * 4) : points
    return from >= 0 && from <= to && to <= points
      ? positions(record, start + from * 16, to - from)
      : new Float64Array(0)
  })
}

/** Outer rings run clockwise in a shapefile; each hole goes to the outer ring that holds it. */
function polygonsOf(rings: readonly Float64Array[]): RawPolygon[] {
  const polygons = rings.filter((ring) => signedArea(ring) < 0).map((outer) => ({ outer, holes: [] as Float64Array[] }))
  if (polygons.length === 0) return rings.map((outer) => ({ outer, holes: [] }))
  for (const hole of rings) {
    if (signedArea(hole) < 0 || hole.length < 6) continue
    const owner = polygons.find(({ outer }) => ringHolds(outer, hole[0]!, hole[1]!))
    owner?.holes.push(hole)
  }
  return polygons
}
