import { z } from 'zod'

/** Names a wall of this installation in URLs: `main`, `foyer`. */
export const WallKey = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,23}$/, 'A wall is named by small letters and digits, 24 at most, a letter first.')
export type WallKey = z.infer<typeof WallKey>

/** The wall that `/wall` shows and `/wall/1-1` is a tile of. */
export const FIRST_WALL: WallKey = 'main'

/**
 * How a wall is put together: equal tiles with equal bezels between them, and how it is looked at. Sizes in px of a
 * tile, so that a line goes on behind a bezel as if it were glass.
 */
export const WallLayout = z
  .object({
    columns: z.number().int().min(1).max(12),
    rows: z.number().int().min(1).max(8),
    tileWidth: z.number().int().min(320).max(8192),
    tileHeight: z.number().int().min(240).max(8192),
    bezelX: z.number().int().min(0).max(400),
    bezelY: z.number().int().min(0).max(400),
    /** Millimetres from pixel to pixel. */
    pitch: z.number().min(0.05).max(20),
    /** Metres to the farthest seat. */
    distance: z.number().min(0.2).max(100),
  })
  .readonly()
export type WallLayout = z.infer<typeof WallLayout>

/** Where a tile's window lies in the picture of the whole wall; px, bezels included. */
export interface WallWindow {
  readonly fullWidth: number
  readonly fullHeight: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One tile of a wall; both counted from 1, from the top left. */
export interface WallTile {
  readonly wall: WallKey
  readonly column: number
  readonly row: number
}

type Grid = Pick<WallLayout, 'columns' | 'rows' | 'tileWidth' | 'tileHeight' | 'bezelX' | 'bezelY'>

/** The window of the tile in the n-th column and row, counted from 1. */
export function windowOfTile(grid: Grid, column: number, row: number): WallWindow {
  const { columns, rows, tileWidth, tileHeight, bezelX, bezelY } = grid
  return {
    fullWidth: columns * tileWidth + (columns - 1) * bezelX,
    fullHeight: rows * tileHeight + (rows - 1) * bezelY,
    x: (column - 1) * (tileWidth + bezelX),
    y: (row - 1) * (tileHeight + bezelY),
    width: tileWidth,
    height: tileHeight,
  }
}

/** `2-1` or `foyer-2-1`: a tile as `/wall/<screen>` names it. Undefined for anything else. */
export function tileOfName(name: string): WallTile | undefined {
  const found = /^(?:([a-z][a-z0-9]{0,23})-)?([1-9]\d?)-([1-9]\d?)$/.exec(name)
  if (found === null) return undefined
  return { wall: found[1] ?? FIRST_WALL, column: Number(found[2]), row: Number(found[3]) }
}

/** The shortest name of a tile. */
export const nameOfTile = ({ wall, column, row }: WallTile): string =>
  wall === FIRST_WALL ? `${column}-${row}` : `${wall}-${column}-${row}`

/** Does the wall have this tile? */
export const hasTile = ({ columns, rows }: Pick<WallLayout, 'columns' | 'rows'>, tile: WallTile): boolean =>
  tile.column <= columns && tile.row <= rows

/** A stretch of the wall without a bezel in it, px. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** No text, glyph or clock stands nearer to a bezel than this; px of a tile. */
export const BEZEL_KEEP = 60

/** The stretches of one axis that text may stand in: the whole wall where its tiles touch. */
export function stretches(count: number, size: number, bezel: number): readonly Stretch[] {
  if (bezel === 0) return [{ from: 0, to: count * size }]
  return Array.from({ length: count }, (_, i) => {
    const from = i * (size + bezel)
    return { from: i === 0 ? from : from + BEZEL_KEEP, to: from + size - (i === count - 1 ? 0 : BEZEL_KEEP) }
  })
}

/** Narrows a span to the stretch that it shares most with: a box of text never crosses a bezel. */
export function within(span: Stretch, free: readonly Stretch[]): Stretch {
  let best = span
  let most = -1
  for (const { from, to } of free) {
    const shared = { from: Math.max(from, span.from), to: Math.min(to, span.to) }
    if (shared.to - shared.from > most) [best, most] = [shared, shared.to - shared.from]
  }
  return best
}
