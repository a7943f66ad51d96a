import { seeded } from '@/domain/numeric/seeded'
import { gammaQuantile } from '@/domain/numeric/specialFunctions'

/** One event may bring about another: with this probability, after this time. */
export interface CascadeEdge {
  readonly from: string
  readonly to: string
  readonly p: number
  /** Minutes; the mean when the lag is spread. */
  readonly lagMinutes: number
  /** Shape of a gamma-distributed lag; a fixed lag without it. Known to the sampled cascade alone. */
  readonly lagShape?: number
}

export interface CascadeOutcome {
  /** P(active by the horizon) per node. */
  readonly active: Readonly<Record<string, number>>
  /** Mean minutes to onset given active by then; null when it cannot be. */
  readonly onsetMinutes: Readonly<Record<string, number | null>>
}

/** More uncertain edges than this are sampled instead. */
const ENUMERATED_EDGES = 22

interface Graph {
  readonly n: number
  readonly root: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly edges: readonly CascadeEdge[]
}

/**
 * Exact outcome: every edge transmits or not, independently; onset is the shortest lag over transmitting edges
 * (live-edge view of Kempe et al. 2003). All states of the uncertain edges that the root can reach are enumerated.
 * @throws RangeError for an unknown node, a probability outside 0 to 1, a negative lag, a spread lag or over 22 edges.
 */
export function cascadeExact(
  nodes: readonly string[],
  edges: readonly CascadeEdge[],
  { root, horizonMinutes }: { readonly root: string; readonly horizonMinutes: number },
): CascadeOutcome {
  const graph = graphOf(nodes, edges, root)
  const uncertain = graph.edges.flatMap((edge, k) => (edge.p < 1 ? [k] : []))
  if (uncertain.length > ENUMERATED_EDGES) throw new RangeError(`${uncertain.length} uncertain edges: sample instead.`)
  if (graph.edges.some(({ lagShape }) => lagShape !== undefined)) throw new RangeError('A spread lag: sample instead.')
  const lags = Float64Array.from(graph.edges, ({ lagMinutes }) => lagMinutes)
  const live = Uint8Array.from(graph.edges, ({ p }) => (p === 1 ? 1 : 0))
  const sums = { weight: new Float64Array(graph.n), onset: new Float64Array(graph.n) }
  for (let state = 0; state < 2 ** uncertain.length; state++) {
    let probability = 1
    for (const [bit, k] of uncertain.entries()) {
      live[k] = (state >> bit) & 1
      probability *= live[k] === 1 ? graph.edges[k]!.p : 1 - graph.edges[k]!.p
    }
    collect(sums, onsets(graph, live, lags), { horizonMinutes, weight: probability })
  }
  return outcome(nodes, sums)
}

/**
 * The same by seeded runs, lags fixed or gamma. One draw per edge and run whatever happens, so that two runs of the same
 * seed differ only by what was changed in the graph.
 * @throws RangeError as cascadeExact, but for number of edges and spread lags.
 */
export function cascadeSampled(
  nodes: readonly string[],
  edges: readonly CascadeEdge[],
  question: { readonly root: string; readonly horizonMinutes: number; readonly runs: number; readonly seed: number },
): CascadeOutcome {
  const graph = graphOf(nodes, edges, question.root, true)
  const chance = seeded(question.seed)
  const lags = new Float64Array(graph.edges.length)
  const live = new Uint8Array(graph.edges.length)
  const sums = { weight: new Float64Array(graph.n), onset: new Float64Array(graph.n) }
  for (let run = 0; run < question.runs; run++) {
    for (const [k, { p, lagMinutes, lagShape }] of graph.edges.entries()) {
      live[k] = chance.next() < p ? 1 : 0
      const draw = chance.next()
      lags[k] = lagShape === undefined ? lagMinutes : (gammaQuantile(draw, lagShape) * lagMinutes) / lagShape
    }
    collect(sums, onsets(graph, live, lags), { horizonMinutes: question.horizonMinutes, weight: 1 / question.runs })
  }
  return outcome(nodes, sums)
}

/** How much less likely the target becomes when each other node is protected, most effective first. */
export function criticality(
  nodes: readonly string[],
  edges: readonly CascadeEdge[],
  { root, horizonMinutes, target }: { readonly root: string; readonly horizonMinutes: number; readonly target: string },
): { readonly node: string; readonly gain: number }[] {
  const chanceWithout = (node?: string): number =>
    cascadeExact(
      nodes,
      edges.filter(({ to }) => to !== node),
      { root, horizonMinutes },
    ).active[target] ?? 0
  const now = chanceWithout()
  return nodes
    .filter((node) => node !== root && node !== target)
    .map((node) => ({ node, gain: now - chanceWithout(node) }))
    .sort((one, other) => other.gain - one.gain)
}

function graphOf(nodes: readonly string[], edges: readonly CascadeEdge[], root: string, all = false): Graph {
  checkGraph(nodes, edges, root)
  const reached = new Set([root])
  for (const node of reached) for (const { from, to, p } of edges) if (from === node && p > 0) reached.add(to)
  const used = edges.filter(({ from, p }) => all || (p > 0 && reached.has(from)))
  return {
    n: nodes.length,
    root: nodes.indexOf(root),
    from: Int32Array.from(used, ({ from }) => nodes.indexOf(from)),
    to: Int32Array.from(used, ({ to }) => nodes.indexOf(to)),
    edges: used,
  }
}

function checkGraph(nodes: readonly string[], edges: readonly CascadeEdge[], root: string): void {
  for (const { from, to, p, lagMinutes } of edges) {
    if (!nodes.includes(from) || !nodes.includes(to)) throw new RangeError(`The edge ${from} to ${to} ends nowhere.`)
    if (!(p >= 0 && p <= 1) || !(lagMinutes >= 0)) throw new RangeError(`${from} to ${to}: p ${p}, lag ${lagMinutes}.`)
  }
  if (!nodes.includes(root)) throw new RangeError(`The graph has no ${root}.`)
}

/** Earliest onset of each node over the live edges (Bellman-Ford, ended when nothing changes). */
function onsets({ n, root, from, to }: Graph, live: Uint8Array, lags: Float64Array): Float64Array {
  const at = new Float64Array(n).fill(Number.POSITIVE_INFINITY)
  at[root] = 0
  for (let changed = true; changed; ) {
    changed = false
    for (let k = 0; k < from.length; k++) {
      const reach = at[from[k]!]! + lags[k]!
      if (live[k] === 0 || !(reach < at[to[k]!]!)) continue
      at[to[k]!] = reach
      changed = true
    }
  }
  return at
}

interface Sums {
  readonly weight: Float64Array
  readonly onset: Float64Array
}

function collect(sums: Sums, at: Float64Array, { horizonMinutes, weight }: { horizonMinutes: number; weight: number }) {
  for (const [node, minutes] of at.entries()) {
    if (minutes > horizonMinutes || minutes === Number.POSITIVE_INFINITY) continue
    sums.weight[node]! += weight
    sums.onset[node]! += weight * minutes
  }
}

const outcome = (nodes: readonly string[], { weight, onset }: Sums): CascadeOutcome => ({
  active: Object.fromEntries(nodes.map((node, i) => [node, weight[i]!])),
  onsetMinutes: Object.fromEntries(nodes.map((node, i) => [node, weight[i]! > 0 ? onset[i]! / weight[i]! : null])),
})
