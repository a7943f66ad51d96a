import type { Degrees, Polygon } from '@/domain/city/cityModel'
import { cleanRing, innerPoint, ringFault, ringHolds, ringSquareMetres, turned } from '../geometry/ring'
import type { OsmData, OsmRelation } from './osmData'

/** Polygons of an area, or why it has none. */
export type Assembled = { readonly shapes: readonly Polygon[] } | { readonly fault: string }

/** Outline of a closed way. */
export function wayPolygon(data: OsmData, nodes: Float64Array, holes: readonly Degrees[] = []): Assembled {
  if (nodes.length < 4 || nodes[0] !== nodes[nodes.length - 1]) return { fault: 'outline is not closed' }
  const { line, nodes: found } = data.line(nodes)
  if (found.length < nodes.length - repeats(nodes)) return { fault: 'nodes are missing from the extract' }
  const ring = cleanRing(line)
  const fault = ringFault(ring)
  return fault === undefined ? { shapes: [{ outer: turned(ring, true), holes }] } : { fault }
}

function repeats(nodes: Float64Array): number {
  let count = 0
  for (let i = 1; i < nodes.length; i++) if (nodes[i] === nodes[i - 1]) count++
  return count
}

/** Polygons of a multipolygon or boundary relation: each outer ring with the holes that lie in it. */
export function relationPolygons(data: OsmData, relation: OsmRelation): Assembled {
  const outer = ringsOf(data, relation, (role) => role !== 'inner')
  const inner = ringsOf(data, relation, (role) => role === 'inner')
  if (typeof outer === 'string') return { fault: outer }
  if (outer.length === 0) return { fault: 'relation has no outline' }
  const holes = typeof inner === 'string' ? [] : inner
  const fault = outer.map(ringFault).find((found) => found !== undefined)
  if (fault !== undefined) return { fault }
  return { shapes: withHoles(outer, holes) }
}

/** Rings of an untagged multipolygon's inner ways, for the old style that tags the outer way alone. */
export function innerRings(data: OsmData, relation: OsmRelation): readonly Degrees[] {
  const rings = ringsOf(data, relation, (role) => role === 'inner')
  return typeof rings === 'string' ? [] : rings.filter((ring) => ringFault(ring) === undefined).map(clockwise)
}

const clockwise = (ring: Degrees): Degrees => turned(ring, false)

function withHoles(outer: readonly Degrees[], inner: readonly Degrees[]): Polygon[] {
  // From small to large, so that a hole goes to the smallest outline that holds it.
  const shapes = [...outer]
    .sort((one, other) => ringSquareMetres(one) - ringSquareMetres(other))
    .map((ring) => ({ outer: turned(ring, true), holes: [] as Degrees[] }))
  for (const ring of inner) {
    if (ringFault(ring) !== undefined) continue
    const [x, y] = innerPoint({ outer: ring, holes: [] })
    shapes.find((shape) => ringHolds(shape.outer, x, y))?.holes.push(clockwise(ring))
  }
  return shapes.reverse()
}

/** Joins the member ways of a role end to end. A sentence when they do not close. */
function ringsOf(data: OsmData, relation: OsmRelation, isWanted: (role: string) => boolean): Degrees[] | string {
  const ways: Float64Array[] = []
  for (const member of relation.members) {
    if (member.type !== 'way' || !isWanted(member.role)) continue
    const way = data.ways.get(member.id)
    if (way === undefined) return 'ways are missing from the extract'
    if (way.nodes.length > 1) ways.push(way.nodes)
  }
  const rings = joinEnds(ways)
  if (rings === undefined) return 'outline is not closed'
  return rings.map((nodes) => cleanRing(data.line(nodes).line))
}

/** Chains node lists into closed rings; undefined when one stays open. Each way is used once, so loops end. */
export function joinEnds(ways: readonly Float64Array[]): Float64Array[] | undefined {
  const byEnd = new Map<number, number[]>()
  ways.forEach((nodes, i) => {
    for (const end of new Set([nodes[0]!, nodes.at(-1)!])) {
      const list = byEnd.get(end)
      if (list === undefined) byEnd.set(end, [i])
      else list.push(i)
    }
  })
  const used = new Uint8Array(ways.length)
  const rings: Float64Array[] = []
  for (let start = 0; start < ways.length; start++) {
    if (used[start] === 1) continue
    used[start] = 1
    const chain = Array.from(ways[start]!)
    while (chain[0] !== chain.at(-1)) {
      const end = chain.at(-1)!
      const next = byEnd.get(end)?.find((i) => used[i] === 0)
      if (next === undefined) return undefined
      used[next] = 1
      const nodes = ways[next]!
      const onward = nodes[0] === end ? nodes : nodes.toReversed()
      for (let i = 1; i < onward.length; i++) chain.push(onward[i]!)
    }
    rings.push(Float64Array.from(chain))
  }
  return rings
}
