import { ROAD_CLASSES } from '../city/cityModel'
import type { Road } from '../city/cityModel'
import { hilbertIndex } from './hilbert'
import { STRETCH_FLAGS } from './roadGraph'
import type { RoadGraph, RoadName } from './roadGraph'
import type { StretchList } from './stretchList'
import { accessOf } from './vehicleRules'

const WIDEST = 1000

/** Turns a list of stretches into the arrays of a RoadGraph. */
export class CsrBuilder {
  readonly #stretches: StretchList
  readonly #roads: readonly Road[]

  constructor(stretches: StretchList, roads: readonly Road[]) {
    this.#stretches = stretches
    this.#roads = roads
  }

  /** The graph without forbidden turns, and the number of each node by the vertex that it was. */
  build(): { readonly graph: RoadGraph; readonly nodeOfVertex: ReadonlyMap<number, number> } {
    const nodes = this.#nodes()
    const attributes = this.#attributes()
    const edges = this.#edges(nodes)
    const { firstVertex, vertexLongitude, vertexLatitude } = this.#stretches
    const graph = {
      ...edges,
      ...incoming(edges.head, nodes.longitude.length),
      nodeLongitude: nodes.longitude,
      nodeLatitude: nodes.latitude,
      ...attributes,
      firstVertex: Int32Array.from(firstVertex),
      vertexLongitude: Int32Array.from(vertexLongitude),
      vertexLatitude: Int32Array.from(vertexLatitude),
      turnFrom: new Int32Array(0),
      turnTo: new Int32Array(0),
      codes: this.#roads.map((road) => road.code),
    }
    return { graph, nodeOfVertex: nodes.number }
  }

  /** Numbers the ends of stretches along a Hilbert curve over the bounding box. */
  #nodes(): NumberedNodes {
    const { from, to, firstVertex, vertexLongitude, vertexLatitude } = this.#stretches
    const seen = new Map<number, number>()
    for (let i = 0; i < from.length; i++) {
      if (!seen.has(from[i]!)) seen.set(from[i]!, firstVertex[i]!)
      if (!seen.has(to[i]!)) seen.set(to[i]!, firstVertex[i + 1]! - 1)
    }
    const [west, east] = extent(vertexLongitude)
    const [south, north] = extent(vertexLatitude)
    const side = Math.max(east - west, north - south) + 1
    const ordered = [...seen].map(([key, vertex]) => ({
      key,
      vertex,
      place: hilbertIndex((vertexLongitude[vertex]! - west) / side, (vertexLatitude[vertex]! - south) / side),
    }))
    ordered.sort((a, b) => a.place - b.place || a.key - b.key)
    return {
      number: new Map(ordered.map(({ key }, index) => [key, index])),
      longitude: Int32Array.from(ordered, ({ vertex }) => vertexLongitude[vertex]!),
      latitude: Int32Array.from(ordered, ({ vertex }) => vertexLatitude[vertex]!),
    }
  }

  #attributes() {
    const { road: roadOf, metres } = this.#stretches
    const roads = roadOf.map((index) => this.#roads[index]!)
    return {
      metres: Float32Array.from(metres),
      roadClass: Uint8Array.from(roads, (road) => ROAD_CLASSES.indexOf(road.class)),
      flags: Uint8Array.from(roads, flagsOf),
      layer: Int8Array.from(roads, (road) => Math.max(-100, Math.min(100, road.layer))),
      width: Float32Array.from(roads, ({ width }) => (width >= 0 ? Math.min(width, WIDEST) : 0)),
      speedLimit: Uint8Array.from(roads, (road) => Math.max(0, Math.min(255, Math.round(road.speedLimit ?? 0)))),
      road: Int32Array.from(roadOf),
      ...namesOf(roads),
    }
  }

  #edges(nodes: NumberedNodes) {
    const { from, to, road } = this.#stretches
    const access = this.#roads.map(accessOf)
    const drafts: { tail: number; head: number; stretch: number; against: number; access: number }[] = []
    for (let stretch = 0; stretch < from.length; stretch++) {
      const [a, b] = [nodes.number.get(from[stretch]!)!, nodes.number.get(to[stretch]!)!]
      const { along, against } = access[road[stretch]!]!
      if (along !== 0) drafts.push({ tail: a, head: b, stretch, against: 0, access: along })
      if (against !== 0) drafts.push({ tail: b, head: a, stretch, against: 1, access: against })
    }
    drafts.sort((a, b) => a.tail - b.tail || a.head - b.head || a.stretch - b.stretch || a.against - b.against)
    const along = new Int32Array(from.length).fill(-1)
    const against = new Int32Array(from.length).fill(-1)
    const firstOut = new Int32Array(nodes.longitude.length + 1)
    for (const [edge, draft] of drafts.entries()) {
      ;(draft.against === 1 ? against : along)[draft.stretch] = edge
      firstOut[draft.tail + 1]!++
    }
    for (let node = 0; node < nodes.longitude.length; node++) firstOut[node + 1]! += firstOut[node]!
    return {
      firstOut,
      head: Int32Array.from(drafts, (draft) => draft.head),
      tail: Int32Array.from(drafts, (draft) => draft.tail),
      edgeStretch: Int32Array.from(drafts, (draft) => draft.stretch),
      edgeAgainst: Uint8Array.from(drafts, (draft) => draft.against),
      edgeAccess: Uint8Array.from(drafts, (draft) => draft.access),
      along,
      against,
    }
  }
}

interface NumberedNodes {
  readonly number: ReadonlyMap<number, number>
  readonly longitude: Int32Array
  readonly latitude: Int32Array
}

function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return low > high ? [0, 0] : [low, high]
}

function flagsOf(road: Road): number {
  return (
    (road.bridge ? STRETCH_FLAGS.bridge : 0) |
    (road.tunnel ? STRETCH_FLAGS.tunnel : 0) |
    (road.underpass ? STRETCH_FLAGS.underpass : 0) |
    (road.roundabout === true ? STRETCH_FLAGS.roundabout : 0)
  )
}

function namesOf(roads: readonly Road[]): { nameOf: Int32Array; names: RoadName[] } {
  const numbers = new Map<string, number>()
  const names: RoadName[] = []
  const nameOf = Int32Array.from(roads, ({ name, ref }) => {
    if (name === undefined && ref === undefined) return -1
    const key = JSON.stringify([name?.['zh-CN'], name?.en, ref])
    const known = numbers.get(key)
    if (known !== undefined) return known
    names.push({ ...(name === undefined ? {} : { name }), ...(ref === undefined ? {} : { ref }) })
    numbers.set(key, names.length - 1)
    return names.length - 1
  })
  return { nameOf, names }
}

/** The same edges in the order of the node that they reach. */
export function incoming(head: Int32Array, nodes: number): { firstIn: Int32Array; inEdge: Int32Array } {
  const firstIn = new Int32Array(nodes + 1)
  for (const node of head) firstIn[node + 1]!++
  for (let node = 0; node < nodes; node++) firstIn[node + 1]! += firstIn[node]!
  const next = firstIn.slice()
  const inEdge = new Int32Array(head.length)
  for (let edge = 0; edge < head.length; edge++) inEdge[next[head[edge]!]!++] = edge
  return { firstIn, inEdge }
}
