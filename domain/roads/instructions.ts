import { ROAD_CLASSES } from '../city/cityModel'
import type { RoadClass } from '../city/cityModel'
import { bearing, joinedLine, partLine } from './partLine'
import type { Position } from './partLine'
import { STRETCH_FLAGS } from './roadGraph'
import type { RoadGraph, RoadName } from './roadGraph'
import { metresOf } from './route'
import type { Route, RoutePart } from './route'

export const TURNS = [
  'depart',
  'straight',
  'slightRight',
  'right',
  'sharpRight',
  'uTurn',
  'sharpLeft',
  'left',
  'slightLeft',
  'roundabout',
] as const
export type Turn = (typeof TURNS)[number]

/** One road of a route: how to get onto it and how far to follow it. The screen makes the sentence. */
export interface Instruction {
  readonly turn: Turn
  readonly road: RoadName
  readonly class: RoadClass
  readonly metres: number
  readonly seconds: number
  readonly bridge: boolean
  readonly tunnel: boolean
  /** Which position of the route's line it begins at. */
  readonly firstPosition: number
}

/** A route in words: one entry for each road by its name, with the turn onto it. */
export function instructionsOf(graph: RoadGraph, weights: Float32Array, route: Route): Instruction[] {
  const legs: RoutePart[][] = []
  for (const part of route.parts) {
    const leg = legs.at(-1)
    if (leg !== undefined && sameRoad(graph, leg.at(-1)!, part)) leg.push(part)
    else legs.push([part])
  }
  let firstPosition = 0
  return legs.map((leg, i) => {
    const turn = i === 0 ? 'depart' : turnBetween(graph, legs[i - 1]!.at(-1)!, leg[0]!)
    const instruction = { turn, ...describe(graph, weights, leg), firstPosition }
    firstPosition += joinedLine(graph, leg).length - 1
    return instruction
  })
}

function describe(graph: RoadGraph, weights: Float32Array, leg: readonly RoutePart[]) {
  const stretch = graph.edgeStretch[leg[0]!.edge]!
  const flags = leg.reduce((bits, { edge }) => bits | graph.flags[graph.edgeStretch[edge]!]!, 0)
  return {
    road: graph.names[graph.nameOf[stretch]!] ?? {},
    class: ROAD_CLASSES[graph.roadClass[stretch]!]!,
    metres: leg.reduce((sum, part) => sum + metresOf(graph, part), 0),
    seconds: leg.reduce((sum, { edge, from, to }) => sum + weights[edge]! * (to - from), 0),
    bridge: (flags & STRETCH_FLAGS.bridge) !== 0,
    tunnel: (flags & STRETCH_FLAGS.tunnel) !== 0,
  }
}

/** Whether one goes on without noticing: the same name, or two nameless roads of one class without a corner. */
function sameRoad(graph: RoadGraph, before: RoutePart, after: RoutePart): boolean {
  const [a, b] = [graph.edgeStretch[before.edge]!, graph.edgeStretch[after.edge]!]
  if (isRoundabout(graph, a) !== isRoundabout(graph, b) || graph.nameOf[a] !== graph.nameOf[b]) return false
  const turn = turnBetween(graph, before, after)
  if (graph.nameOf[a]! >= 0) return turn !== 'uTurn'
  return graph.roadClass[a] === graph.roadClass[b] && (turn === 'straight' || turn === 'roundabout')
}

const isRoundabout = (graph: RoadGraph, stretch: number): boolean =>
  (graph.flags[stretch]! & STRETCH_FLAGS.roundabout) !== 0

/** Upper ends (degrees to the right) of the turns, clockwise. */
const SECTORS: readonly (readonly [number, Turn])[] = [
  [25, 'straight'],
  [60, 'slightRight'],
  [120, 'right'],
  [165, 'sharpRight'],
  [195, 'uTurn'],
  [240, 'sharpLeft'],
  [300, 'left'],
  [335, 'slightLeft'],
  [360, 'straight'],
]

function turnBetween(graph: RoadGraph, before: RoutePart, after: RoutePart): Turn {
  if (isRoundabout(graph, graph.edgeStretch[after.edge]!)) return 'roundabout'
  const change = (firstBearing(partLine(graph, after)) - lastBearing(partLine(graph, before)) + 360) % 360
  return SECTORS.find(([end]) => change <= end)?.[1] ?? 'straight'
}

const firstBearing = (line: readonly Position[]): number => bearing(line[0]!, line[1] ?? line[0]!)
const lastBearing = (line: readonly Position[]): number => bearing(line.at(-2) ?? line.at(-1)!, line.at(-1)!)
