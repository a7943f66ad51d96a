import type { Point } from '../curve'
import type { Layout } from '../fabric/layout'
import type { RoadClass } from '@/domain/city/cityModel'
import type { WaterField } from '../ground/waterField'

/** Streets as a graph of plan nodes: where pipes and cables may lie. */
export interface Ways {
  readonly at: (node: number) => Point
  readonly nodes: readonly number[]
  readonly next: ReadonlyMap<number, readonly { node: number; metres: number }[]>
}

/** Trees that grow from their roots over the ways: the way back to the root of every node. */
export interface Forest {
  /** Node on the way to the root; a root is its own. */
  readonly toRoot: ReadonlyMap<number, number>
  readonly root: ReadonlyMap<number, number>
  /** Nodes, the nearest to their roots first. */
  readonly order: readonly number[]
}

const CLASSES: ReadonlySet<RoadClass> = new Set(['trunk', 'primary', 'secondary', 'tertiary'])

export function waysOf({ plan, streets, blocks }: Layout, water: WaterField): Ways {
  const next = new Map<number, { node: number; metres: number }[]>()
  const link = (from: number, node: number, metres: number): void => {
    const list = next.get(from)
    if (list === undefined) next.set(from, [{ node, metres }])
    else list.push({ node, metres })
  }
  for (const { a, b, line, left, right } of plan.edges.values()) {
    const cls = streets[line]!.class
    const [x, y] = [(plan.x[a]! + plan.x[b]!) / 2, (plan.y[a]! + plan.y[b]!) / 2]
    if (cls === undefined || !CLASSES.has(cls) || water.any(x, y) < 4) continue
    if (![left, right].some((face) => blocks[face]?.kind === 'city')) continue
    const metres = Math.hypot(plan.x[a]! - plan.x[b]!, plan.y[a]! - plan.y[b]!)
    link(a, b, metres)
    link(b, a, metres)
  }
  return { at: (node) => [plan.x[node]!, plan.y[node]!], nodes: [...next.keys()].sort((a, b) => a - b), next }
}

/** Grows trees by the least cost from all roots at once; `cost` of the way from a node towards the root. */
export function grow(
  ways: Ways,
  roots: readonly number[],
  cost: (from: number, towards: number, metres: number) => number,
): Forest {
  const best = new Map<number, number>()
  const toRoot = new Map<number, number>()
  const root = new Map<number, number>()
  const heap = new Heap()
  for (const node of roots) {
    best.set(node, 0)
    toRoot.set(node, node)
    root.set(node, node)
    heap.push(0, node)
  }
  const order: number[] = []
  const done = new Set<number>()
  for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
    const { node, cost: so } = top
    if (done.has(node)) continue
    done.add(node)
    order.push(node)
    for (const { node: other, metres } of ways.next.get(node) ?? []) {
      const total = so + cost(other, node, metres)
      if (done.has(other) || total >= (best.get(other) ?? Number.POSITIVE_INFINITY)) continue
      best.set(other, total)
      toRoot.set(other, node)
      root.set(other, root.get(node)!)
      heap.push(total, other)
    }
  }
  return { toRoot, root, order }
}

/** The node of the ways nearest to a place. */
export function nearestWay(ways: Ways, [x, y]: Point): number {
  const metres = (node: number): number => Math.hypot(ways.at(node)[0] - x, ways.at(node)[1] - y)
  return ways.nodes.reduce((best, node) => (metres(node) < metres(best) ? node : best))
}

class Heap {
  readonly #cost: number[] = []
  readonly #node: number[] = []

  push(cost: number, node: number): void {
    let at = this.#cost.push(cost) - 1
    this.#node.push(node)
    while (at > 0) {
      const up = (at - 1) >> 1
      if (this.#cost[up]! <= this.#cost[at]!) break
      this.#swap(at, up)
      at = up
    }
  }

  pop(): { cost: number; node: number } | undefined {
    const last = this.#cost.length - 1
    if (last < 0) return undefined
    this.#swap(0, last)
    const top = { cost: this.#cost.pop()!, node: this.#node.pop()! }
    for (let at = 0; ; ) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < last && this.#cost[child]! < this.#cost[least]!) least = child
      if (least === at) return top
      this.#swap(at, least)
      at = least
    }
  }

  #swap(a: number, b: number): void {
    const [cost, node] = [this.#cost[a]!, this.#node[a]!]
    this.#cost[a] = this.#cost[b]!
    this.#node[a] = this.#node[b]!
    this.#cost[b] = cost
    this.#node[b] = node
  }
}
