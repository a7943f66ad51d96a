import { performance } from 'node:perf_hooks'
import { LiveRoads } from '@/domain/roads/liveRoads'
import { mainNetwork } from '@/domain/roads/mainNetwork'
import { UNITS_PER_DEGREE, edgeCount, nodeCount } from '@/domain/roads/roadGraph'
import type { RoadGraph } from '@/domain/roads/roadGraph'
import { RoadSearch } from '@/domain/roads/roadSearch'
import { matrixSeconds } from '@/domain/roads/roadTimes'
import { passableEdges } from '@/domain/roads/snapEnds'
import type { Snap } from '@/domain/roads/stretchGrid'
import { percentile } from '../report'
import type { Figure } from '../report'

export const CLOSURES = 1000
const CENTRES = 10
const SEED = 7

/**
 * A city's live roads with `closures` drivable stretches closed as floods close them: the stretches nearest to ten
 * centres drawn by a seed. Closures strewn evenly would cut a valley town into crumbs and leave nothing to search.
 */
export function closedRoads(graph: RoadGraph, closures: number): { live: LiveRoads; closed: readonly number[] } {
  const live = new LiveRoads(graph)
  const drivable = stretchesOf(graph, live.freeFlow('car'))
  const draw = drawFrom(SEED)
  const closed = new Set<number>()
  const each = Math.ceil(Math.min(closures, drivable.length) / CENTRES)
  for (let centre = 0; centre < CENTRES; centre++) {
    const middle = drivable[Math.floor(draw() * drivable.length)]!
    const left = drivable.filter((stretch) => !closed.has(stretch))
    const away = new Map(left.map((stretch) => [stretch, apart(graph, middle, stretch)]))
    left.sort((a, b) => away.get(a)! - away.get(b)!)
    for (const stretch of left.slice(0, each)) closed.add(stretch)
  }
  const edges = [...closed].flatMap((stretch) => [graph.along[stretch]!, graph.against[stretch]!])
  live.close({ source: 'bench', reason: 'bench', edges: edges.filter((edge) => edge >= 0) })
  return { live, closed: [...closed] }
}

/** Stretches with an edge that can be passed. */
function stretchesOf(graph: RoadGraph, weights: Float32Array): number[] {
  return [...graph.metres.keys()].filter((stretch) => passableEdges(graph, weights, stretch).length > 0)
}

/** How far the first vertices of two stretches are apart, for comparing only. */
function apart(graph: RoadGraph, one: number, other: number): number {
  const [a, b] = [graph.firstVertex[one]!, graph.firstVertex[other]!]
  const shrink = Math.cos((graph.vertexLatitude[a]! * Math.PI) / 180 / UNITS_PER_DEGREE)
  const east = (graph.vertexLongitude[a]! - graph.vertexLongitude[b]!) * shrink
  return Math.hypot(east, graph.vertexLatitude[a]! - graph.vertexLatitude[b]!)
}

/** Middles of stretches that a car can reach now, by chance of a seed. */
export function drawPlaces(
  graph: RoadGraph,
  live: LiveRoads,
  { count, seed }: { count: number; seed: number },
): Snap[] {
  const weights = live.weights('car')
  const { member } = mainNetwork(graph, weights)
  const usable = stretchesOf(graph, weights).filter((stretch) => {
    const edge = passableEdges(graph, weights, stretch)[0]!
    return member[graph.tail[edge]!] === 1 && member[graph.head[edge]!] === 1
  })
  const draw = drawFrom(seed)
  return Array.from({ length: count }, () => {
    const stretch = usable[Math.floor(draw() * usable.length)]!
    return { stretch, fraction: 0.5, longitude: 0, latitude: 0, offRoadMetres: 0 }
  })
}

/**
 * What one city's graph takes with 1 000 closures: from one node to all others, and a matrix of 1 000 by 1 000 places.
 * The closures stand before the first question. `mainNodes` says how much there is to search.
 */
export function roadFigures(graph: RoadGraph): Record<string, Figure> {
  const { live, closed } = closedRoads(graph, CLOSURES)
  const [open, weights] = [live.freeFlow('car'), live.weights('car')]
  const search = new RoadSearch(graph)
  const [before, after] = [timeOneToAll(graph, open, search), timeOneToAll(graph, weights, search)]
  const sources = drawPlaces(graph, live, { count: 1000, seed: SEED + 2 })
  const targets = drawPlaces(graph, live, { count: 1000, seed: SEED + 3 })
  const began = performance.now()
  const rows = matrixSeconds({ graph, weights, search, turns: true }, sources, targets)
  const matrix = (performance.now() - began) / 1000
  const reached = rows.reduce((sum, row) => sum + row.filter((seconds) => seconds < Infinity).length, 0)
  return {
    roadNodes: { value: nodeCount(graph), unit: 'nodes', n: 1 },
    roadEdges: { value: edgeCount(graph), unit: 'edges', n: 1 },
    mainNodesOpen: { value: before.nodes, unit: 'nodes', n: 1 },
    mainNodes: { value: after.nodes, unit: 'nodes', n: 1 },
    forbiddenTurns: { value: graph.turnFrom.length, unit: 'turns', n: 1 },
    closedStretches: { value: closed.length, unit: 'stretches', n: 1 },
    oneToAllOpenP50Ms: { value: percentile(before.took, 0.5), unit: 'ms', n: before.took.length },
    oneToAllP50Ms: { value: percentile(after.took, 0.5), unit: 'ms', n: after.took.length },
    oneToAllP95Ms: { value: percentile(after.took, 0.95), unit: 'ms', n: after.took.length },
    matrix1000Seconds: { value: matrix, unit: 's', n: 1 },
    matrixReachedCells: { value: reached, unit: 'cells', n: 1 },
  }
}

/** Searches from nodes of the main network, 300 of them by chance of a seed. */
function timeOneToAll(graph: RoadGraph, weights: Float32Array, search: RoadSearch): { took: number[]; nodes: number } {
  const { member, nodes: size } = mainNetwork(graph, weights)
  const nodes = [...member.keys()].filter((node) => member[node] === 1)
  const draw = drawFrom(SEED + 1)
  const took = Array.from({ length: 300 }, () => {
    const node = nodes[Math.floor(draw() * nodes.length)]!
    const began = performance.now()
    search.run(weights, [{ node, seconds: 0 }], { turns: true })
    return performance.now() - began
  })
  return { took, nodes: size }
}

/** Numbers from 0 to 1 of a seed (mulberry32). */
export function drawFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
