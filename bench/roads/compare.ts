import { performance } from 'node:perf_hooks'
import type { LiveRoads } from '@/domain/roads/liveRoads'
import { partLine } from '@/domain/roads/partLine'
import { stretchCount } from '@/domain/roads/roadGraph'
import type { RoadGraph } from '@/domain/roads/roadGraph'
import { RoadSearch } from '@/domain/roads/roadSearch'
import { findRoute } from '@/domain/roads/route'
import { percentile } from '../report'
import type { Figure } from '../report'
import { drawPlaces } from './roadFigures'
import type { Place, Rules, Valhalla } from './valhalla'

const PAIRS = 200
const WITHIN = 0.02

interface Compared {
  readonly graph: RoadGraph
  readonly live: LiveRoads
  readonly closed: readonly number[]
  readonly turns: Rules['turns']
}

/** Lengths of the shortest ways between 200 pairs of places, ours beside Valhalla's, with the same roads closed. */
export async function compare(
  oracle: Valhalla,
  { graph, live, closed, turns }: Compared,
): Promise<Record<string, Figure>> {
  const metres = live
    .weights('car')
    .map((seconds, edge) => (seconds === Infinity ? Infinity : graph.metres[graph.edgeStretch[edge]!]!))
  const search = new RoadSearch(graph)
  const middle = middles(graph)
  const avoided = closed.map(middle)
  const [starts, ends] = [41, 42].map((seed) => drawPlaces(graph, live, { count: PAIRS, seed }))
  let [alike, both, onlyOne] = [0, 0, 0]
  const [ours, theirs, off]: [number[], number[], number[]] = [[], [], []]
  for (const [i, from] of starts!.entries()) {
    const to = ends![i]!
    const began = performance.now()
    const mine = findRoute({ graph, weights: metres, search, turns: turns === 'obeyed' }, from, to)?.metres
    const between = performance.now()
    const other = await oracle.shortest(middle(from.stretch), middle(to.stretch), { closed: avoided, turns })
    ours.push(between - began)
    theirs.push(performance.now() - between)
    if (mine === undefined || other === undefined) {
      onlyOne += mine === other ? 0 : 1
      continue
    }
    both++
    off.push(Math.abs(mine - other) / Math.max(other, 1))
    // Valhalla tells metres in tens at best: short ways may differ by that.
    if (Math.abs(mine - other) <= Math.max(WITHIN * other, 20)) alike++
  }
  return {
    pairsBoth: { value: both, unit: 'pairs', n: PAIRS },
    pairsOnlyOne: { value: onlyOne, unit: 'pairs', n: PAIRS },
    pairsWithin2Percent: { value: alike / Math.max(1, both), unit: 'share', n: both },
    differenceP50: { value: percentile(off, 0.5), unit: 'share', n: both },
    routeP50Ms: { value: percentile(ours, 0.5), unit: 'ms', n: PAIRS },
    valhallaRouteP50Ms: { value: percentile(theirs, 0.5), unit: 'ms', n: PAIRS },
  }
}

/** The position halfway along each stretch. */
function middles(graph: RoadGraph): (stretch: number) => Place {
  const cache = new Array<Place | undefined>(stretchCount(graph))
  return (stretch) => {
    const edge = graph.along[stretch]! >= 0 ? graph.along[stretch]! : graph.against[stretch]!
    return (cache[stretch] ??= partLine(graph, { edge, from: 0.5, to: 1 })[0]!)
  }
}
