import { lengthOf } from '../curve'
import type { Point } from '../curve'
import type { Names } from '@/domain/ids'
import { CORRIDORS } from '../plan/expressways'
import { UNDERPASSES } from '../plan/underpasses'
import { chainsOf } from './chains'
import type { Planar } from './planar'
import type { Street } from './planLines'

/** Where a road meets a railway, a motorway or a ring road on another level. */
export interface Crossing {
  readonly road: string
  readonly line: number
  /** The line that runs above. */
  readonly over: string
  readonly overKind: 'rail' | 'motorway' | 'trunk'
  readonly at: Point
  /** Metres from the beginning of the road's chain, and the chain's length. */
  readonly metres: number
  readonly length: number
}

/** A crossing where the road dips, and the stretch of it that does. */
export interface Underpass extends Crossing {
  readonly key: string
  readonly name: Names
  /** The road 130 m both ways, the crossing near its middle. */
  readonly stretch: readonly Point[]
  /** Where on the stretch the crossing is, metres. */
  readonly middle: number
  /** Pieces of the plan that lie below, as `node/node` with the lower number first. */
  readonly pieces: ReadonlySet<string>
  /** The node of the plan that the road passes below, where there is one. */
  readonly under: ReadonlySet<number>
}

const ROAD_CLASSES = new Set(['primary', 'secondary', 'tertiary'])
const HALF_DIP = 62
export const pieceKey = (a: number, b: number): string => (a < b ? `${a}/${b}` : `${b}/${a}`)

/** All crossings of planned roads with corridors, and with the ring roads where an underpass was planned. */
export function findCrossings(plan: Planar, streets: readonly Street[]): Crossing[] {
  const chains = roadChains(plan, streets)
  const rings = chains
    .filter(({ street }) => street.class === 'trunk')
    .map(({ street, points }) => ({ key: street.key, kind: 'trunk' as const, line: points }))
  const over = [...CORRIDORS.map(({ key, kind, line }) => ({ key, kind, line })), ...rings]
  const out: Crossing[] = []
  const isKnown = (line: number, key: string, [x, y]: Point): boolean =>
    out.some((known) => known.over === key && known.line === line && Math.hypot(known.at[0] - x, known.at[1] - y) < 250)
  for (const { street, line, points } of chains.filter((chain) => chain.street.class !== 'trunk')) {
    const length = lengthOf(points)
    for (const { key, kind, line: upper } of over) {
      const found = meetings(points, upper).filter(({ at }) => !isKnown(line, key, at))
      out.push(...found.map((meeting) => ({ ...meeting, road: street.key, line, over: key, overKind: kind, length })))
    }
  }
  return out
}

function roadChains(
  plan: Planar,
  streets: readonly Street[],
): { street: Street; line: number; nodes: readonly number[]; points: Point[] }[] {
  const chains = chainsOf(plan, ({ line }) => {
    const { class: cls, name, urbanOnly } = streets[line]!
    return name !== undefined && !urbanOnly && (cls === 'trunk' || (cls !== undefined && ROAD_CLASSES.has(cls)))
  })
  return chains.map(({ line, nodes }) => ({
    street: streets[line]!,
    line,
    nodes,
    points: nodes.map((node): Point => [plan.x[node]!, plan.y[node]!]),
  }))
}

function meetings(road: readonly Point[], upper: readonly Point[]): { at: Point; metres: number }[] {
  const out: { at: Point; metres: number }[] = []
  let before = 0
  for (let i = 0; i + 1 < road.length; i++) {
    const [a, b] = [road[i]!, road[i + 1]!]
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    for (let j = 0; j + 1 < upper.length; j++) {
      const share = meetingShare([a, b], [upper[j]!, upper[j + 1]!])
      if (share !== undefined)
        out.push({ at: [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share], metres: before + length * share })
    }
    before += length
  }
  return out
}

/** Where on the first piece the second crosses it at no sharp angle, 0 to 1. */
function meetingShare([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): number | undefined {
  const [ox, oy] = [c[0] - a[0], c[1] - a[1]]
  if (Math.abs(ox) > 600 || Math.abs(oy) > 600) return undefined
  const [dx, dy, ex, ey] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
  const cross = dx * ey - dy * ex
  if (Math.abs(cross) < 0.35 * Math.hypot(dx, dy) * Math.hypot(ex, ey)) return undefined
  const u = (ox * ey - oy * ex) / cross
  const v = (ox * dy - oy * dx) / cross
  return u >= -0.001 && u < 1 && v >= -0.001 && v < 1 ? u : undefined
}

/** The planned underpasses, each at its road's crossing. Throws RangeError when the plan no longer crosses there. */
export function placeUnderpasses(
  plan: Planar,
  streets: readonly Street[],
  crossings: readonly Crossing[],
): Underpass[] {
  const metres = ({ at }: Crossing, [x, y]: Point): number => Math.hypot(at[0] - x, at[1] - y)
  return UNDERPASSES.map(({ key, name, road, at }) => {
    const own = crossings.filter((crossing) => crossing.road === road).sort((a, b) => metres(a, at) - metres(b, at))
    if (own[0] === undefined || metres(own[0], at) > 60) throw new RangeError(`${key} (${name.en}) has no crossing.`)
    return dip(plan, streets, { crossing: own[0], name, key })
  })
}

/** Puts nodes at both ends of the dip and collects what lies between. */
function dip(
  plan: Planar,
  streets: readonly Street[],
  { crossing, name, key }: { crossing: Crossing; name: Names; key: string },
): Underpass {
  for (const metres of [crossing.metres - HALF_DIP, crossing.metres + HALF_DIP])
    splitAt(plan, streets, crossing, metres)
  const { nodes, points } = chainOf(plan, streets, crossing)
  const pieces = new Set<string>()
  const under = new Set<number>()
  const stretch: Point[] = []
  let [at, middle] = [0, 0]
  for (let i = 0; i + 1 < nodes.length; i++) {
    const length = Math.hypot(points[i + 1]![0] - points[i]![0], points[i + 1]![1] - points[i]![1])
    const centre = at + length / 2
    if (Math.abs(centre - crossing.metres) < HALF_DIP) pieces.add(pieceKey(nodes[i]!, nodes[i + 1]!))
    if (Math.abs(at - crossing.metres) < HALF_DIP - 12) under.add(nodes[i]!)
    if (at > crossing.metres - 260 && at < crossing.metres + 260) {
      if (stretch.length === 0) middle = crossing.metres - at
      stretch.push(points[i]!)
    }
    at += length
  }
  return { ...crossing, key, name, stretch, middle, pieces, under }
}

function chainOf(
  plan: Planar,
  streets: readonly Street[],
  { line, at }: Crossing,
): { nodes: readonly number[]; points: Point[] } {
  const chains = roadChains(plan, streets).filter((chain) => chain.line === line)
  const near = (points: readonly Point[]): number =>
    Math.min(...points.map(([x, y]) => Math.hypot(x - at[0], y - at[1])))
  return chains.sort((a, b) => near(a.points) - near(b.points))[0]!
}

function splitAt(plan: Planar, streets: readonly Street[], crossing: Crossing, metres: number): void {
  const { nodes, points } = chainOf(plan, streets, crossing)
  let at = 0
  for (let i = 0; i + 1 < nodes.length; i++) {
    const [a, b] = [points[i]!, points[i + 1]!]
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (at + length > metres) {
      const share = (metres - at) / length
      if (share * length > 10 && (1 - share) * length > 10)
        plan.split(nodes[i]!, nodes[i + 1]!, a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
      return
    }
    at += length
  }
}
