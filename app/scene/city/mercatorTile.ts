import type { TileAddress } from '@/domain/geodesy/webMercator'
import { tileBounds } from '@/domain/geodesy/webMercator'
import type { Place } from '../sceneModule'

export const tileName = ({ z, x, y }: TileAddress): string => `${z}/${x}/${y}`

export const childrenOf = ({ z, x, y }: TileAddress): readonly TileAddress[] =>
  [0, 1].flatMap((dy) => [0, 1].map((dx) => ({ z: z + 1, x: 2 * x + dx, y: 2 * y + dy })))

/** The tile of a lower zoom that holds this one. */
export const ancestorOf = ({ z, x, y }: TileAddress, zoom: number): TileAddress =>
  zoom >= z ? { z, x, y } : { z: zoom, x: x >> (z - zoom), y: y >> (z - zoom) }

/** Where a tile lies in its ancestor: offset and size as shares of it, from its north-west corner. */
export interface TileWindow {
  readonly x: number
  readonly y: number
  readonly size: number
}

export function windowIn(tile: TileAddress, ancestor: TileAddress): TileWindow {
  const size = 2 ** (ancestor.z - tile.z)
  return { x: tile.x * size - ancestor.x, y: tile.y * size - ancestor.y, size }
}

/** A tile as a square of the local frame, metres of that frame. */
export interface LocalSquare {
  readonly west: number
  readonly south: number
  readonly size: number
}

export function squareOf(tile: TileAddress, place: Place): LocalSquare {
  const [west, south, east, north] = tileBounds(tile)
  const [left, bottom] = place(west, south)
  const [right, top] = place(east, north)
  return { west: left, south: bottom, size: (right - left + top - bottom) / 2 }
}
