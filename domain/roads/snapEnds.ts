import type { RoadGraph } from './roadGraph'
import type { Snap } from './stretchGrid'

/** How a place on a stretch is joined to a node: by which edge, and the seconds between them. */
export interface SnapEnd {
  readonly node: number
  readonly seconds: number
  readonly edge: number
}

/** Share of an edge, in its own direction, that lies before a place. */
export function shareBefore(graph: RoadGraph, edge: number, snap: Snap): number {
  return graph.edgeAgainst[edge] === 1 ? 1 - snap.fraction : snap.fraction
}

/** The edges at a place that can be passed now: both directions of an ordinary road, for a car may turn where it stands. */
export function passableEdges(graph: RoadGraph, weights: Float32Array, stretch: number): number[] {
  return [graph.along[stretch]!, graph.against[stretch]!].filter((edge) => edge >= 0 && weights[edge]! < Infinity)
}

/** Where one gets to first from a place. */
export function departures(graph: RoadGraph, weights: Float32Array, snap: Snap): SnapEnd[] {
  return passableEdges(graph, weights, snap.stretch).map((edge) => ({
    node: graph.head[edge]!,
    seconds: (1 - shareBefore(graph, edge, snap)) * weights[edge]!,
    edge,
  }))
}

/** From where one gets to a place last. */
export function arrivals(graph: RoadGraph, weights: Float32Array, snap: Snap): SnapEnd[] {
  return passableEdges(graph, weights, snap.stretch).map((edge) => ({
    node: graph.tail[edge]!,
    seconds: shareBefore(graph, edge, snap) * weights[edge]!,
    edge,
  }))
}

/** The way along one edge, where both places lie on it in the right order; the faster one of two. */
export function direct(
  graph: RoadGraph,
  weights: Float32Array,
  { from, to }: { readonly from: Snap; readonly to: Snap },
): { readonly edge: number; readonly seconds: number } | undefined {
  if (from.stretch !== to.stretch) return undefined
  let best: { edge: number; seconds: number } | undefined
  for (const edge of passableEdges(graph, weights, from.stretch)) {
    const share = shareBefore(graph, edge, to) - shareBefore(graph, edge, from)
    const seconds = share * weights[edge]!
    if (share >= 0 && seconds < (best?.seconds ?? Infinity)) best = { edge, seconds }
  }
  return best
}
