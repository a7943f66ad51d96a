import { expect, test } from 'vitest'
import { buildRoadGraph } from './buildRoadGraph'
import { STRETCH_FLAGS, edgeCount, nodeCount, stretchCount, twinOf, vehicleBit } from './roadGraph'
import { trialRoad } from './trialRoads'
import { freeFlowSeconds } from './vehicleRules'

test('a crossing by position cuts both roads, a bridge over a road does not', () => {
  const across = trialRoad([118, 31, 118.001, 31, 118.002, 31])
  const along = trialRoad([118.001, 30.999, 118.001, 31, 118.001, 31.001])
  const { graph } = buildRoadGraph([across, along])
  expect([nodeCount(graph), stretchCount(graph), edgeCount(graph)]).toEqual([5, 4, 8])
  const bridge = trialRoad([118.001, 30.999, 118.001, 31.001], { bridge: true, layer: 1 })
  const apart = buildRoadGraph([across, bridge]).graph
  expect([nodeCount(apart), stretchCount(apart)]).toEqual([4, 2])
  expect([...apart.flags]).toEqual([0, STRETCH_FLAGS.bridge])
  expect([...apart.layer]).toEqual([0, 1])
})

test('roads with node ids meet by id alone, even where their positions are the same', () => {
  const nodes = (...ids: number[]): { nodes: Float64Array } => ({ nodes: Float64Array.from(ids) })
  const across = trialRoad([118, 31, 118.001, 31, 118.002, 31], nodes(1, 2, 3))
  const over = trialRoad([118.001, 30.999, 118.001, 31, 118.001, 31.001], nodes(4, 5, 6))
  expect(nodeCount(buildRoadGraph([across, over]).graph)).toBe(4)
  const meets = trialRoad([118.001, 30.999, 118.001, 31, 118.001, 31.001], nodes(4, 2, 6))
  expect(nodeCount(buildRoadGraph([across, meets]).graph)).toBe(5)
  // 2^53 apart by one: ids of OpenStreetMap are compared exactly.
  const large = trialRoad([118, 31, 118.001, 31], nodes(9_007_199_254_740_990, 9_007_199_254_740_991))
  expect(nodeCount(buildRoadGraph([large]).graph)).toBe(2)
})

test('one-way roads have an edge for cars in one direction, and for feet in both', () => {
  const car = vehicleBit('car') | vehicleBit('fireEngine')
  const foot = vehicleBit('foot')
  for (const [oneWay, there, back] of [
    [0, car | foot, car | foot],
    [1, car | foot, foot],
    [-1, foot, car | foot],
  ] as const) {
    const { graph } = buildRoadGraph([trialRoad([118, 31, 118.001, 31], { oneWay })])
    expect(graph.edgeAccess[graph.along[0]!]).toBe(there)
    expect(graph.edgeAccess[graph.against[0]!]).toBe(back)
    expect(twinOf(graph, graph.along[0]!)).toBe(graph.against[0])
    expect(twinOf(graph, graph.against[0]!)).toBe(graph.along[0])
  }
  const motorway = trialRoad([118, 31, 118.001, 31], { class: 'motorway', oneWay: 1, foot: false })
  const { graph } = buildRoadGraph([motorway])
  expect([edgeCount(graph), graph.against[0], twinOf(graph, 0)]).toEqual([1, -1, -1])
})

test('a fire engine does not fit through a lane, and nobody drives on a footway', () => {
  const lane = trialRoad([118, 31, 118.001, 31], { width: 2.5 })
  const path = trialRoad([118, 31.001, 118.001, 31.001], { class: 'footway', car: true })
  const { graph } = buildRoadGraph([lane, path])
  const passes = (vehicle: 'car' | 'fireEngine' | 'foot', stretch: number): boolean =>
    freeFlowSeconds(graph, vehicle)[graph.along[stretch]!]! < Infinity
  expect([passes('car', 0), passes('fireEngine', 0), passes('foot', 0)]).toEqual([true, false, true])
  expect([passes('car', 1), passes('fireEngine', 1), passes('foot', 1)]).toEqual([false, false, true])
})

test('counts what it leaves out, and a ring that closes on itself keeps its length', () => {
  const ring = trialRoad([118, 31, 118.001, 31, 118.001, 31.001, 118, 31])
  const { graph, counts } = buildRoadGraph([
    ring,
    trialRoad([118, 31]),
    trialRoad([118, 31, NaN, 31]),
    trialRoad([118, 31, 181, 31]),
    trialRoad([118, 31, 118.001, 31], { car: false, foot: false }),
    trialRoad([118.5, 31, 118.5, 31]),
  ])
  expect(counts).toEqual({
    taken: 2,
    refused: { shortLine: 1, badPosition: 2, nobodyMayUse: 1 },
    emptyStretches: 1,
    turns: { taken: 0, idle: 0, unmatched: 0 },
  })
  expect([nodeCount(graph), stretchCount(graph), edgeCount(graph)]).toEqual([1, 1, 2])
  // 95.5 m east, 110.9 m north and back along the diagonal, by Vincenty's formulae on WGS84.
  expect(graph.metres[0]).toBeCloseTo(95.504 + 110.861 + 146.32, 0)
})

test('free seconds are length by speed, and who comes from the smaller road waits at a crossing', () => {
  const main = trialRoad([118, 31, 118.001, 31, 118.002, 31], { class: 'primary', speedLimit: 60 })
  const side = trialRoad([118.001, 31, 118.001, 31.001], { class: 'service' })
  const { graph } = buildRoadGraph([main, side])
  const seconds = freeFlowSeconds(graph, 'car')
  const timeOf = (edge: number): number => seconds[edge]! - (graph.metres[graph.edgeStretch[edge]!]! * 3.6) / 54
  expect(timeOf(graph.along[0]!)).toBeCloseTo(0, 4)
  const out = graph.metres[2]! / (15 / 3.6)
  expect(seconds[graph.along[2]!]).toBeCloseTo(out, 4)
  expect(seconds[graph.against[2]!]).toBeCloseTo(out + 3, 4)
})

test('the same roads give the same arrays', () => {
  const roads = Array.from({ length: 40 }, (_, i) =>
    trialRoad([118 + (i % 7) / 1000, 31, 118 + (i % 5) / 1000, 31.002, 118.003, 31.001]),
  )
  expect(buildRoadGraph(roads)).toEqual(buildRoadGraph(roads))
})
