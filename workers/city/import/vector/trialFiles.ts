import { writeFile } from 'node:fs/promises'
import initSqlJs from 'sql.js'

/** A square for tests: key, name, height, corner and size in the file's own unit. */
export interface TrialSquare {
  readonly key: string
  readonly name: string
  readonly height: number
  readonly corner: readonly [number, number]
  readonly size: number
}

const ringOf = ({ corner: [x, y], size }: TrialSquare): [number, number][] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
]

export async function writeGeoJsonSquares(file: string, squares: readonly TrialSquare[]): Promise<void> {
  const features = squares.map((square) => ({
    type: 'Feature',
    properties: { GUID: square.key, MC: square.name, GD: square.height },
    geometry: { type: 'Polygon', coordinates: [ringOf(square)] },
  }))
  await writeFile(file, JSON.stringify({ type: 'FeatureCollection', features }))
}

/** A shapefile with its table in GB18030, as Chinese tools write it. `names` are the bytes of the names. */
export async function writeShapefileSquares(
  base: string,
  squares: readonly TrialSquare[],
  names: readonly Uint8Array[],
): Promise<void> {
  const records = squares.map((square, i) => shapeRecord(i + 1, ringOf(square).toReversed()))
  const body = Buffer.concat(records)
  const head = Buffer.alloc(100)
  head.writeInt32BE(9994, 0)
  head.writeInt32BE((100 + body.length) / 2, 24)
  head.writeInt32LE(1000, 28)
  head.writeInt32LE(5, 32)
  await writeFile(`${base}.shp`, Buffer.concat([head, body]))
  const columns = [dbfColumn('GUID', 'C', 20), dbfColumn('MC', 'C', 40), dbfColumn('GD', 'N', 10)]
  const table = Buffer.alloc(32)
  table[0] = 3
  table.writeUInt32LE(squares.length, 4)
  table.writeUInt16LE(32 + columns.length * 32 + 1, 8)
  table.writeUInt16LE(71, 10)
  const rows = squares.map(({ key, height }, i) => {
    const row = Buffer.alloc(71, 0x20)
    row.write(key, 1, 'latin1')
    row.set(names[i]!, 21)
    row.write(height.toFixed(2).padStart(10), 61, 'latin1')
    return row
  })
  await writeFile(`${base}.dbf`, Buffer.concat([table, ...columns, Buffer.from([0x0d]), ...rows]))
}

function shapeRecord(number: number, ring: readonly [number, number][]): Buffer {
  const content = Buffer.alloc(48 + ring.length * 16)
  content.writeInt32LE(5, 0)
  content.writeInt32LE(1, 36)
  content.writeInt32LE(ring.length, 40)
  ring.forEach(([x, y], i) => {
    content.writeDoubleLE(x, 48 + i * 16)
    content.writeDoubleLE(y, 56 + i * 16)
  })
  const head = Buffer.alloc(8)
  head.writeInt32BE(number, 0)
  head.writeInt32BE(content.length / 2, 4)
  return Buffer.concat([head, content])
}

function dbfColumn(name: string, type: string, length: number): Buffer {
  const column = Buffer.alloc(32)
  column.write(name, 0, 'latin1')
  column.write(type, 11, 'latin1')
  column[16] = length
  return column
}

export async function writeGeoPackageSquares(
  file: string,
  squares: readonly TrialSquare[],
  epsg: number,
): Promise<void> {
  const sqlite = await initSqlJs()
  const database = new sqlite.Database()
  database.run('CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)')
  database.run('INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?)', ['houses', 'geom', epsg])
  database.run('CREATE TABLE houses (fid INTEGER PRIMARY KEY, geom BLOB, GUID TEXT, MC TEXT, GD REAL)')
  for (const square of squares)
    database.run('INSERT INTO houses (geom, GUID, MC, GD) VALUES (?, ?, ?, ?)', [
      geometryOf(ringOf(square)),
      square.key,
      square.name,
      square.height,
    ])
  await writeFile(file, database.export())
  database.close()
}

function geometryOf(ring: readonly [number, number][]): Uint8Array {
  const bytes = Buffer.alloc(8 + 1 + 4 + 4 + 4 + ring.length * 16)
  bytes.write('GP', 0, 'latin1')
  bytes[3] = 1
  bytes[8] = 1
  bytes.writeUInt32LE(3, 9)
  bytes.writeUInt32LE(1, 13)
  bytes.writeUInt32LE(ring.length, 17)
  ring.forEach(([x, y], i) => {
    bytes.writeDoubleLE(x, 21 + i * 16)
    bytes.writeDoubleLE(y, 29 + i * 16)
  })
  return bytes
}
