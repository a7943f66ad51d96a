import { ROAD_CLASSES } from '../city/cityModel'
import { UNITS_PER_DEGREE, VEHICLES } from './roadGraph'
import type { RoadGraph } from './roadGraph'

type Stored = Omit<RoadGraph, 'tail' | 'firstIn' | 'inEdge' | 'along' | 'against' | 'nodeLongitude' | 'nodeLatitude'>
type Numbers = Int32Array | Float32Array | Uint8Array | Int8Array

/** What is wrong with the arrays of a graph that came from outside, in words; `undefined` when nothing is. */
export function checkGraph(graph: Stored): string | undefined {
  return shapeFault(graph) ?? stretchFault(graph) ?? edgeFault(graph) ?? twinFault(graph) ?? turnFault(graph)
}

function shapeFault(graph: Stored): string | undefined {
  const edges = graph.head.length
  const stretches = graph.metres.length
  const columns = [graph.roadClass, graph.flags, graph.layer, graph.width, graph.speedLimit, graph.road, graph.nameOf]
  if (graph.edgeStretch.length !== edges || graph.edgeAgainst.length !== edges || graph.edgeAccess.length !== edges) {
    return 'its edge columns differ in length'
  }
  if (columns.some((column) => column.length !== stretches)) return 'its stretch columns differ in length'
  if (graph.firstVertex.length !== stretches + 1) return 'a stretch has no vertices'
  if (graph.vertexLongitude.length !== graph.vertexLatitude.length) return 'its vertex columns differ in length'
  if (!rises(graph.firstOut, edges, 0)) return 'the edges of its nodes are out of order'
  if (!rises(graph.firstVertex, graph.vertexLongitude.length, 2))
    return 'the vertices of its stretches are out of order'
  return undefined
}

function stretchFault(graph: Stored): string | undefined {
  if (!within(graph.metres, 0, 1e7)) return 'a stretch has no length'
  if (!within(graph.width, 0, 1e4)) return 'a stretch has no width'
  if (!within(graph.roadClass, 0, ROAD_CLASSES.length - 1)) return 'a stretch has an unknown class'
  if (!within(graph.road, 0, graph.codes.length - 1)) return 'a stretch belongs to no road'
  if (!within(graph.nameOf, -1, graph.names.length - 1)) return 'a stretch has an unknown name'
  if (!within(graph.vertexLongitude, -180 * UNITS_PER_DEGREE, 180 * UNITS_PER_DEGREE))
    return 'a longitude is off the Earth'
  if (!within(graph.vertexLatitude, -90 * UNITS_PER_DEGREE, 90 * UNITS_PER_DEGREE)) return 'a latitude is off the Earth'
  return undefined
}

function edgeFault(graph: Stored): string | undefined {
  if (!within(graph.head, 0, graph.firstOut.length - 2)) return 'an edge reaches no node'
  if (!within(graph.edgeStretch, 0, graph.metres.length - 1)) return 'an edge has no stretch'
  if (!within(graph.edgeAgainst, 0, 1)) return 'an edge has no direction'
  if (!within(graph.edgeAccess, 1, (1 << VEHICLES.length) - 1)) return 'an edge is for nobody'
  return undefined
}

/** Each stretch has one or two edges, one in each direction, between the same two nodes. */
function twinFault({ firstOut, head, edgeStretch, edgeAgainst, metres }: Stored): string | undefined {
  const from = new Int32Array(metres.length).fill(-1)
  const to = new Int32Array(metres.length).fill(-1)
  const seen = new Uint8Array(metres.length)
  for (let node = 0; node + 1 < firstOut.length; node++) {
    for (let edge = firstOut[node]!; edge < firstOut[node + 1]!; edge++) {
      const stretch = edgeStretch[edge]!
      const [begin, end] = edgeAgainst[edge] === 1 ? [head[edge]!, node] : [node, head[edge]!]
      const bit = 1 << edgeAgainst[edge]!
      if ((seen[stretch]! & bit) !== 0) return 'a stretch has two edges in one direction'
      if (seen[stretch] !== 0 && (from[stretch] !== begin || to[stretch] !== end))
        return 'a stretch has other ends back'
      seen[stretch]! |= bit
      from[stretch] = begin
      to[stretch] = end
    }
  }
  return seen.includes(0) ? 'a stretch has no edge' : undefined
}

/** A forbidden turn is a pair of edges; the first ones rise. */
function turnFault({ turnFrom, turnTo, head }: Stored): string | undefined {
  if (turnFrom.length !== turnTo.length) return 'its turn columns differ in length'
  if (!within(turnFrom, 0, head.length - 1) || !within(turnTo, 0, head.length - 1)) return 'a turn is between no edges'
  for (let i = 1; i < turnFrom.length; i++) if (turnFrom[i]! < turnFrom[i - 1]!) return 'its turns are out of order'
  return undefined
}

function rises(first: Int32Array, last: number, least: number): boolean {
  if (first.length === 0 || first[0] !== 0 || first.at(-1) !== last) return false
  for (let i = 1; i < first.length; i++) if (first[i]! - first[i - 1]! < least) return false
  return true
}

/** NaN is within nothing. */
function within(values: Numbers, low: number, high: number): boolean {
  for (const value of values) if (!(value >= low && value <= high)) return false
  return true
}
