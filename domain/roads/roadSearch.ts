import { TimeHeap } from './timeHeap'
import { edgeCount, nodeCount } from './roadGraph'
import type { RoadGraph } from './roadGraph'
import { OwedEdges } from './owedEdges'
import { isForbidden } from './turns'

/** Where a search begins: a node, the seconds that it takes to be there, and the edge by which one is there. */
export interface Seed {
  readonly node: number
  readonly seconds: number
  /** Turns from it (to it, in direction `to`) are obeyed, and one does not turn back into it. */
  readonly edge?: number
}

export interface SearchOptions {
  /** `from`: away from the seeds; `to`: towards them, against the edges. */
  readonly direction?: 'from' | 'to'
  /** Whether forbidden turns bind. */
  readonly turns?: boolean
  /** Nodes farther than this are not settled. */
  readonly limitSeconds?: number
  /** Called for each edge in the order of the time at which its near end is left; `true` ends the search. */
  readonly onEntered?: (edge: number, seconds: number) => boolean
}

/** The graph as seen in the direction of a search. */
interface Side {
  /** Edges that go on from node `n` are `list[first[n]]` up to `list[first[n + 1]]`. */
  readonly first: Int32Array
  readonly list: Int32Array
  readonly near: Int32Array
  readonly far: Int32Array
  /** 1 for edges behind which something is forbidden. */
  readonly strict: Uint8Array
}

/**
 * Least seconds between seeds and all edges, without turning back and without forbidden turns (Dijkstra over edges). The
 * first who comes to a node takes all edges but those that are forbidden from where he comes; only behind such a place do
 * later ones matter. Arrays are used again by each run: read them before the next. Weights are seconds per edge, at
 * least 0; Infinity is a closed edge.
 */
export class RoadSearch {
  /** Seconds at which each edge is entered at its near end (left at its far end, in direction `to`); Infinity: not. */
  readonly seconds: Float64Array
  /** The edge before (after, in direction `to`) each entered edge; -1 behind a seed without one. */
  readonly via: Int32Array
  /** Seconds of each settled node; Infinity of all others. */
  readonly nodeSeconds: Float64Array
  readonly #graph: RoadGraph
  readonly #twin: Int32Array
  readonly #sides: Readonly<Record<'from' | 'to', Side>>
  readonly #heap: TimeHeap
  readonly #settled: Uint8Array
  readonly #owed: OwedEdges
  /** By which edge somebody came to each settled node first; -1 for a seed without one. */
  readonly #firstBy: Int32Array
  /** Least seconds at which somebody comes to each node who may take everything there and has no such place behind him. */
  readonly #freely: Float64Array
  #weights: Float32Array = new Float32Array(0)
  #side: Side
  #turns = false
  #forward = true

