import type { RoadGraph } from './roadGraph'
import type { RoadsNow } from './roadTimes'
import { arrivals, departures, direct, shareBefore } from './snapEnds'
import type { SnapEnd } from './snapEnds'
import type { Snap } from './stretchGrid'

/** A part of an edge, by shares of its length in its own direction. */
export interface RoutePart {
  readonly edge: number
  readonly from: number
  readonly to: number
}

export interface Route {
  readonly seconds: number
  readonly metres: number
  readonly parts: readonly RoutePart[]
}

/** The way of least seconds between two places on the road; `undefined` where there is none. */
export function findRoute(roads: RoadsNow, from: Snap, to: Snap): Route | undefined {
  const { graph, weights, search, turns } = roads
  const straight = direct(graph, weights, { from, to })
  const starts = departures(graph, weights, from)
  const ends = arrivals(graph, weights, to)
  let best = straight?.seconds ?? Infinity
  let last: SnapEnd | undefined
  search.run(weights, starts, {
    turns,
    limitSeconds: best,
    onEntered(edge, seconds) {
      for (const end of ends) {
        if (end.edge !== edge || seconds + end.seconds >= best) continue
        best = seconds + end.seconds
        last = end
      }
      return seconds >= best
    },
  })
  if (last === undefined) {
    if (straight === undefined) return undefined
    const { edge } = straight
    return routeOf(roads, best, [{ edge, from: shareBefore(graph, edge, from), to: shareBefore(graph, edge, to) }])
  }
  const parts = [{ edge: last.edge, from: 0, to: shareBefore(graph, last.edge, to) }]
  const first = new Set(starts.map(({ edge }) => edge))
  let edge = search.via[last.edge]!
  for (; !first.has(edge); edge = search.via[edge]!) parts.push({ edge, from: 0, to: 1 })
  parts.push({ edge, from: shareBefore(graph, edge, from), to: 1 })
  return routeOf(roads, best, parts.reverse())
}

function routeOf({ graph }: RoadsNow, seconds: number, all: readonly RoutePart[]): Route {
  const parts = all.filter((part) => part.to > part.from)
  const metres = parts.reduce((sum, part) => sum + metresOf(graph, part), 0)
  return { seconds, metres, parts }
}

export const metresOf = (graph: RoadGraph, { edge, from, to }: RoutePart): number =>
  graph.metres[graph.edgeStretch[edge]!]! * (to - from)
