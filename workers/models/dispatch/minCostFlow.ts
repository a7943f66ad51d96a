import { err, ok } from '@/domain/result'
import type { Result } from '@/domain/result'

export interface FlowNetwork {
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Most units per arc. */
  readonly capacity: readonly number[]
  /** Cost of one unit per arc. */
  readonly cost: readonly number[]
  /** Units that each node gives; negative: takes. */
  readonly supply: readonly number[]
}

export interface MinCostFlow {
  readonly cost: number
  /** Units on each arc, in the order given. */
  readonly flow: readonly number[]
  /** Dual price per node: what one more unit there would save downstream; the steepest step is the bottleneck. */
  readonly price: readonly number[]
}

interface Arcs {
  readonly n: number
  readonly from: Int32Array
  readonly to: Int32Array
  /** What is left on arc k; k ^ 1 is its way back. */
  readonly left: Float64Array
  readonly cost: Float64Array
}

/**
 * Cheapest flow that meets all supplies, by successive shortest paths (Bellman-Ford, so that costs may be negative).
 * Supplies that do not add up to zero, or capacities that do not suffice, are infeasible.
 * @throws RangeError for a negative capacity, a number that is not finite, or an arc to no node.
 */
export function minCostFlow(network: FlowNetwork): Result<MinCostFlow, 'infeasible'> {
  check(network)
  const { supply } = network
  const total = supply.reduce((sum, units) => sum + Math.max(0, units), 0)
  if (Math.abs(supply.reduce((sum, units) => sum + units, 0)) > 1e-9 * Math.max(1, total)) return err('infeasible')
  const [source, sink] = [supply.length, supply.length + 1]
  const arcs = residual(network, source, sink)
  let sent = 0
  let shortest = distances(arcs, source)
  while (sent < total - 1e-9 * Math.max(1, total)) {
    if (shortest.at[sink] === Number.POSITIVE_INFINITY) return err('infeasible')
    sent += push(arcs, shortest.through, source, sink)
    shortest = distances(arcs, source)
  }
  const flow = network.from.map((_, k) => arcs.left[2 * k + 1]!)
  const price = [...distances(arcs, source, true).at.subarray(0, supply.length)]
  return ok({ cost: flow.reduce((sum, units, k) => sum + units * network.cost[k]!, 0), flow, price })
}

function check({ from, to, capacity, cost, supply }: FlowNetwork): void {
  const n = supply.length
  for (const [k, tail] of from.entries()) {
    const ends = [tail, to[k] ?? -1]
    if (ends.some((node) => !Number.isInteger(node) || node < 0 || node >= n))
      throw new RangeError(`Arc ${k} goes from ${tail} to ${to[k]}, nodes are 0 to ${n - 1}.`)
    if (!((capacity[k] ?? -1) >= 0) || !Number.isFinite(capacity[k]! + (cost[k] ?? Number.NaN)))
      throw new RangeError(`Arc ${k} has capacity ${capacity[k]} and cost ${cost[k]}.`)
  }
  if (!supply.every(Number.isFinite)) throw new RangeError('A supply is not a finite number.')
}

function residual({ from, to, capacity, cost, supply }: FlowNetwork, source: number, sink: number): Arcs {
  const list: [number, number, number, number][] = from.map((tail, k) => [tail, to[k]!, capacity[k]!, cost[k]!])
  for (const [node, units] of supply.entries()) {
    if (units > 0) list.push([source, node, units, 0])
    if (units < 0) list.push([node, sink, -units, 0])
  }
  const both = list.flatMap(([tail, head, units, price]) => [
    [tail, head, units, price] as const,
    [head, tail, 0, -price] as const,
  ])
  return {
    n: supply.length + 2,
    from: Int32Array.from(both, ([tail]) => tail),
    to: Int32Array.from(both, ([, head]) => head),
    left: Float64Array.from(both, ([, , units]) => units),
    cost: Float64Array.from(both, ([, , , price]) => price),
  }
}

/** Cheapest way to each node; `everywhere` starts at all nodes at once, which gives feasible prices. */
function distances({ n, from, to, left, cost }: Arcs, source: number, everywhere = false) {
  const at = new Float64Array(n).fill(everywhere ? 0 : Number.POSITIVE_INFINITY)
  const through = new Int32Array(n).fill(-1)
  at[source] = 0
  for (let round = 0; round < n; round++) {
    let changed = false
    for (let k = 0; k < from.length; k++) {
      const reach = at[from[k]!]! + cost[k]!
      if (left[k]! <= 1e-12 || !(reach < at[to[k]!]! - 1e-12)) continue
      at[to[k]!] = reach
      through[to[k]!] = k
      changed = true
    }
    if (!changed) break
  }
  return { at, through }
}

/** Sends as much as the found way carries. */
function push({ from, left }: Arcs, through: Int32Array, source: number, sink: number): number {
  let units = Number.POSITIVE_INFINITY
  for (let node = sink; node !== source; node = from[through[node]!]!) units = Math.min(units, left[through[node]!]!)
  for (let node = sink; node !== source; node = from[through[node]!]!) {
    left[through[node]!]! -= units
    left[through[node]! ^ 1]! += units
  }
  return units
}