  constructor(graph: RoadGraph) {
    const [nodes, edges] = [nodeCount(graph), edgeCount(graph)]
    this.#graph = graph
    this.seconds = new Float64Array(edges)
    this.via = new Int32Array(edges)
    this.nodeSeconds = new Float64Array(nodes)
    this.#settled = new Uint8Array(nodes)
    this.#owed = new OwedEdges(nodes)
    this.#firstBy = new Int32Array(nodes)
    this.#freely = new Float64Array(nodes)
    this.#heap = new TimeHeap(edges)
    this.#twin = twins(graph)
    const { head, tail, firstOut, firstIn, inEdge, turnFrom, turnTo } = graph
    const outEdge = Int32Array.from(head.keys())
    this.#sides = {
      from: { first: firstOut, list: outEdge, near: tail, far: head, strict: marked(turnFrom, edges) },
      to: { first: firstIn, list: inEdge, near: head, far: tail, strict: marked(turnTo, edges) },
    }
    this.#side = this.#sides.from
  }

  run(weights: Float32Array, seeds: readonly Seed[], options: SearchOptions = {}): void {
    const { limitSeconds = Infinity, onEntered = never } = options
    this.#begin(weights, seeds, options)
    const heap = this.#heap
    while (heap.size > 0) {
      const seconds = heap.firstSeconds
      if (seconds > limitSeconds) return
      const item = heap.takeFirst()
      const over = item < 0 ? this.#startAt(seeds[-1 - item]!, onEntered) : this.#arriveBy(item, seconds, onEntered)
      if (over) return
    }
  }

  /** Whether the last run settled a node. */
  isSettled(node: number): boolean {
    return this.#settled[node] === 1
  }

  #begin(weights: Float32Array, seeds: readonly Seed[], { direction = 'from', turns = false }: SearchOptions): void {
    this.#weights = weights
    this.#forward = direction === 'from'
    this.#side = this.#sides[direction]
    this.#turns = turns && this.#graph.turnFrom.length > 0
    this.seconds.fill(Infinity)
    this.nodeSeconds.fill(Infinity)
    this.#settled.fill(0)
    this.#owed.clear()
    this.#freely.fill(Infinity)
    this.#heap.clear()
    for (const [i, { seconds }] of seeds.entries()) this.#heap.add(-1 - i, seconds)
  }

  #startAt({ node, seconds, edge = -1 }: Seed, onEntered: Entered): boolean {
    if (this.#settled[node] === 0) this.#settle(node, { before: edge, from: -1, seconds })
    else if (!this.#owed.isBehind(node)) return false
    return this.#enterFrom(node, edge, { seconds, onEntered })
  }

  #arriveBy(edge: number, seconds: number, onEntered: Entered): boolean {
    const node = this.#side.far[edge]!
    if (this.#settled[node] === 0) this.#settle(node, { before: edge, from: this.#side.near[edge]!, seconds })
    else if (!this.#owed.isBehind(node)) return false
    return this.#enterFrom(node, edge, { seconds, onEntered })
  }

  #settle(
    node: number,
    { before, from, seconds }: { readonly before: number; readonly from: number; readonly seconds: number },
  ): void {
    this.#settled[node] = 1
    this.nodeSeconds[node] = seconds
    this.#firstBy[node] = before
    if (this.#turns) this.#owed.settle(node, { from, missed: this.#missedFrom(node, before) })
  }

  /** Takes every edge that goes on from a node and that nobody took before. */
  #enterFrom(
    node: number,
    before: number,
    { seconds, onEntered }: { readonly seconds: number; readonly onEntered: Entered },
  ): boolean {
    const { list, first } = this.#side
    const strict = this.#turns && before >= 0 && this.#side.strict[before] === 1
    const back = before < 0 ? -1 : this.#twin[before]!
    const end = first[node + 1]!
    for (let i = first[node]!; i < end; i++) {
      const edge = list[i]!
      const weight = this.#weights[edge]!
      if (weight === Infinity || edge === back || this.seconds[edge]! < Infinity) continue
      if (strict && this.#isForbidden(before, edge)) continue
      this.seconds[edge] = seconds
      this.via[edge] = before
      if (this.#turns) this.#tellOwed(node, before, edge)
      if (onEntered(edge, seconds)) return true
      this.#goAlong(edge, seconds + weight)
    }
    return false
  }

  /** What a later one takes was owed, unless it is where the first came from. */
  #tellOwed(node: number, before: number, edge: number): void {
    const first = this.#firstBy[node]!
    if (first >= 0 && first !== before && edge !== this.#twin[first]) this.#owed.take(node)
  }

  /** How many edges that can be passed are forbidden to the first who comes to a node. */
  #missedFrom(node: number, before: number): number {
    const { first, list, strict } = this.#side
    if (before < 0 || strict[before] === 0) return 0
    let missed = 0
    for (let i = first[node]!; i < first[node + 1]!; i++) {
      const edge = list[i]!
      if (this.#weights[edge]! < Infinity && edge !== this.#twin[before] && this.#isForbidden(before, edge)) missed++
    }
    return missed
  }

  #isForbidden(before: number, edge: number): boolean {
    return this.#forward ? isForbidden(this.#graph, before, edge) : isForbidden(this.#graph, edge, before)
  }

  /** Who comes to a node after somebody free of all rules finds nothing more there. */
  #goAlong(edge: number, seconds: number): void {
    const { near, far, strict } = this.#side
    const node = far[edge]!
    if (seconds >= this.#freely[node]! || (this.#settled[node] === 1 && !this.#owed.isBehind(node))) return
    if (!this.#turns || (strict[edge] === 0 && !this.#owed.isBehind(near[edge]!))) this.#freely[node] = seconds
    this.#heap.add(edge, seconds)
  }
}

type Entered = NonNullable<SearchOptions['onEntered']>
const never = (): boolean => false

function marked(edges: Int32Array, size: number): Uint8Array {
  const marks = new Uint8Array(size)
  for (const edge of edges) marks[edge] = 1
  return marks
}

function twins({ along, against, head }: RoadGraph): Int32Array {
  const twin = new Int32Array(head.length).fill(-1)
  for (const [stretch, edge] of along.entries()) {
    const other = against[stretch]!
    if (edge < 0 || other < 0) continue
    twin[edge] = other
    twin[other] = edge
  }
  return twin
}
