import { SourceRefused } from '../refused'
import type { HeightRaster, RasterPlane } from './heightRaster'

const HEAD = /^\s*(ncols|nrows|xllcorner|yllcorner|xllcenter|yllcenter|cellsize|nodata_value)\s+(\S+)\s*$/i
const MOST_POSTS = 200_000_000

/** An ESRI ASCII grid in degrees, or in metres of the declared system. */
export function readAsc(file: string, text: string, declared: RasterPlane | undefined): HeightRaster {
  const { head, start } = readHead(text)
  const { columns, rows, step, west, south } = layoutOf(file, head)
  if (declared === undefined && (Math.abs(west) > 180 || Math.abs(south) > 90))
    throw new SourceRefused(file, 'is not in degrees: say its system by --crs.')
  const metres = readValues(text, start, { size: columns * rows, missing: head.get('nodata_value') ?? -9999, file })
  return {
    file,
    west,
    north: south + (rows - 1) * step,
    stepEast: step,
    stepNorth: step,
    columns,
    rows,
    metres,
    ...(declared === undefined ? {} : { plane: declared }),
  }
}

function layoutOf(file: string, head: ReadonlyMap<string, number>) {
  const need = (key: string): number => {
    const value = head.get(key)
    if (value === undefined || !Number.isFinite(value)) throw new SourceRefused(file, `does not say its ${key}.`)
    return value
  }
  const [columns, rows, step] = [need('ncols'), need('nrows'), need('cellsize')]
  if (!(Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0 && columns * rows <= MOST_POSTS))
    throw new SourceRefused(file, `cannot have ${columns} x ${rows} posts.`)
  if (!(step > 0)) throw new SourceRefused(file, `cannot have posts ${step} apart.`)
  const west = head.get('xllcenter') ?? need('xllcorner') + step / 2
  const south = head.get('yllcenter') ?? need('yllcorner') + step / 2
  return { columns, rows, step, west, south }
}

function readHead(text: string): { head: Map<string, number>; start: number } {
  const head = new Map<string, number>()
  let start = 0
  for (;;) {
    const end = text.indexOf('\n', start)
    const match = HEAD.exec(end < 0 ? text.slice(start, start + 200) : text.slice(start, end))
    if (match === null) return { head, start }
    head.set(match[1]!.toLowerCase(), Number(match[2]))
    if (end < 0) return { head, start: text.length }
    start = end + 1
  }
}

function readValues(
  text: string,
  start: number,
  { size, missing, file }: { size: number; missing: number; file: string },
): Float32Array {
  // A height takes two characters at least: a head that promises more must not allocate for it.
  if (size * 2 > text.length - start + 1) throw new SourceRefused(file, `is cut off: it says ${size} heights.`)
  const metres = new Float32Array(size)
  const word = /\S+/g
  word.lastIndex = start
  for (let i = 0; i < size; i++) {
    const match = word.exec(text)
    if (match === null) throw new SourceRefused(file, `is cut off: ${size - i} of ${size} heights are missing.`)
    const value = Number(match[0])
    metres[i] = value === missing || !Number.isFinite(value) ? Number.NaN : value
  }
  return metres
}
