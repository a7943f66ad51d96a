import { nodeCount } from './roadGraph'
import type { RoadGraph } from './roadGraph'

/** A node with the seconds that it takes to be there. */
export interface Seed {
  readonly node: number
  readonly seconds: number
}

export interface SearchOptions {
  /** `from`: away from the seeds; `to`: towards them, against the edges. */
  readonly direction?: 'from' | 'to'
  /** Nodes farther than this are not settled. */
  readonly limitSeconds?: number
  /** Called for each node in the order of its time; `true` ends the search. */
  readonly onSettled?: (node: number, seconds: number) => boolean
}

const ARITY = 4

/**
 * Least seconds between seeds and all nodes (Dijkstra with an indexed 4-ary heap). The arrays are used again by each
 * run: read them before the next. Weights are seconds per edge, at least 0; Infinity is a closed edge.
 */
export class RoadSearch {
  /** Seconds of each node after a run; Infinity where it was not reached. Exact for settled nodes only. */
  readonly seconds: Float64Array
  /** Edge by which each node is reached (or left, in direction `to`); -1 at seeds. */
  readonly via: Int32Array
  readonly #graph: RoadGraph
  readonly #heap: Int32Array
  /** Where a node lies in the heap: -1 never, -2 settled. */
  readonly #place: Int32Array
  #size = 0

  constructor(graph: RoadGraph) {
    const nodes = nodeCount(graph)
    this.#graph = graph
    this.seconds = new Float64Array(nodes)
    this.via = new Int32Array(nodes)
    this.#heap = new Int32Array(nodes)
    this.#place = new Int32Array(nodes)
  }

  run(weights: Float32Array, seeds: readonly Seed[], options: SearchOptions = {}): void {
    const { limitSeconds = Infinity, onSettled } = options
    this.#begin(seeds)
    const relax = options.direction === 'to' ? this.#relaxIn : this.#relaxOut
    while (this.#size > 0) {
      const node = this.#heap[0]!
      const at = this.seconds[node]!
      if (at > limitSeconds) return
      this.#takeFirst()
      this.#place[node] = -2
      if (onSettled?.(node, at) === true) return
      relax.call(this, node, at, weights)
    }
  }

  /** Whether the last run settled a node. */
  isSettled(node: number): boolean {
    return this.#place[node] === -2
  }

  #begin(seeds: readonly Seed[]): void {
    this.seconds.fill(Infinity)
    this.#place.fill(-1)
    this.#size = 0
    for (const { node, seconds } of seeds) if (seconds < this.seconds[node]!) this.#reach(node, seconds, -1)
  }

  #relaxOut(node: number, at: number, weights: Float32Array): void {
    const { head, firstOut } = this.#graph
    const end = firstOut[node + 1]!
    for (let edge = firstOut[node]!; edge < end; edge++) {
      const seconds = at + weights[edge]!
      if (seconds < this.seconds[head[edge]!]!) this.#reach(head[edge]!, seconds, edge)
    }
  }

  #relaxIn(node: number, at: number, weights: Float32Array): void {
    const { tail, firstIn, inEdge } = this.#graph
    const end = firstIn[node + 1]!
    for (let i = firstIn[node]!; i < end; i++) {
      const edge = inEdge[i]!
      const seconds = at + weights[edge]!
      if (seconds < this.seconds[tail[edge]!]!) this.#reach(tail[edge]!, seconds, edge)
    }
  }

  #reach(node: number, seconds: number, via: number): void {
    this.seconds[node] = seconds
    this.via[node] = via
    let place = this.#place[node]!
    if (place < 0) place = this.#size++
    const [heap, at] = [this.#heap, this.seconds]
    while (place > 0) {
      const above = (place - 1) >> 2
      const parent = heap[above]!
      if (at[parent]! <= seconds) break
      heap[place] = parent
      this.#place[parent] = place
      place = above
    }
    heap[place] = node
    this.#place[node] = place
  }

  #takeFirst(): void {
    const [heap, at, size] = [this.#heap, this.seconds, --this.#size]
    if (size === 0) return
    const moved = heap[size]!
    const seconds = at[moved]!
    let place = 0
    for (;;) {
      const first = ARITY * place + 1
      if (first >= size) break
      let least = first
      const end = Math.min(first + ARITY, size)
      for (let child = first + 1; child < end; child++) if (at[heap[child]!]! < at[heap[least]!]!) least = child
      const child = heap[least]!
      if (at[child]! >= seconds) break
      heap[place] = child
      this.#place[child] = place
      place = least
    }
    heap[place] = moved
    this.#place[moved] = place
  }
}
