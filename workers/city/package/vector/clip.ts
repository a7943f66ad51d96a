import type { Box, Feature, Path } from './feature'
import { boxOf } from './feature'

type Axis = 0 | 1
/** A vertex made by a cut stays at every zoom: both sides of a border must have it. */
const KEPT = 1

/** The part of a feature inside a box, or nothing. Concave polygons may get edges along the box, as tiles' readers know. */
export function clipFeature(feature: Feature, box: Box): Feature | undefined {
  const [west, north, east, south] = box
  if (isApart(feature.box, box)) return undefined
  if (isWithin(feature.box, box)) return feature
  if (feature.shape === 'point') return undefined
  const cut = feature.shape === 'line' ? cutLine : cutRing
  const within = (path: Path): Path[] => cut(path, 0, west, east).flatMap((part) => cut(part, 1, north, south))
  const [first, ...others] = feature.paths
  const outer = first === undefined ? [] : within(first)
  // Without its outer ring a polygon is gone; holes that are left would become solid.
  if (feature.shape === 'polygon' && outer.length === 0) return undefined
  const paths = [...outer, ...others.flatMap(within)]
  return paths.length === 0 ? undefined : { ...feature, paths, box: boxOf(paths) }
}

const isApart = (own: Box, box: Box): boolean =>
  own[0] > box[2] || own[2] < box[0] || own[1] > box[3] || own[3] < box[1]

const isWithin = (own: Box, box: Box): boolean =>
  own[0] >= box[0] && own[2] <= box[2] && own[1] >= box[1] && own[3] <= box[3]

/** Pieces of a line between two limits of one axis. */
function cutLine(path: Path, axis: Axis, low: number, high: number): Path[] {
  const pieces: Path[] = []
  let piece: number[] = []
  const end = (): void => {
    if (piece.length >= 6) pieces.push(Float64Array.from(piece))
    piece = []
  }
  for (let i = 0; i + 3 < path.length; i += 3) {
    const [from, to] = [path[i + axis]!, path[i + 3 + axis]!]
    const [enter, leave] = crossings(from, to, low, high)
    if (enter > leave) {
      end()
      continue
    }
    if (enter > 0) end()
    if (piece.length === 0) pushAt(piece, path, i, enter)
    pushAt(piece, path, i, leave)
    if (leave < 1) end()
  }
  end()
  return pieces
}

/** Shares of the segment at which it enters and leaves the strip; enter > leave when it never does. */
function crossings(from: number, to: number, low: number, high: number): readonly [number, number] {
  if (from === to) return from >= low && from <= high ? [0, 1] : [1, 0]
  const [a, b] = [(low - from) / (to - from), (high - from) / (to - from)]
  return [Math.max(0, Math.min(a, b)), Math.min(1, Math.max(a, b))]
}

/** Sutherland and Hodgman 1974 for one axis. */
function cutRing(path: Path, axis: Axis, low: number, high: number): Path[] {
  const half = cutHalf(path, axis, (value) => value - low)
  const ring = cutHalf(half, axis, (value) => high - value)
  return ring.length >= 9 ? [ring] : []
}

function cutHalf(path: Path, axis: Axis, inside: (value: number) => number): Path {
  const out: number[] = []
  for (let i = 0; i < path.length; i += 3) {
    const before = i === 0 ? path.length - 3 : i - 3
    const [a, b] = [inside(path[before + axis]!), inside(path[i + axis]!)]
    if (a >= 0 !== b >= 0) pushBetween(out, path, { from: before, to: i, share: a / (a - b) })
    if (b >= 0) out.push(path[i]!, path[i + 1]!, path[i + 2]!)
  }
  return Float64Array.from(out)
}

function pushAt(out: number[], path: Path, from: number, share: number): void {
  if (share === 0) out.push(path[from]!, path[from + 1]!, path[from + 2]!)
  else if (share === 1) out.push(path[from + 3]!, path[from + 4]!, path[from + 5]!)
  else pushBetween(out, path, { from, to: from + 3, share })
}

interface Between {
  readonly from: number
  readonly to: number
  readonly share: number
}

function pushBetween(out: number[], path: Path, { from, to, share }: Between): void {
  const [x, y] = [path[from]!, path[from + 1]!]
  out.push(x + share * (path[to]! - x), y + share * (path[to + 1]! - y), KEPT)
}
