import { ROAD_CLASSES } from '../city/cityModel'
import type { Road, RoadClass } from '../city/cityModel'
import { STRETCH_FLAGS, edgeCount, nodeCount, vehicleBit } from './roadGraph'
import type { RoadGraph, Vehicle } from './roadGraph'

/** Free speed where no limit is known, km/h; 0: not for cars. */
const CAR_KMH: Record<RoadClass, number> = {
  motorway: 100,
  trunk: 80,
  primary: 55,
  secondary: 45,
  tertiary: 40,
  residential: 30,
  service: 15,
  track: 15,
  cycleway: 0,
  footway: 0,
  steps: 0,
}
const CAR_BY_CLASS = ROAD_CLASSES.map((name) => CAR_KMH[name])
/** Drivers do not reach the limit all the way. */
const SHARE_OF_LIMIT = 0.9
const ROUNDABOUT_KMH = 30
const FIRE_ENGINE_TOP_KMH = 80
/** A fire engine is 2.5 m wide; below this carriageway it does not pass. */
const FIRE_ENGINE_WIDTH = 3
/** Walking 1.34 m/s, on steps half of it. */
const FOOT_KMH = 4.82
const STEPS_KMH = 2.41
const SLOWEST_KMH = 1
/** Lost at the end of an edge where three stretches of its class or higher meet, s; none on motorway, trunk, roundabout. */
const CROSSING_SECONDS: Record<Vehicle, number> = { car: 3, fireEngine: 2, foot: 0 }

/** Depth of water (m) above which somebody does not go on. */
export const DEPTH_LIMIT: Record<Vehicle, number> = { car: 0.3, fireEngine: 0.6, foot: 0.5 }

const STEPS = ROAD_CLASSES.indexOf('steps')
const CLASSES = ROAD_CLASSES.length
const TRUNK = ROAD_CLASSES.indexOf('trunk')

/** Bits of VEHICLES that may use a road along and against its line. Fire engines obey one-way roads; feet do not. */
export function accessOf(road: Road): { readonly along: number; readonly against: number } {
  const foot = road.foot ? vehicleBit('foot') : 0
  const drivable = road.car && CAR_KMH[road.class] > 0
  const narrow = road.width > 0 && road.width < FIRE_ENGINE_WIDTH
  const engine = drivable && !narrow
  const drive = (drivable ? vehicleBit('car') : 0) | (engine ? vehicleBit('fireEngine') : 0)
  return { along: foot | (road.oneWay === -1 ? 0 : drive), against: foot | (road.oneWay === 1 ? 0 : drive) }
}

/**
 * Seconds to pass each edge on a free road, with the wait at its end; Infinity where the vehicle may not go. A route is
 * the sum of these; turns cost nothing more.
 */
export function freeFlowSeconds(graph: RoadGraph, vehicle: Vehicle): Float32Array {
  const bit = vehicleBit(vehicle)
  const legs = drivableLegs(graph)
  const seconds = new Float32Array(edgeCount(graph))
  for (let edge = 0; edge < seconds.length; edge++) {
    const stretch = graph.edgeStretch[edge]!
    const allowed = (graph.edgeAccess[edge]! & bit) !== 0
    const waits = legs[graph.head[edge]! * CLASSES + graph.roadClass[stretch]!]! > 2 && mayWait(graph, stretch)
    const metresPerSecond = freeKmh(graph, stretch, vehicle) / 3.6
    const wait = waits ? CROSSING_SECONDS[vehicle] : 0
    seconds[edge] = allowed ? graph.metres[stretch]! / metresPerSecond + wait : Infinity
  }
  return seconds
}

/** Speed on a free stretch, km/h, without waits. */
export function freeKmh(graph: RoadGraph, stretch: number, vehicle: Vehicle): number {
  const roadClass = graph.roadClass[stretch]!
  if (vehicle === 'foot') return roadClass === STEPS ? STEPS_KMH : FOOT_KMH
  const limit = graph.speedLimit[stretch]!
  let kmh = limit > 0 ? limit * SHARE_OF_LIMIT : CAR_BY_CLASS[roadClass]!
  if ((graph.flags[stretch]! & STRETCH_FLAGS.roundabout) !== 0) kmh = Math.min(kmh, ROUNDABOUT_KMH)
  if (vehicle === 'fireEngine') kmh = Math.min(kmh, FIRE_ENGINE_TOP_KMH)
  return Math.max(kmh, SLOWEST_KMH)
}

/**
 * Speed that water of a depth (m) leaves to a car, km/h: the curve of Pregnolato and others (2017), which reaches
 * a standstill at 0.3 m. Others are only stopped by their limit.
 */
export function wetKmh(depth: number, vehicle: Vehicle): number {
  if (depth > DEPTH_LIMIT[vehicle]) return 0
  if (vehicle !== 'car' || depth <= 0) return Infinity
  const mm = depth * 1000
  return Math.max(0.0009 * mm * mm - 0.5529 * mm + 86.9448, SLOWEST_KMH)
}

function mayWait(graph: RoadGraph, stretch: number): boolean {
  return graph.roadClass[stretch]! > TRUNK && (graph.flags[stretch]! & STRETCH_FLAGS.roundabout) === 0
}

/** For each node and class, how many drivable stretches of that class or a higher one touch the node. */
function drivableLegs(graph: RoadGraph): Uint8Array {
  const legs = new Uint8Array(nodeCount(graph) * CLASSES)
  const bit = vehicleBit('car')
  for (let stretch = 0; stretch < graph.metres.length; stretch++) {
    const [along, against] = [graph.along[stretch]!, graph.against[stretch]!]
    const edge = along >= 0 ? along : against
    const access = graph.edgeAccess[edge]! | (against >= 0 ? graph.edgeAccess[against]! : 0)
    if ((access & bit) === 0) continue
    for (const node of [graph.head[edge]!, graph.tail[edge]!]) {
      for (let rank = graph.roadClass[stretch]!; rank < CLASSES; rank++) legs[node * CLASSES + rank]!++
    }
  }
  return legs
}
