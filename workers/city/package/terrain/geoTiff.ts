import { deflateSync } from 'node:zlib'
import type { HeightField } from './heightField'

const TILE = 256
/** Copies smaller than this are of no use to anybody. */
const SMALLEST = 256
const [SHORT, LONG, DOUBLE] = [3, 4, 12] as const
const BYTES = { [SHORT]: 2, [LONG]: 4, [DOUBLE]: 8 } as const

interface Tag {
  readonly id: number
  readonly type: typeof SHORT | typeof LONG | typeof DOUBLE
  readonly values: readonly number[]
}

interface Raster {
  readonly columns: number
  readonly rows: number
  readonly tiles: readonly Buffer[]
}

/**
 * The heights as a cloud-optimised GeoTIFF: float32, tiled, deflate with the floating point predictor, halved copies, all
 * directories before the data. Cells are areas around the posts.
 */
export function encodeGeoTiff(field: HeightField): Buffer {
  const { grid } = field
  const copies = field.levels.filter(({ columns, rows }, i) => i === 0 || Math.max(columns, rows) >= SMALLEST)
  const rasters = copies.map(
    ({ columns, rows, metres }): Raster => ({ columns, rows, tiles: cut(columns, rows, metres) }),
  )
  const placed = [
    { id: 33_550, type: DOUBLE, values: [grid.stepLongitude, grid.stepLatitude, 0] },
    {
      id: 33_922,
      type: DOUBLE,
      values: [0, 0, 0, grid.west - grid.stepLongitude / 2, grid.north + grid.stepLatitude / 2, 0],
    },
    // Geographic model, cells are areas, EPSG:4490, degrees.
    { id: 34_735, type: SHORT, values: [1, 1, 0, 4, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4490, 2054, 0, 1, 9102] },
  ] as const
  // Directories have a fixed size, so the first pass with empty offsets tells where the data begins.
  const tagsOf = (offsets: readonly (readonly number[])[]): (readonly Tag[])[] =>
    rasters.map((raster, i) => [...baseTags(raster, i > 0, offsets[i] ?? []), ...(i === 0 ? placed : [])])
  const dataStart =
    8 + tagsOf(rasters.map(({ tiles }) => tiles.map(() => 0))).reduce((sum, tags) => sum + sizeOf(tags), 0)
  const offsets: number[][] = rasters.map(() => [])
  let at = dataStart
  for (let i = rasters.length - 1; i >= 0; i--)
    for (const tile of rasters[i]!.tiles) {
      offsets[i]!.push(at)
      at += tile.length
    }
  const out = Buffer.alloc(at)
  out.write('II', 0, 'latin1')
  out.writeUInt16LE(42, 2)
  writeDirectories(out, tagsOf(offsets))
  for (const [i, { tiles }] of rasters.entries()) for (const [j, tile] of tiles.entries()) out.set(tile, offsets[i]![j])
  return out
}

function baseTags({ columns, rows, tiles }: Raster, reduced: boolean, offsets: readonly number[]): Tag[] {
  return [
    { id: 254, type: LONG, values: [reduced ? 1 : 0] },
    { id: 256, type: LONG, values: [columns] },
    { id: 257, type: LONG, values: [rows] },
    { id: 258, type: SHORT, values: [32] },
    { id: 259, type: SHORT, values: [8] },
    { id: 262, type: SHORT, values: [1] },
    { id: 277, type: SHORT, values: [1] },
    { id: 284, type: SHORT, values: [1] },
    { id: 317, type: SHORT, values: [3] },
    { id: 322, type: SHORT, values: [TILE] },
    { id: 323, type: SHORT, values: [TILE] },
    { id: 324, type: LONG, values: offsets },
    { id: 325, type: LONG, values: tiles.map(({ length }) => length) },
    { id: 339, type: SHORT, values: [3] },
  ]
}

const even = (bytes: number): number => bytes + (bytes % 2)
const valueBytes = ({ type, values }: Tag): number => values.length * BYTES[type]
const sizeOf = (tags: readonly Tag[]): number =>
  6 + tags.length * 12 + tags.reduce((sum, tag) => sum + (valueBytes(tag) > 4 ? even(valueBytes(tag)) : 0), 0)

function writeDirectories(out: Buffer, directories: readonly (readonly Tag[])[]): void {
  let at = 8
  out.writeUInt32LE(at, 4)
  for (const [i, tags] of directories.entries()) {
    const next = at + sizeOf(tags)
    let spill = at + 6 + tags.length * 12
    out.writeUInt16LE(tags.length, at)
    for (const [j, tag] of tags.entries()) {
      const entry = at + 2 + j * 12
      out.writeUInt16LE(tag.id, entry)
      out.writeUInt16LE(tag.type, entry + 2)
      out.writeUInt32LE(tag.values.length, entry + 4)
      if (valueBytes(tag) <= 4) writeValues(out, tag, entry + 8)
      else {
        out.writeUInt32LE(spill, entry + 8)
        writeValues(out, tag, spill)
        spill += even(valueBytes(tag))
      }
    }
    out.writeUInt32LE(i + 1 < directories.length ? next : 0, at + 2 + tags.length * 12)
    at = next
  }
}

function writeValues(out: Buffer, { type, values }: Tag, at: number): void {
  for (const [i, value] of values.entries()) {
    if (type === SHORT) out.writeUInt16LE(value, at + i * 2)
    else if (type === LONG) out.writeUInt32LE(value, at + i * 4)
    else out.writeDoubleLE(value, at + i * 8)
  }
}

function cut(columns: number, rows: number, metres: Float32Array): Buffer[] {
  const tiles: Buffer[] = []
  const cells = new Float32Array(TILE * TILE)
  for (let row = 0; row < rows; row += TILE)
    for (let column = 0; column < columns; column += TILE) {
      // A tile over the edge goes on with the edge's heights: they pack well and mislead nobody.
      for (let i = 0; i < cells.length; i++) {
        const from = Math.min(rows - 1, row + Math.floor(i / TILE)) * columns
        cells[i] = metres[from + Math.min(columns - 1, column + (i % TILE))]!
      }
      tiles.push(deflateSync(predicted(cells), { level: 6 }))
    }
  return tiles
}

/** TIFF predictor 3: the bytes of a row sorted by weight, most significant first, then stored as differences. */
function predicted(cells: Float32Array): Buffer {
  const bytes = new DataView(cells.buffer)
  const out = Buffer.alloc(cells.length * 4)
  for (let row = 0; row < TILE; row++) {
    const from = row * TILE * 4
    for (let i = 0; i < TILE; i++)
      for (let weight = 0; weight < 4; weight++)
        out[from + weight * TILE + i] = bytes.getUint8(from + i * 4 + 3 - weight)
    for (let i = TILE * 4 - 1; i > 0; i--) out[from + i]! -= out[from + i - 1]!
  }
  return out
}
