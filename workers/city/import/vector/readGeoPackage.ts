import { readFile, stat } from 'node:fs/promises'
import initSqlJs from 'sql.js'
import type { Database } from 'sql.js'
import { SourceRefused } from '../refused'
import type { RawFeature, RawLayer } from './rawFeature'
import { BrokenGeometry, readWkb } from './readWkb'

const LARGEST = 1024 * 1024 * 1024
const ENVELOPES = [0, 32, 48, 48, 64]

/**
 * Reads a feature table of a GeoPackage: `file.gpkg#table`, or the only table there is.
 * @throws SourceRefused when it is no GeoPackage, too large, or does not say which table.
 */
export async function readGeoPackage(named: string): Promise<RawLayer> {
  const [file = named, table] = named.split('#')
  const size = await stat(file).catch((cause: unknown) => {
    throw new SourceRefused(file, 'cannot be opened.', { cause })
  })
  if (size.size > LARGEST) throw new SourceRefused(file, 'is larger than 1 GB; cut it to the city first.')
  const sqlite = await initSqlJs()
  const database = new sqlite.Database(await readFile(file))
  try {
    const chosen = chooseTable(database, file, table)
    const rows = readRows(database, chosen.table, chosen.column)
    return { features: rows, ...(chosen.epsg > 0 ? { epsg: chosen.epsg } : {}) }
  } catch (cause) {
    if (cause instanceof SourceRefused) throw cause
    throw new SourceRefused(file, 'is no GeoPackage, or a broken one.', { cause })
  } finally {
    database.close()
  }
}

function chooseTable(database: Database, file: string, wanted: string | undefined) {
  const [result] = database.exec(
    'SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns ORDER BY table_name',
  )
  const tables = (result?.values ?? []).map(([table, column, epsg]) => ({
    table: String(table),
    column: String(column),
    epsg: Number(epsg),
  }))
  const chosen = wanted === undefined && tables.length === 1 ? tables[0] : tables.find(({ table }) => table === wanted)
  if (chosen === undefined)
    throw new SourceRefused(
      file,
      `holds ${tables.map(({ table }) => table).join(', ') || 'no features'}: name one as FILE#TABLE.`,
    )
  return chosen
}

function readRows(database: Database, table: string, column: string): RawFeature[] {
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
  const statement = database.prepare(`SELECT rowid AS belfry_row, * FROM ${quote(table)} ORDER BY rowid`)
  const features: RawFeature[] = []
  try {
    while (statement.step()) {
      const { [column]: shape, belfry_row: row, ...fields } = statement.getAsObject()
      features.push({ key: String(row), fields, ...shapesOf(shape) })
    }
  } finally {
    statement.free()
  }
  return features
}

type Shapes = Omit<RawFeature, 'key' | 'fields'>
const NONE: Shapes = { points: [], lines: [], polygons: [] }

/** A GeoPackage geometry is “GP”, flags, a box and WKB; one that is broken has no shape and is counted as such. */
function shapesOf(value: unknown): Shapes {
  if (!(value instanceof Uint8Array) || value.length < 8 || value[0] !== 0x47 || value[1] !== 0x50) return NONE
  const envelope = ENVELOPES[(value[3]! >> 1) & 7]
  if (envelope === undefined || (value[3]! & 0x20) !== 0) return NONE
  try {
    return readWkb(value.subarray(8 + envelope))
  } catch (cause) {
    if (cause instanceof BrokenGeometry) return NONE
    throw cause
  }
}
