import type { CoverArea, Degrees, Polygon } from '@/domain/city/cityModel'
import type { Bounds, CityDraft, Draft } from '../cityDraft'
import { cleanRing, ringFault, ringHolds, signedArea, turned } from '../geometry/ring'
import type { OsmData } from './osmData'

const SOURCE = 'osm'

/**
 * The sea inside the city's bounds. A coastline has land to its left: from where it leaves the box, the sea's edge goes on
 * clockwise along the box to the next coastline that enters. Closed coastlines are islands, holes in the sea.
 */
export function readSea(data: OsmData, draft: CityDraft): Draft<CoverArea>[] {
  const ways = [...data.ways.values()].filter(({ tags }) => tags.get('natural') === 'coastline')
  if (ways.length === 0) return []
  const chains = joinDirected(ways.map(({ nodes }) => nodes)).flatMap((nodes) =>
    data.lines(nodes).map((part) => ({ isClosed: part.nodes[0] === part.nodes.at(-1), line: part.line })),
  )
  const box = draft.bounds
  const whole = chains.filter(({ isClosed, line }) => isClosed && isInside(line, box))
  const pieces = chains.filter((chain) => !whole.includes(chain)).flatMap(({ line }) => cutToBox(line, box))
  const open = pieces.filter((piece) => piece.isEdgeToEdge)
  const broken = pieces.length - open.length
  draft.tally.refused(SOURCE, 'coastline', 'ends inside the city', broken)
  draft.tally.taken(SOURCE, 'coastline', open.length + whole.length)
  const outlines = open.length > 0 ? closeAlongBox(open, box) : broken > 0 ? [] : [boxRing(box)]
  const islands = whole.map(({ line }) => cleanRing(line)).filter((ring) => signedArea(ring) > 0)
  return outlines
    .map((outer) => withIslands(outer, islands))
    .map((shape, i) => ({ source: `coastline#${i + 1}`, shape, class: 'water' as const, waterLevel: 0 }))
}

function withIslands(outer: Degrees, islands: readonly Degrees[]): Polygon {
  const holes = islands.filter((ring) => ringHolds(outer, ring[0]!, ring[1]!)).map((ring) => turned(ring, false))
  return { outer: turned(outer, true), holes }
}

/** Chains ways whose end is another's start. */
function joinDirected(ways: readonly Float64Array[]): Float64Array[] {
  const byStart = new Map<number, Float64Array>()
  for (const nodes of ways) byStart.set(nodes[0]!, nodes)
  const ends = new Set(ways.map((nodes) => nodes.at(-1)!))
  const used = new Set<Float64Array>()
  const chains: Float64Array[] = []
  // Chains with a beginning first; what is left then are rings.
  for (const first of ways.toSorted((one, other) => Number(ends.has(one[0]!)) - Number(ends.has(other[0]!)))) {
    if (used.has(first)) continue
    const chain: number[] = []
    for (let next: Float64Array | undefined = first; next !== undefined && !used.has(next); ) {
      used.add(next)
      for (let i = chain.length === 0 ? 0 : 1; i < next.length; i++) chain.push(next[i]!)
      next = byStart.get(chain.at(-1)!)
    }
    chains.push(Float64Array.from(chain))
  }
  return chains
}

function isInside(line: Degrees, box: Bounds): boolean {
  for (let i = 0; i < line.length; i += 2) if (!box.contains(line[i]!, line[i + 1]!)) return false
  return true
}

interface Piece {
  readonly line: readonly number[]
  /** It enters and leaves through the box. */
  readonly isEdgeToEdge: boolean
}

/** A cut extract drops the node beyond its edge: a loose end this near, degrees, is carried to the edge. */
const LOOSE = 0.002

