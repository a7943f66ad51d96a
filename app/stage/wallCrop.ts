import { Matrix4 } from '@math.gl/core'

/** Where this screen's window lies in the picture of the whole wall; CSS px, bezels included. */
export interface WallWindow {
  readonly fullWidth: number
  readonly fullHeight: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A wall of equal tiles with bezels between them. */
export interface TileGrid {
  readonly columns: number
  readonly rows: number
  readonly column: number
  readonly row: number
  readonly tileWidth: number
  readonly tileHeight: number
  readonly bezelX: number
  readonly bezelY: number
}

export function windowOfTile(grid: TileGrid): WallWindow {
  return {
    fullWidth: grid.columns * grid.tileWidth + (grid.columns - 1) * grid.bezelX,
    fullHeight: grid.rows * grid.tileHeight + (grid.rows - 1) * grid.bezelY,
    x: grid.column * (grid.tileWidth + grid.bezelX),
    y: grid.row * (grid.tileHeight + grid.bezelY),
    width: grid.tileWidth,
    height: grid.tileHeight,
  }
}

/** clip' = crop · clip: keeps w, so depth and deck's pixel sizes stay right; maps the window to the whole of clip space. */
export function cropMatrix(window: WallWindow): Matrix4 {
  const scaleX = window.fullWidth / window.width
  const scaleY = window.fullHeight / window.height
  const centreX = (2 * window.x + window.width) / window.fullWidth - 1
  const centreY = 1 - (2 * window.y + window.height) / window.fullHeight
  return new Matrix4([scaleX, 0, 0, 0, 0, scaleY, 0, 0, 0, 0, 1, 0, -scaleX * centreX, -scaleY * centreY, 0, 1])
}
