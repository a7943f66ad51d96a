import type { RoadGraph } from './roadGraph'
import type { RoutePart } from './route'
import type { RoadsNow } from './roadTimes'
import { arrivals, departures, passableEdges, shareBefore } from './snapEnds'
import type { Snap } from './stretchGrid'

/**
 * Every part of an edge that is reached from a place (`from`), or from which the place is reached (`to`), within a
 * time in seconds. Parts at the rim are cut where the time is up.
 */
export function reachedParts(
  { graph, weights, search, turns }: RoadsNow,
  place: Snap,
  { limitSeconds, direction }: { readonly limitSeconds: number; readonly direction: 'from' | 'to' },
): RoutePart[] {
  const leaving = direction === 'from'
  const seeds = leaving ? departures(graph, weights, place) : arrivals(graph, weights, place)
  search.run(weights, seeds, { direction, limitSeconds, turns })
  const parts = ownParts(graph, weights, { place, limitSeconds, leaving })
  for (const [edge, seconds] of search.seconds.entries()) {
    const share = shareWithin(limitSeconds - seconds, weights[edge]!)
    if (share > 0) parts.push(leaving ? { edge, from: 0, to: share } : { edge, from: 1 - share, to: 1 })
  }
  return parts
}

interface Own {
  readonly place: Snap
  readonly limitSeconds: number
  readonly leaving: boolean
}

/** The parts of the place's own stretch, ahead of it or behind it. */
function ownParts(graph: RoadGraph, weights: Float32Array, { place, limitSeconds, leaving }: Own): RoutePart[] {
  return passableEdges(graph, weights, place.stretch)
    .map((edge) => {
      const at = shareBefore(graph, edge, place)
      const share = shareWithin(limitSeconds, weights[edge]!)
      return leaving ? { edge, from: at, to: Math.min(1, at + share) } : { edge, from: Math.max(0, at - share), to: at }
    })
    .filter((part) => part.to > part.from)
}

/** Share of an edge that is passed in a time, 0 to 1. */
function shareWithin(left: number, seconds: number): number {
  if (left < 0 || seconds === Infinity) return 0
  return seconds <= left ? 1 : left / seconds
}
