import { nodeCount } from './roadGraph'
import type { RoutePart } from './route'
import type { RoadsNow } from './roadTimes'
import { arrivals, departures, passableEdges, shareBefore } from './snapEnds'
import type { Snap } from './stretchGrid'

/**
 * Every part of an edge that is reached from a place (`from`), or from which the place is reached (`to`), within a
 * time in seconds. Parts at the rim are cut where the time is up.
 */
export function reachedParts(
  { graph, weights, search }: RoadsNow,
  place: Snap,
  { limitSeconds, direction }: { readonly limitSeconds: number; readonly direction: 'from' | 'to' },
): RoutePart[] {
  const leaving = direction === 'from'
  const seeds = leaving ? departures(graph, weights, place) : arrivals(graph, weights, place)
  search.run(weights, seeds, { direction, limitSeconds })
  const parts = ownParts({ graph, weights, search }, place, { limitSeconds, direction })
  for (let node = 0; node < nodeCount(graph); node++) {
    if (!search.isSettled(node)) continue
    const left = limitSeconds - search.seconds[node]!
    const [first, end] = leaving
      ? [graph.firstOut[node]!, graph.firstOut[node + 1]!]
      : [graph.firstIn[node]!, graph.firstIn[node + 1]!]
    for (let i = first; i < end; i++) {
      const edge = leaving ? i : graph.inEdge[i]!
      const share = shareWithin(left, weights[edge]!)
      if (share > 0) parts.push(leaving ? { edge, from: 0, to: share } : { edge, from: 1 - share, to: 1 })
    }
  }
  return parts
}

/** The parts of the place's own stretch, ahead of it or behind it. */
function ownParts(
  { graph, weights }: RoadsNow,
  place: Snap,
  { limitSeconds, direction }: { readonly limitSeconds: number; readonly direction: 'from' | 'to' },
): RoutePart[] {
  return passableEdges(graph, weights, place.stretch)
    .map((edge) => {
      const at = shareBefore(graph, edge, place)
      const share = shareWithin(limitSeconds, weights[edge]!)
      return direction === 'from'
        ? { edge, from: at, to: Math.min(1, at + share) }
        : { edge, from: Math.max(0, at - share), to: at }
    })
    .filter((part) => part.to > part.from)
}

/** Share of an edge that is passed in a time, 0 to 1. */
function shareWithin(left: number, seconds: number): number {
  if (left < 0 || seconds === Infinity) return 0
  return seconds <= left ? 1 : left / seconds
}
