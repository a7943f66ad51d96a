import { encodeDepth } from './depthScale'
import type { DepthScale } from './depthScale'

/** Side of a tile, cells. */
export const TILE_CELLS = 128
const TILE_BYTES = TILE_CELLS ** 2
const KEY = 1
const DELTA = 2

/** Depth codes of one tile, row 0 in the south; cells beyond the grid are dry. */
export type TileCodes = Uint8Array

/** A frame that does not fit what came before it. */
export class BadDepthTile extends Error {
  readonly retry = false
}

/** Cuts depths (m, dense, row 0 in the south) into tiles of codes, row by row from the south-west. */
export function cutDepthTiles(
  scale: DepthScale,
  { columns, rows, depth_m }: { columns: number; rows: number; depth_m: Float32Array },
): TileCodes[] {
  const across = Math.ceil(columns / TILE_CELLS)
  const tiles = Array.from({ length: across * Math.ceil(rows / TILE_CELLS) }, () => new Uint8Array(TILE_BYTES))
  for (let j = 0, cell = 0; j < rows; j++) {
    const row = Math.floor(j / TILE_CELLS) * across
    const inTile = (j % TILE_CELLS) * TILE_CELLS
    for (let i = 0; i < columns; i++, cell++) {
      const depth = depth_m[cell]!
      if (depth > 0) tiles[row + Math.floor(i / TILE_CELLS)]![inTile + (i % TILE_CELLS)] = encodeDepth(scale, depth)
    }
  }
  return tiles
}

/**
 * A tile as bytes: whole, or as its difference from `before`. Runs of zeros and of other bytes take turns, each with its
 * length first. Undefined when nothing changed.
 */
export function encodeDepthTile(codes: TileCodes, before?: TileCodes): Uint8Array | undefined {
  const changed = before === undefined ? codes : codes.map((code, cell) => code ^ before[cell]!)
  if (before !== undefined && changed.every((byte) => byte === 0)) return undefined
  const bytes: number[] = [before === undefined ? KEY : DELTA]
  let cell = 0
  while (cell < changed.length) {
    const zeros = runOf(changed, cell, true)
    const others = runOf(changed, cell + zeros, false)
    pushLength(bytes, zeros)
    pushLength(bytes, others)
    for (let k = cell + zeros; k < cell + zeros + others; k++) bytes.push(changed[k]!)
    cell += zeros + others
  }
  return Uint8Array.from(bytes)
}

/** @throws BadDepthTile when a difference comes without the tile it belongs to, or the bytes do not fill a tile. */
export function decodeDepthTile(bytes: Uint8Array, before?: TileCodes): TileCodes {
  const kind = bytes[0]
  if (kind !== KEY && kind !== DELTA) throw new BadDepthTile(`A depth tile cannot begin with ${kind}.`)
  if (kind === DELTA && before === undefined) throw new BadDepthTile('A difference came before its tile.')
  const codes = kind === DELTA && before !== undefined ? before.slice() : new Uint8Array(TILE_BYTES)
  const at = { byte: 1 }
  let cell = 0
  while (at.byte < bytes.length) {
    cell += readLength(bytes, at)
    const others = readLength(bytes, at)
    if (cell + others > TILE_BYTES || at.byte + others > bytes.length) throw new BadDepthTile('A depth tile runs over.')
    for (let k = 0; k < others; k++) codes[cell++]! ^= bytes[at.byte++]!
  }
  if (cell !== TILE_BYTES) throw new BadDepthTile(`A depth tile has ${cell} cells.`)
  return codes
}

function runOf(bytes: Uint8Array, from: number, zero: boolean): number {
  let until = from
  while (until < bytes.length && (bytes[until] === 0) === zero) until++
  return until - from
}

/** Seven bits a byte, the least first; the high bit says that more follow. */
function pushLength(bytes: number[], length: number): void {
  let left = length
  while (left > 127) {
    bytes.push((left & 127) | 128)
    left >>= 7
  }
  bytes.push(left)
}

function readLength(bytes: Uint8Array, at: { byte: number }): number {
  let length = 0
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = bytes[at.byte++]
    if (byte === undefined) throw new BadDepthTile('A depth tile ends within a length.')
    length |= (byte & 127) << shift
    if (byte < 128) return length
  }
  throw new BadDepthTile('A depth tile has an endless length.')
}
