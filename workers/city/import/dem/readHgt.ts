import { SourceRefused } from '../refused'
import type { Unpacked } from '../unpack'
import type { HeightRaster } from './heightRaster'

const VOID = -32_768
const SIDES = [1201, 3601]

/** An SRTM tile: square of big-endian 16-bit metres over one degree, its south-west corner in its name. EGM96. */
export function readHgt(file: string, { name, bytes }: Unpacked): HeightRaster {
  const corner = /^([NS])(\d{2})([EW])(\d{3})/i.exec(name)
  if (corner === null) throw new SourceRefused(file, `“${name}” does not say its place as N42E001 does.`)
  const side = SIDES.find((posts) => posts * posts * 2 === bytes.length)
  if (side === undefined)
    throw new SourceRefused(
      file,
      `has ${bytes.length} bytes; a tile of 1201 or 3601 posts has 2,884,802 or 25,934,402.`,
    )
  const south = Number(corner[2]) * (corner[1]!.toUpperCase() === 'S' ? -1 : 1)
  const west = Number(corner[4]) * (corner[3]!.toUpperCase() === 'W' ? -1 : 1)
  const metres = new Float32Array(side * side)
  for (let i = 0; i < metres.length; i++) {
    const value = bytes.readInt16BE(i * 2)
    metres[i] = value === VOID ? Number.NaN : value
  }
  const step = 1 / (side - 1)
  return { file, west, north: south + 1, stepEast: step, stepNorth: step, columns: side, rows: side, metres }
}
