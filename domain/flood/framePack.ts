import { BadDepthTile, decodeDepthTile, encodeDepthTile, TILE_CELLS } from './depthTiles'
import type { TileCodes } from './depthTiles'

/** Tiles of one frame by their number, south-west first, row by row; those that are not there are dry. */
export type FrameTiles = ReadonlyMap<number, TileCodes>

const EMPTY: TileCodes = new Uint8Array(TILE_CELLS ** 2)

/** The tiles of a frame that differ from the frame before it (none: the dry city) as one run of bytes. */
export function packFrame(tiles: FrameTiles, before: FrameTiles = new Map()): Uint8Array {
  const parts: Uint8Array[] = []
  for (const number of [...new Set([...tiles.keys(), ...before.keys()])].sort((a, b) => a - b)) {
    const bytes = encodeDepthTile(tiles.get(number) ?? EMPTY, before.get(number) ?? EMPTY)
    if (bytes === undefined) continue
    const head = new DataView(new ArrayBuffer(8))
    head.setUint32(0, number, true)
    head.setUint32(4, bytes.length, true)
    parts.push(new Uint8Array(head.buffer), bytes)
  }
  const packed = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    packed.set(part, at)
    at += part.length
  }
  return packed
}

/** The whole frame after one that was unpacked before it. @throws BadDepthTile */
export function unpackFrame(packed: Uint8Array, before: FrameTiles = new Map()): Map<number, TileCodes> {
  const tiles = new Map(before)
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  let at = 0
  while (at < packed.length) {
    if (at + 8 > packed.length) throw new BadDepthTile('A frame ends within a head.')
    const [number, length] = [view.getUint32(at, true), view.getUint32(at + 4, true)]
    at += 8
    if (at + length > packed.length) throw new BadDepthTile('A frame ends within a tile.')
    const codes = decodeDepthTile(packed.subarray(at, at + length), tiles.get(number) ?? EMPTY)
    if (codes.some((code) => code !== 0)) tiles.set(number, codes)
    else tiles.delete(number)
    at += length
  }
  return tiles
}
