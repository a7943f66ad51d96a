import polygonClipping from 'polygon-clipping'
import type { Degrees, Polygon } from '@/domain/city/cityModel'
import { cleanRing, ringFault, squareMetres, turned } from '../geometry/ring'

type Pair = [number, number]
/** About a centimetre: what tile borders differ by after they were rounded. */
const SNAP = 1e-7
/** The reason in the counts. */
export const NOT_UNITED = 'pieces cannot be united and stay apart'

/**
 * Joins polygons that a tile border cut, and drops those that repeat. Parts that do not touch stay apart, largest first.
 * @param failed told when the pieces cannot be united (edges that nearly touch); then they come back as they are
 */
export function joinPolygons(pieces: readonly Polygon[], failed: () => void): Polygon[] {
  if (pieces.length < 2) return [...pieces]
  return (united(pieces) ?? apart(pieces, failed)).sort((one, other) => squareMetres(other) - squareMetres(one))
}

function united(pieces: readonly Polygon[]): Polygon[] | undefined {
  const [first, ...rest] = pieces.map((piece) => [piece.outer, ...piece.holes].map(pairsOf))
  try {
    return polygonClipping.union([first!], ...rest.map((piece) => [piece])).flatMap((rings) => polygonOf(rings) ?? [])
  } catch {
    return undefined
  }
}

function apart(pieces: readonly Polygon[], failed: () => void): Polygon[] {
  failed()
  return [...pieces]
}

function polygonOf(rings: readonly Pair[][]): Polygon | undefined {
  const [outer, ...holes] = rings.map((ring) => cleanRing(Float64Array.from(ring.flat())))
  if (outer === undefined || ringFault(outer) !== undefined) return undefined
  return {
    outer: turned(outer, true),
    holes: holes.filter((hole) => ringFault(hole) === undefined).map((hole) => turned(hole, false)),
  }
}

const pairsOf = (ring: Degrees): Pair[] =>
  pairs(ring).map(([x, y]) => [Math.round(x / SNAP) * SNAP, Math.round(y / SNAP) * SNAP])

function pairs(ring: Degrees): Pair[] {
  return Array.from({ length: ring.length / 2 }, (_, i): Pair => [ring[i * 2]!, ring[i * 2 + 1]!])
}

/** Joins lines end to end, and drops those that repeat; longest first. */
export function joinLines(pieces: readonly Degrees[]): Degrees[] {
  const rest = uniqueLines(pieces)
  const whole: Degrees[] = []
  for (let line = rest.shift(); line !== undefined; line = rest.shift()) whole.push(grown(line, rest))
  return whole.sort((one, other) => other.length - one.length)
}

/** The line with all that join it, which are taken out of `rest`. */
function grown(start: Degrees, rest: Degrees[]): Degrees {
  let line = start
  for (;;) {
    const next = rest.findIndex((other) => joinTwo(line, other) !== undefined)
    if (next < 0) return line
    const [other] = rest.splice(next, 1)
    line = joinTwo(line, other!) ?? line
  }
}

function uniqueLines(pieces: readonly Degrees[]): Degrees[] {
  const seen = new Map<string, Degrees>()
  for (const line of pieces) seen.set(line.join(), line)
  return [...seen.values()]
}

function joinTwo(one: Degrees, other: Degrees): Degrees | undefined {
  if (meets(one, -1, [other, 0])) return Float64Array.of(...one, ...other.subarray(2))
  if (meets(other, -1, [one, 0])) return Float64Array.of(...other, ...one.subarray(2))
  return undefined
}

/** Only an end and a start meet: a road keeps its direction. */
function meets(one: Degrees, end: -1 | 0, [other, start]: readonly [Degrees, -1 | 0]): boolean {
  const i = end === 0 ? 0 : one.length - 2
  const j = start === 0 ? 0 : other.length - 2
  return Math.abs(one[i]! - other[j]!) <= SNAP && Math.abs(one[i + 1]! - other[j + 1]!) <= SNAP
}
