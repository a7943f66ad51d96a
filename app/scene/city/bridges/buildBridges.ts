import type { LocalSquare } from '../mercatorTile'
import type { BridgeLine } from './bridgeLines'
import type { DeckPiece } from './deckHeights'
import { deckHeights } from './deckHeights'
import type { DeckMesh } from './deckMesh'
import { deckMesh } from './deckMesh'

/** The bridges of one tile, and the ground below it. */
export interface BridgeTile {
  readonly square: LocalSquare
  readonly lines: readonly BridgeLine[]
  /** Height of the ground at a place, given as shares of the tile from its north-west corner; metres. */
  readonly groundAt: (x: number, y: number) => number
}

/** A deck is bent at least so often, for its ramps. Metres. */
const STEP = 20

/** All bridges of a city as triangles. @param base height that lies at zero of the scene, metres */
export function buildBridges(tiles: readonly BridgeTile[], base: number): DeckMesh {
  const pieces = tiles.flatMap((tile) => tile.lines.map((line) => pieceOf(tile, line, base)))
  return deckMesh(pieces, deckHeights(pieces))
}

function pieceOf({ square, groundAt }: BridgeTile, { points, width, layer }: BridgeLine, base: number): DeckPiece {
  const fine = subdivided(points, STEP / square.size)
  return {
    points: fine.map(([x, y]) => [square.west + x * square.size, square.south + (1 - y) * square.size] as const),
    ground: fine.map(([x, y]) => groundAt(x, y) - base),
    width,
    layer,
  }
}

function subdivided(points: BridgeLine['points'], longest: number): (readonly [number, number])[] {
  const fine: (readonly [number, number])[] = points.slice(0, 1)
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    const parts = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / longest))
    for (let k = 1; k <= parts; k++) fine.push([a[0] + ((b[0] - a[0]) * k) / parts, a[1] + ((b[1] - a[1]) * k) / parts])
  }
  return fine
}
