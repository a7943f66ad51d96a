import { seeded } from '@/domain/numeric/seeded'

export interface PMedianProblem {
  /** Nodes are 1 to n; each wants one unit. */
  readonly n: number
  /** Places to open. */
  readonly p: number
  /** Undirected: node, node, length; a repeated edge takes the last length. */
  readonly edges: readonly (readonly [number, number, number])[]
}

const STARTS = 200

/**
 * The p nodes with the least sum of distances to all nodes: vertex interchange (Teitz and Bart 1968) from 200 seeded
 * starts over all shortest ways. A heuristic: the value is an upper bound of the optimum.
 * @throws RangeError when p is not between 1 and n, an edge names no node, or a length is negative.
 */
export function pMedian({ n, p, edges }: PMedianProblem, seed = 1): { value: number; centers: number[] } {
  if (!(Number.isInteger(p) && p >= 1 && p <= n)) throw new RangeError(`Of ${n} nodes ${p} cannot be opened.`)
  const ways = shortestWays(n, edges)
  const chance = seeded(seed)
  let best: { value: number; centers: number[] } = { value: Number.POSITIVE_INFINITY, centers: [] }
  for (let start = 0; start < STARTS; start++) {
    const order = Array.from({ length: n }, (_, i) => i)
    for (let i = 0; i < p; i++) {
      const other = i + Math.floor(chance.next() * (n - i))
      ;[order[i], order[other]] = [order[other]!, order[i]!]
    }
    const found = interchange(ways, n, order.slice(0, p))
    if (found.value < best.value) best = found
  }
  return { value: best.value, centers: best.centers.map((node) => node + 1).sort((one, other) => one - other) }
}

function shortestWays(n: number, edges: PMedianProblem['edges']): Float64Array {
  const ways = new Float64Array(n * n).fill(Number.POSITIVE_INFINITY)
  for (let i = 0; i < n; i++) ways[i * n + i] = 0
  for (const [from, to, length] of edges) {
    if (![from, to].every((node) => Number.isInteger(node) && node >= 1 && node <= n) || !(length >= 0))
      throw new RangeError(`An edge joins nodes 1 to ${n} with a length, got ${from}, ${to}, ${length}.`)
    ways[(from - 1) * n + to - 1] = length
    ways[(to - 1) * n + from - 1] = length
  }
  for (let k = 0; k < n; k++) throughNode(ways, n, k)
  return ways
}

function throughNode(ways: Float64Array, n: number, k: number): void {
  for (let i = 0; i < n; i++) {
    const first = ways[i * n + k]!
    if (first === Number.POSITIVE_INFINITY) continue
    for (let j = 0; j < n; j++) {
      const through = first + ways[k * n + j]!
      if (through < ways[i * n + j]!) ways[i * n + j] = through
    }
  }
}

/** Swaps the pair that gains most until none gains (fast interchange: each candidate in O(n + p)). */
function interchange(ways: Float64Array, n: number, open: number[]): { value: number; centers: number[] } {
  for (;;) {
    const state = twoNearest(ways, n, open)
    const { out, into } = bestSwap(ways, open, state)
    if (out < 0) return { value: state.first.reduce((sum, d) => sum + d, 0), centers: open }
    open[out] = into
  }
}

function bestSwap(ways: Float64Array, open: readonly number[], state: ReturnType<typeof twoNearest>) {
  let [gain, out, into] = [1e-9, -1, -1]
  for (let candidate = 0; candidate < state.first.length; candidate++) {
    if (open.includes(candidate)) continue
    for (const [k, value] of gains(ways, candidate, { ...state, opened: open.length }).entries())
      if (value > gain) [gain, out, into] = [value, k, candidate]
  }
  return { out, into }
}

/** What opening a node gains for each open one that it would replace. */
function gains(
  ways: Float64Array,
  candidate: number,
  { nearest, first, second, opened }: ReturnType<typeof twoNearest> & { opened: number },
): Float64Array {
  const loss = new Float64Array(opened)
  let saved = 0
  for (let node = 0; node < first.length; node++) {
    const d = ways[candidate * first.length + node]!
    if (d < first[node]!) saved += first[node]! - d
    else loss[nearest[node]!]! += Math.min(d, second[node]!) - first[node]!
  }
  return loss.map((lost) => saved - lost)
}

function twoNearest(ways: Float64Array, n: number, open: readonly number[]) {
  const nearest = new Int32Array(n)
  const first = new Float64Array(n).fill(Number.POSITIVE_INFINITY)
  const second = new Float64Array(n).fill(Number.POSITIVE_INFINITY)
  for (let node = 0; node < n; node++) {
    for (const [k, center] of open.entries()) {
      const d = ways[center * n + node]!
      if (d < first[node]!) {
        second[node] = first[node]!
        first[node] = d
        nearest[node] = k
      } else if (d < second[node]!) second[node] = d
    }
  }
  return { nearest, first, second }
}
