import type { RoadClass } from '@/domain/city/cityModel'
import type { Point } from '../curve'
import type { Dice } from '../random'
import type { Face, Planar } from './planar'
import { areaOf, crossings, extent, grainOf, isIn, metresTo } from './polygon'
import type { Ring } from './polygon'

/** How a face is to be cut: until its parts are `area` m² or so, along `grain` radians as far as `own` insists (0 to 1). */
export interface Manner {
  readonly area: number
  /** Length to width of a good block. */
  readonly shape: number
  readonly grain: number
  readonly own: number
  /** Share by which cuts miss the middle, and by which areas vary. */
  readonly loose: number
  /** How much new streets bend, share of their length. */
  readonly bend: number
  /** Class of the street that cuts so large a face; undefined for a mere boundary. */
  readonly streets: (area: number, dice: Dice) => RoadClass | undefined
}

export interface BlockCutting {
  readonly mannerAt: (ring: Ring) => Manner
  readonly dice: Dice
  /** Is told of every new line and gives its number. */
  readonly street: (cls: RoadClass | undefined) => number
}

interface Cut {
  readonly at: Point
  readonly direction: Point
}

/** Cuts a face into blocks; returns the blocks' faces. */
export function cutIntoBlocks(plan: Planar, face: Face, { mannerAt, dice, street }: BlockCutting): Face[] {
  const open = [face]
  const blocks: Face[] = []
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const ring = ringOf(plan, next)
    const area = areaOf(ring)
    const manner = mannerAt(ring)
    const path =
      area < manner.area * dice.between(1.1, 1.9 + manner.loose)
        ? undefined
        : findCut(plan, next, { ring, area, manner, dice })
    if (path === undefined) blocks.push(next)
    else open.push(plan.cut(next, path, street(manner.streets(area, dice))), next)
  }
  return blocks
}

export const ringOf = (plan: Planar, face: Face): Point[] => face.loop.map((node) => [plan.x[node]!, plan.y[node]!])

interface Search {
  readonly ring: Ring
  readonly area: number
  readonly manner: Manner
  readonly dice: Dice
}

/** Nodes of a cut that parts the face well; undefined when five tries found none. */
function findCut(plan: Planar, face: Face, search: Search): number[] | undefined {
  const { manner, ring, dice } = search
  const grain = mixGrain(ring, manner)
  for (let attempt = 0; attempt < 5; attempt++) {
    const cut = propose(ring, grain + (attempt < 2 ? 0 : dice.between(-0.2, 0.2)), {
      manner,
      dice,
      turned: attempt === 2 || attempt === 4,
    })
    const path = layCut(plan, face, cut, search)
    if (path !== undefined) return path
  }
  return undefined
}

function mixGrain(ring: Ring, { grain, own }: Manner): number {
  const found = grainOf(ring)
  const weight = found.strength * (1 - own)
  const s = weight * Math.sin(4 * found.angle) + own * 0.5 * Math.sin(4 * grain)
  const c = weight * Math.cos(4 * found.angle) + own * 0.5 * Math.cos(4 * grain)
  return Math.atan2(s, c) / 4
}

function propose(
  ring: Ring,
  grain: number,
  { manner, dice, turned }: { manner: Manner; dice: Dice; turned: boolean },
): Cut {
  const u: Point = [Math.cos(grain), Math.sin(grain)]
  const v: Point = [-u[1], u[0]]
  const [eu, ev] = [extent(ring, u), extent(ring, v)]
  const along = (eu.high - eu.low) / (ev.high - ev.low) > (dice.next() < 0.5 ? manner.shape : 1 / manner.shape)
  const [axis, other] = along !== turned ? [eu, ev] : [ev, eu]
  const middle = (axis.low + axis.high) / 2 + (axis.high - axis.low) * dice.between(-0.12, 0.12) * (0.5 + manner.loose)
  const across = (other.low + other.high) / 2
  const [du, dv] = along !== turned ? [middle, across] : [across, middle]
  return { at: [u[0] * du + v[0] * dv, u[1] * du + v[1] * dv], direction: along !== turned ? v : u }
}

/** Finds the stretch of the cut inside the face, its end nodes, and bends it. */
function layCut(plan: Planar, face: Face, cut: Cut, { ring, area, manner, dice }: Search): number[] | undefined {
  const found = crossings(ring, cut.at, cut.direction)
  let best = -1
  for (let i = 0; i + 1 < found.length; i += 2) {
    const [from, to] = [found[i]!.metres, found[i + 1]!.metres]
    if (best < 0 || (from < 0 && to > 0) || to - from > 1.5 * (found[best + 1]!.metres - found[best]!.metres)) best = i
    if (from < 0 && to > 0) break
  }
  if (best < 0) return undefined
  const snap = Math.min(42, 0.2 * Math.sqrt(manner.area))
  const ends = [found[best]!, found[best + 1]!].map((end) => endOf(ring, end, snap))
  const [p, q] = [ends[0]!, ends[1]!]
  if (!isSound(ring, p, q, area)) return undefined
  const bent = bend(ring, p.at, q.at, manner.bend * dice.between(-1, 1))
  const nodes = nodesOfEnds(plan, face, p, q)
  return nodes === undefined ? undefined : [nodes[0], ...bent.map(([x, y]) => plan.node(x, y)), nodes[1]]
}

