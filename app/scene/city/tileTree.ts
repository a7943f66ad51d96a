import type { TileAddress } from '@/domain/geodesy/webMercator'
import { childrenOf, tileName } from './mercatorTile'

/** What decides about the size of a tile on the screen. Metres of the scene. */
export interface TreeView {
  /** Does any of the tile lie in the picture? */
  sees(tile: TileAddress): boolean
  /** Side of the tile in px where it is nearest to the camera, by the view of the whole wall. */
  pixels(tile: TileAddress): number
}

export interface TreeChoice {
  /** Ready tiles that make the picture, without holes where any ancestor is ready. */
  readonly draw: readonly TileAddress[]
  /** Tiles that would make it better, coarse ones first. */
  readonly want: readonly TileAddress[]
  /** Ready tiles on the way to those, which must stay: without an ancestor nothing below it is found. */
  readonly hold: readonly TileAddress[]
}

/**
 * Which tiles to draw and which to load: a tile is split while it would be larger than `target` px, and its children
 * replace it together, when all that are seen are ready.
 */
export function chooseTiles(
  roots: readonly TileAddress[],
  view: TreeView,
  limits: { readonly target: number; readonly maxZoom: number; readonly ready: (name: string) => boolean },
): TreeChoice {
  const draw: TileAddress[] = []
  const want: TileAddress[] = []
  const hold: TileAddress[] = []
  const visit = (tile: TileAddress): void => {
    if (!limits.ready(tileName(tile))) {
      want.push(tile)
      return
    }
    hold.push(tile)
    const children = tile.z < limits.maxZoom && view.pixels(tile) > limits.target ? childrenOf(tile) : []
    const seen = children.filter((child) => view.sees(child))
    if (seen.length > 0 && seen.every((child) => limits.ready(tileName(child)))) seen.forEach(visit)
    else {
      draw.push(tile)
      for (const child of seen) if (!limits.ready(tileName(child))) want.push(child)
    }
  }
  roots.filter((tile) => view.sees(tile)).forEach(visit)
  want.sort((a, b) => a.z - b.z || view.pixels(b) - view.pixels(a))
  return { draw, want, hold }
}
