import type { TurnRule } from '../city/cityModel'
import { twinOf, vehicleBit } from './roadGraph'
import type { RoadGraph } from './roadGraph'

/** Whether nobody on wheels may go from one edge on to the next. */
export function isForbidden({ turnFrom, turnTo }: RoadGraph, from: number, to: number): boolean {
  let [low, high] = [0, turnFrom.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (turnFrom[middle]! < from) low = middle + 1
    else high = middle
  }
  for (let i = low; turnFrom[i] === from; i++) if (turnTo[i] === to) return true
  return false
}

export interface TurnCounts {
  /** Rules that forbid something here. */
  readonly taken: number
  /** Rules that forbid what cannot be done anyway, as to turn back. */
  readonly idle: number
  /** Rules whose roads do not meet at their node on this graph, or not in one way only. */
  readonly unmatched: number
}

/** Where rules apply: node of a source node id, and road number of a road's source key. */
export interface RulePlaces {
  readonly nodeOf: (id: number) => number | undefined
  readonly roadOf: (source: string) => number | undefined
}

/** The forbidden pairs of edges that follow from rules of turning, sorted, each once. */
export function forbiddenTurns(
  graph: RoadGraph,
  rules: readonly TurnRule[],
  places: RulePlaces,
): { readonly turnFrom: Int32Array; readonly turnTo: Int32Array; readonly counts: TurnCounts } {
  const pairs = new Map<string, readonly [number, number]>()
  const counts = { taken: 0, idle: 0, unmatched: 0 }
  for (const rule of rules) {
    const found = pairsOf(graph, rule, places)
    if (found === undefined) counts.unmatched++
    else if (found.length === 0) counts.idle++
    else {
      counts.taken++
      for (const pair of found) pairs.set(pair.join(), pair)
    }
  }
  const sorted = [...pairs.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  return {
    turnFrom: Int32Array.from(sorted, ([from]) => from),
    turnTo: Int32Array.from(sorted, ([, to]) => to),
    counts,
  }
}

function pairsOf(graph: RoadGraph, rule: TurnRule, places: RulePlaces): [number, number][] | undefined {
  const node = places.nodeOf(rule.via)
  if (node === undefined) return undefined
  const roads = (sources: readonly string[]): Set<number> =>
    new Set(sources.map(places.roadOf).filter((road) => road !== undefined))
  const [fromRoads, toRoads] = [roads(rule.from), roads(rule.to)]
  const driven = (edge: number): boolean => (graph.edgeAccess[edge]! & vehicleBit('car')) !== 0
  const roadOf = (edge: number): number => graph.road[graph.edgeStretch[edge]!]!
  const into = [...graph.inEdge.subarray(graph.firstIn[node], graph.firstIn[node + 1])].filter(driven)
  const away = range(graph.firstOut[node]!, graph.firstOut[node + 1]!).filter(driven)
  const from = into.filter((edge) => fromRoads.has(roadOf(edge)))
  const to = away.filter((edge) => toRoads.has(roadOf(edge)))
  // A road that goes on behind the node leaves open which of its two sides is meant.
  if (from.length === 0 || to.length === 0 || (from.length > 1 && rule.from.length === 1)) return undefined
  return from.flatMap((one) =>
    (rule.only ? away.filter((edge) => !to.includes(edge)) : to)
      .filter((edge) => edge !== twinOf(graph, one))
      .map((edge): [number, number] => [one, edge]),
  )
}

const range = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, i) => first + i)