interface End {
  readonly piece: number
  readonly at: Point
  /** An end at a corner that is there already: its index in the ring. */
  readonly corner: number
}

function endOf(ring: Ring, { piece, share }: { piece: number; share: number }, snap: number): End {
  const [a, b] = [ring[piece]!, ring[(piece + 1) % ring.length]!]
  const at: Point = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
  const metres = Math.hypot(b[0] - a[0], b[1] - a[1])
  const toA = share * metres
  const corner =
    Math.min(toA, metres - toA) < Math.min(snap, Math.max(9, metres * 0.45))
      ? toA < metres - toA
        ? piece
        : (piece + 1) % ring.length
      : -1
  return { piece, at: corner < 0 ? at : ring[corner]!, corner }
}

/** Both parts are large, the cut stays inside, and meets the sides at no sharp angle. */
function isSound(ring: Ring, p: End, q: End, area: number): boolean {
  if (p.piece === q.piece || (p.corner >= 0 && p.corner === q.corner)) return false
  const count = ring.length
  const part: Point[] = [p.at]
  for (let i = (p.piece + 1) % count, steps = 0; steps < count; i = (i + 1) % count, steps++) {
    part.push(ring[i]!)
    if (i === q.piece) break
  }
  part.push(q.at)
  const cutArea = Math.abs(areaOf(part))
  if (Math.min(cutArea, area - cutArea) < 0.2 * area) return false
  for (const share of [0.04, 0.2, 0.35, 0.5, 0.65, 0.8, 0.96])
    if (!isIn(ring, p.at[0] + (q.at[0] - p.at[0]) * share, p.at[1] + (q.at[1] - p.at[1]) * share)) return false
  return isOpen(ring, p, q) && isOpen(ring, q, p)
}

/** No side of the ring at `end` runs within about 32 degrees of the cut, and no other corner stands close to it. */
function isOpen(ring: Ring, end: End, other: End): boolean {
  const count = ring.length
  const [dx, dy] = [other.at[0] - end.at[0], other.at[1] - end.at[1]]
  const metres = Math.hypot(dx, dy)
  if (metres < 18) return false
  const neighbours =
    end.corner < 0
      ? [ring[end.piece]!, ring[(end.piece + 1) % count]!]
      : [ring[(end.corner + count - 1) % count]!, ring[(end.corner + 1) % count]!]
  for (const [x, y] of neighbours) {
    const [ex, ey] = [x - end.at[0], y - end.at[1]]
    const side = Math.hypot(ex, ey)
    if (side > 0.5 && (ex * dx + ey * dy) / (side * metres) > 0.85) return false
  }
  return ring.every((corner) => {
    const near = metresTo(end.at, other.at, corner[0], corner[1])
    return (
      near > 9 ||
      Math.hypot(corner[0] - end.at[0], corner[1] - end.at[1]) < 0.01 ||
      Math.hypot(corner[0] - other.at[0], corner[1] - other.at[1]) < 0.01
    )
  })
}

/** A bow between two places, when it stays inside; empty for a straight cut. */
function bend(ring: Ring, a: Point, b: Point, share: number): Point[] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const metres = Math.hypot(dx, dy)
  if (metres < 160 || Math.abs(share) < 0.004) return []
  const pieces = Math.min(8, Math.max(2, Math.round(metres / 90)))
  const out: Point[] = []
  for (let i = 1; i < pieces; i++) {
    const t = i / pieces
    const off = 4 * share * t * (1 - t)
    out.push([a[0] + dx * t - dy * off, a[1] + dy * t + dx * off])
  }
  const clear = out.every(
    ([x, y]) =>
      isIn(ring, x, y) && ring.every((corner, i) => metresTo(corner, ring[(i + 1) % ring.length]!, x, y) > 12),
  )
  return clear ? out : []
}

function nodesOfEnds(plan: Planar, face: Face, p: End, q: End): [number, number] | undefined {
  const count = face.loop.length
  const nodeAt = (end: End): number | undefined => (end.corner < 0 ? undefined : face.loop[end.corner]!)
  const sides = [p, q].map((end) => [face.loop[end.piece]!, face.loop[(end.piece + 1) % count]!] as const)
  const first = nodeAt(p) ?? plan.split(sides[0]![0], sides[0]![1], p.at[0], p.at[1])
  const second = nodeAt(q) ?? plan.split(sides[1]![0], sides[1]![1], q.at[0], q.at[1])
  return first === second ? undefined : [first, second]
}
