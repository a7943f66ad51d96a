import type { DeckPiece } from './deckHeights'

/** Triangles of all decks and piers of a part of a city; metres of the scene. */
export interface DeckMesh {
  readonly position: Float32Array<ArrayBuffer>
  readonly normal: Float32Array<ArrayBuffer>
}

/** Metres: thickness of a deck, its parapet, distance between piers, and the least height that needs them. */
const [THICK, PARAPET, PIER_EVERY, PIER_FROM] = [1.6, 0.9, 48, 4.5] as const
/** Piers go on below the ground, so that no gap shows on a slope. Metres. */
const FOOT = 3

class Triangles {
  readonly position: number[] = []
  readonly normal: number[] = []

  /** A flat face, its corners against the clock as seen from outside. */
  face(corners: readonly Corner[], normal: Corner): void {
    const [a, b, c, d] = corners
    for (const corner of [a, b, c, a, c, d]) {
      this.position.push(...corner!)
      this.normal.push(...normal)
    }
  }
}
type Corner = readonly [number, number, number]

/** Decks with their sides and undersides, on piers where they stand high. Pure. */
export function deckMesh(pieces: readonly DeckPiece[], heights: readonly Float64Array[]): DeckMesh {
  const out = new Triangles()
  pieces.forEach((piece, i) => {
    const own = heights[i]!
    const sides = sidesOf(piece)
    for (let k = 1; k < piece.points.length; k++) span(out, sides, own, k)
    piers(out, piece, own)
  })
  return { position: new Float32Array(out.position), normal: new Float32Array(out.normal) }
}

interface Sides {
  readonly left: readonly (readonly [number, number])[]
  readonly right: readonly (readonly [number, number])[]
}

/** Both edges of a deck, mitred at its bends. */
function sidesOf({ points, width }: DeckPiece): Sides {
  const left: [number, number][] = []
  const right: [number, number][] = []
  points.forEach(([x, y], i) => {
    const [before, after] = [points[Math.max(0, i - 1)]!, points[Math.min(points.length - 1, i + 1)]!]
    const length = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1
    const [nx, ny] = [-(after[1] - before[1]) / length, (after[0] - before[0]) / length]
    left.push([x + (nx * width) / 2, y + (ny * width) / 2])
    right.push([x - (nx * width) / 2, y - (ny * width) / 2])
  })
  return { left, right }
}

function span(out: Triangles, { left, right }: Sides, heights: Float64Array, k: number): void {
  const [l0, l1, r0, r1] = [left[k - 1]!, left[k]!, right[k - 1]!, right[k]!]
  const [h0, h1] = [heights[k - 1]!, heights[k]!]
  const top = (at: readonly [number, number], height: number): Corner => [at[0], at[1], height]
  const edge = (at: readonly [number, number], height: number): Corner => [at[0], at[1], height + PARAPET]
  const low = (at: readonly [number, number], height: number): Corner => [at[0], at[1], height - THICK]
  out.face([top(r0, h0), top(r1, h1), top(l1, h1), top(l0, h0)], [0, 0, 1])
  out.face([low(l0, h0), low(l1, h1), low(r1, h1), low(r0, h0)], [0, 0, -1])
  const length = Math.hypot(l1[0] - l0[0], l1[1] - l0[1]) || 1
  const [nx, ny] = [-(l1[1] - l0[1]) / length, (l1[0] - l0[0]) / length]
  out.face([edge(l0, h0), edge(l1, h1), low(l1, h1), low(l0, h0)], [nx, ny, 0])
  out.face([low(r0, h0), low(r1, h1), edge(r1, h1), edge(r0, h0)], [-nx, -ny, 0])
}

function piers(out: Triangles, { points, ground, width }: DeckPiece, heights: Float64Array): void {
  let since = PIER_EVERY / 2
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1]!, points[k]!]
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    for (; since < length; since += PIER_EVERY) {
      const share = since / length
      const mix = (from: number, to: number): number => from + (to - from) * share
      const [top, foot] = [mix(heights[k - 1]!, heights[k]!) - THICK, mix(ground[k - 1]!, ground[k]!)]
      if (top + THICK - foot < PIER_FROM) continue
      const turn = { east: (b[0] - a[0]) / length, north: (b[1] - a[1]) / length }
      pier(out, [mix(a[0], b[0]), mix(a[1], b[1])], { turn, top, foot: foot - FOOT, width: Math.min(width * 0.6, 9) })
    }
    since -= length
  }
}

interface Pier {
  readonly turn: { readonly east: number; readonly north: number }
  readonly top: number
  readonly foot: number
  readonly width: number
}
/** Half of a pier along the bridge, metres. */
const PIER_HALF = 1.1

function pier(out: Triangles, [x, y]: readonly [number, number], { turn, top, foot, width }: Pier): void {
  const { east, north } = turn
  const corner = (along: number, across: number, z: number): Corner => [
    x + along * east - across * north,
    y + along * north + across * east,
    z,
  ]
  const half = width / 2
  const ring = [
    [PIER_HALF, half],
    [-PIER_HALF, half],
    [-PIER_HALF, -half],
    [PIER_HALF, -half],
  ] as const
  const normals: readonly Corner[] = [
    [-north, east, 0],
    [-east, -north, 0],
    [north, -east, 0],
    [east, north, 0],
  ]
  ring.forEach(([along, across], i) => {
    const [nextAlong, nextAcross] = ring[(i + 1) % 4]!
    out.face(
      [
        corner(along, across, top),
        corner(nextAlong, nextAcross, top),
        corner(nextAlong, nextAcross, foot),
        corner(along, across, foot),
      ],
      normals[i]!,
    )
  })
}
