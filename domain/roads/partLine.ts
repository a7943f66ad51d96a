import { metresPerDegree } from '../geodesy/metresPerDegree'
import { UNITS_PER_DEGREE } from './roadGraph'
import type { RoadGraph } from './roadGraph'
import type { RoutePart } from './route'

export type Position = [longitude: number, latitude: number]

/** Positions along a part of an edge in its direction, degrees: both cut ends and the vertices between. */
export function partLine(graph: RoadGraph, part: RoutePart): Position[] {
  const line = edgeLine(graph, part.edge)
  if (part.from <= 0 && part.to >= 1) return line
  const at = sharesAlong(line)
  const inner = line.filter((_, i) => at[i]! > part.from && at[i]! < part.to)
  return [positionAt(line, at, part.from), ...inner, positionAt(line, at, part.to)]
}

/** Several parts one after the other, without the position that two of them share. */
export function joinedLine(graph: RoadGraph, parts: readonly RoutePart[]): Position[] {
  const joined: Position[] = []
  for (const part of parts) {
    for (const position of partLine(graph, part)) {
      const before = joined.at(-1)
      if (before?.[0] !== position[0] || before[1] !== position[1]) joined.push(position)
    }
  }
  return joined
}

/** Compass bearing between two positions, degrees 0 to 360. */
export function bearing([fromLongitude, fromLatitude]: Position, [longitude, latitude]: Position): number {
  const scale = metresPerDegree(fromLatitude)
  const angle = Math.atan2((longitude - fromLongitude) * scale.longitude, (latitude - fromLatitude) * scale.latitude)
  return ((angle * 180) / Math.PI + 360) % 360
}

function edgeLine(graph: RoadGraph, edge: number): Position[] {
  const stretch = graph.edgeStretch[edge]!
  const line: Position[] = []
  for (let vertex = graph.firstVertex[stretch]!; vertex < graph.firstVertex[stretch + 1]!; vertex++) {
    line.push([graph.vertexLongitude[vertex]! / UNITS_PER_DEGREE, graph.vertexLatitude[vertex]! / UNITS_PER_DEGREE])
  }
  return graph.edgeAgainst[edge] === 1 ? line.reverse() : line
}

function sharesAlong(line: readonly Position[]): number[] {
  const scale = metresPerDegree(line[0]![1])
  const at = [0]
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    at.push(at[i - 1]! + Math.hypot((b[0] - a[0]) * scale.longitude, (b[1] - a[1]) * scale.latitude))
  }
  const whole = at.at(-1)!
  return whole === 0 ? at.map((_, i) => i / Math.max(1, line.length - 1)) : at.map((metres) => metres / whole)
}

function positionAt(line: readonly Position[], at: readonly number[], share: number): Position {
  let i = 1
  while (i < line.length - 1 && at[i]! < share) i++
  const [a, b] = [line[i - 1]!, line[i]!]
  const length = at[i]! - at[i - 1]!
  const part = length === 0 ? 0 : Math.max(0, Math.min(1, (share - at[i - 1]!) / length))
  return [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]
}