/** Parts of a line inside the box, each cut exactly at the edge. */
function cutToBox(line: Degrees, box: Bounds): Piece[] {
  const pieces: Piece[] = []
  let piece: number[] | undefined
  let enters = false
  const close = (leaves: boolean): void => {
    if (piece === undefined) return
    const start = enters ? [] : toEdge(piece[0]!, piece[1]!, box)
    const end = leaves ? [] : toEdge(piece.at(-2)!, piece.at(-1)!, box)
    pieces.push({
      line: [...(start ?? []), ...piece, ...(end ?? [])],
      isEdgeToEdge: start !== undefined && end !== undefined,
    })
    piece = undefined
  }
  for (let i = 2; i + 1 < line.length; i += 2) {
    const part = clip([line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!], box)
    if (part === undefined) continue
    if (piece === undefined) {
      piece = [part.ax, part.ay]
      enters = part.enters
    }
    piece.push(part.bx, part.by)
    if (part.leaves) close(true)
  }
  close(false)
  return pieces
}

/** The nearest place on the box's edge; undefined where that is too far for a loose end. */
function toEdge(x: number, y: number, { west, south, east, north }: Bounds): [number, number] | undefined {
  const edges: [number, number][] = [
    [west, y],
    [east, y],
    [x, south],
    [x, north],
  ]
  const [nearest] = edges.toSorted(
    (one, other) => Math.hypot(one[0] - x, one[1] - y) - Math.hypot(other[0] - x, other[1] - y),
  )
  return nearest !== undefined && Math.hypot(nearest[0] - x, nearest[1] - y) <= LOOSE ? nearest : undefined
}

/** Liang and Barsky: the part of a segment inside the box, and whether it crosses the edge there. */
function clip([ax, ay, bx, by]: readonly [number, number, number, number], box: Bounds) {
  let [from, to] = [0, 1]
  for (const [step, room] of [
    [ax - bx, ax - box.west],
    [bx - ax, box.east - ax],
    [ay - by, ay - box.south],
    [by - ay, box.north - ay],
  ] as const) {
    if (step === 0) {
      if (room < 0) return undefined
      continue
    }
    const at = room / step
    if (step < 0) from = Math.max(from, at)
    else to = Math.min(to, at)
  }
  if (from >= to) return undefined
  return {
    ax: ax + (bx - ax) * from,
    ay: ay + (by - ay) * from,
    bx: ax + (bx - ax) * to,
    by: ay + (by - ay) * to,
    enters: from > 0,
    leaves: to < 1,
  }
}

/** Way along the box clockwise from its north-west corner, 0 to 4. */
function alongBox(x: number, y: number, { west, south, east, north }: Bounds): number {
  const [right, up] = [(x - west) / (east - west), (y - south) / (north - south)]
  const near = [1 - up, 1 - right, up, right].indexOf(Math.min(1 - up, 1 - right, up, right))
  return [right, 2 - up, 3 - right, 3 + up][near]!
}

function closeAlongBox(pieces: readonly Piece[], box: Bounds): Degrees[] {
  const ends = pieces.map(({ line }) => ({
    line,
    start: alongBox(line[0]!, line[1]!, box),
    end: alongBox(line.at(-2)!, line.at(-1)!, box),
  }))
  const used = new Set<(typeof ends)[number]>()
  const rings: Degrees[] = []
  for (const first of ends) {
    if (used.has(first)) continue
    const ring: number[] = []
    for (let next = first; !used.has(next); ) {
      used.add(next)
      ring.push(...next.line)
      const { end } = next
      const ahead = ends.toSorted((one, other) => wrap(one.start - end) - wrap(other.start - end))[0]!
      ring.push(...corners(end, wrap(ahead.start - end), box))
      next = ahead
    }
    const clean = cleanRing(Float64Array.from(ring))
    if (ringFault(clean) === undefined) rings.push(clean)
  }
  return rings
}

const wrap = (way: number): number => ((way % 4) + 4) % 4

/** Corners of the box passed on a way clockwise. */
function corners(from: number, way: number, { west, south, east, north }: Bounds): number[] {
  const places = [west, north, east, north, east, south, west, south]
  const passed: number[] = []
  for (let corner = Math.floor(from) + 1; corner < from + way; corner++)
    passed.push(places[(corner % 4) * 2]!, places[(corner % 4) * 2 + 1]!)
  return passed
}

function boxRing({ west, south, east, north }: Bounds): Degrees {
  return Float64Array.of(west, south, east, south, east, north, west, north)
}
