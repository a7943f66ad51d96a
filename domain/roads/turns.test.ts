import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TurnRule } from '../city/cityModel'
import { buildRoadGraph } from './buildRoadGraph'
import { reachedParts } from './isochrone'
import { edgeCount, twinOf } from './roadGraph'
import type { RoadGraph } from './roadGraph'
import { RoadSearch } from './roadSearch'
import { matrixSeconds, nearestByRoad } from './roadTimes'
import type { RoadsNow } from './roadTimes'
import { findRoute } from './route'
import type { Route } from './route'
import { arrivals, departures, direct } from './snapEnds'
import type { Snap } from './stretchGrid'
import { trialPosition, trialRoad } from './trialRoads'
import type { TrialLink } from './trialRoads'
import { isForbidden } from './turns'
import { freeFlowSeconds } from './vehicleRules'

const NODES = 16
const node = fc.nat(NODES - 1)
const town = fc.record({
  links: fc.array(
    fc
      .record({
        from: node,
        to: node,
        oneWay: fc.constantFrom(-1 as const, 0 as const, 0 as const, 1 as const),
        class: fc.constantFrom('primary' as const, 'residential' as const),
      })
      .filter(({ from, to }) => from !== to),
    { minLength: 6, maxLength: 45 },
  ),
  rules: fc.array(fc.record({ from: fc.nat(44), to: fc.nat(44), end: fc.boolean(), only: fc.boolean() }), {
    maxLength: 25,
  }),
})

/** Streets with node ids, and rules at one end of the street that one comes from. */
function grown({
  links,
  rules,
}: {
  links: TrialLink[]
  rules: { from: number; to: number; end: boolean; only: boolean }[]
}) {
  const roads = links.map(({ from, to, oneWay, class: roadClass }, i) =>
    trialRoad([...trialPosition(from), ...trialPosition(to)], {
      source: `way/${i}`,
      nodes: Float64Array.of(from, to),
      oneWay,
      class: roadClass,
    }),
  )
  const turns = rules.flatMap(({ from, to, end, only }): TurnRule[] => {
    const street = links[from]
    if (street === undefined) return []
    return [{ from: [`way/${from}`], via: end ? street.to : street.from, to: [`way/${to}`], only }]
  })
  return buildRoadGraph(roads, turns)
}

/** Seconds at which each edge can be entered: every pair of edges looked at until nothing changes. */
function pairwise(graph: RoadGraph, weights: Float32Array, from: Snap): Float64Array {
  const seconds = new Float64Array(edgeCount(graph)).fill(Infinity)
  const enter = (before: number, at: number): boolean => {
    let changed = false
    for (let edge = 0; edge < edgeCount(graph); edge++) {
      if (graph.tail[edge] !== graph.head[before] || edge === twinOf(graph, before)) continue
      if (isForbidden(graph, before, edge) || weights[edge] === Infinity || at >= seconds[edge]!) continue
      seconds[edge] = at
      changed = true
    }
    return changed
  }
  for (const start of departures(graph, weights, from)) enter(start.edge, start.seconds)
  for (let changed = true; changed; ) {
    changed = false
    for (let edge = 0; edge < edgeCount(graph); edge++)
      if (seconds[edge]! < Infinity && enter(edge, seconds[edge]! + weights[edge]!)) changed = true
  }
  return seconds
}

function secondsBetween({ graph, weights }: RoadsNow, from: Snap, to: Snap): number {
  const entered = pairwise(graph, weights, from)
  const ends = arrivals(graph, weights, to).map((end) => entered[end.edge]! + end.seconds)
  return Math.min(direct(graph, weights, { from, to })?.seconds ?? Infinity, ...ends)
}

function expectLawful(graph: RoadGraph, { parts }: Route): void {
  for (let i = 1; i < parts.length; i++) {
    expect(isForbidden(graph, parts[i - 1]!.edge, parts[i]!.edge)).toBe(false)
    expect(parts[i]!.edge).not.toBe(twinOf(graph, parts[i - 1]!.edge))
  }
}

const snapOn = (stretch: number, fraction: number): Snap => ({
  stretch,
  fraction,
  longitude: 0,
  latitude: 0,
  offRoadMetres: 0,
})
const share = fc.double({ min: 0.05, max: 0.95, noNaN: true })
const places = fc.array(fc.tuple(fc.nat(200), share), { minLength: 2, maxLength: 5 })

describe('with forbidden turns', () => {
  test('routes, matrices and the nearest take the times of a search over all pairs of edges', () => {
    fc.assert(
      fc.property(town, places, (drawn, picked) => {
        const { graph } = grown(drawn)
        const roads = { graph, weights: freeFlowSeconds(graph, 'car'), search: new RoadSearch(graph), turns: true }
        const snaps = picked.map(([stretch, at]) => snapOn(stretch % graph.metres.length, at))
        const truth = snaps.map((from) => snaps.map((to) => secondsBetween(roads, from, to)))
        const rows = matrixSeconds(roads, snaps, snaps)
        const columns = matrixSeconds(roads, [...snaps, ...snaps], snaps)
        const near = nearestByRoad(roads, snaps, { target: snaps[0]!, count: snaps.length })
        for (const { index, seconds } of near) expect(seconds).toBeCloseTo(truth[index]![0]!, 3)
        expect(near.length).toBe(truth.filter((row) => row[0]! < Infinity).length)
        for (const [i, from] of snaps.entries()) {
          for (const [j, to] of snaps.entries()) {
            const route = findRoute(roads, from, to)
            const wanted = truth[i]![j]!
            const found = [route?.seconds ?? Infinity, rows[i]![j]!, columns[i]![j]!]
            expect(found.every((seconds) => seconds === wanted || Math.abs(seconds - wanted) < 0.005)).toBe(true)
            if (route !== undefined) expectLawful(graph, route)
          }
        }
      }),
      { numRuns: 100 },
    )
  })

  test('what is reached in a time is what routes reach in it', () => {
    fc.assert(
      fc.property(town, fc.nat(200), fc.integer({ min: 5, max: 90 }), (drawn, picked, limitSeconds) => {
        const { graph } = grown(drawn)
        const roads = { graph, weights: freeFlowSeconds(graph, 'car'), search: new RoadSearch(graph), turns: true }
        const start = snapOn(picked % graph.metres.length, 0.5)
        const parts = reachedParts(roads, start, { limitSeconds, direction: 'from' })
        for (let stretch = 0; stretch < graph.metres.length; stretch++) {
          const seconds = secondsBetween(roads, start, snapOn(stretch, 0.5))
          const covered = parts.some(({ edge, from, to }) => {
            const middle = 0.5
            return graph.edgeStretch[edge] === stretch && from <= middle + 1e-6 && to >= middle - 1e-6
          })
          if (Math.abs(seconds - limitSeconds) > 0.01) expect(covered).toBe(seconds < limitSeconds)
        }
      }),
      { numRuns: 150 },
    )
  })
})

const id = (...ids: number[]): { nodes: Float64Array } => ({ nodes: Float64Array.from(ids) })
/** West – crossing – east, and north and south of the crossing; a block goes around from east to north. */
const cross = [
  trialRoad([118, 31, 118.001, 31], { source: 'way/1', ...id(1, 2) }),
  trialRoad([118.001, 31, 118.002, 31], { source: 'way/2', ...id(2, 3) }),
  trialRoad([118.001, 31, 118.001, 31.001], { source: 'way/3', ...id(2, 4) }),
  trialRoad([118.002, 31, 118.002, 31.001, 118.001, 31.001], { source: 'way/4', ...id(3, 5, 4) }),
]
const noLeft: TurnRule = { from: ['way/1'], via: 2, to: ['way/3'], only: false }
const onlyStraight: TurnRule = { from: ['way/1'], via: 2, to: ['way/2'], only: true }

test('who may not turn left goes around the block, and a walker does not', () => {
  for (const rule of [noLeft, onlyStraight]) {
    const { graph, counts } = buildRoadGraph(cross, [rule])
    expect(counts.turns).toEqual({ taken: 1, idle: 0, unmatched: 0 })
    const search = new RoadSearch(graph)
    const [from, to] = [snapOn(0, 0.5), snapOn(2, 0.5)]
    const roads = { graph, search, weights: freeFlowSeconds(graph, 'car') }
    expect(findRoute({ ...roads, turns: true }, from, to)!.parts.map(({ edge }) => graph.edgeStretch[edge])).toEqual([
      0, 1, 3, 2,
    ])
    const walk = { graph, search, weights: freeFlowSeconds(graph, 'foot'), turns: false }
    expect(findRoute(walk, from, to)!.parts.map(({ edge }) => graph.edgeStretch[edge])).toEqual([0, 2])
  }
})

test('a rule whose roads do not meet there is counted, and one that forbids to turn back is idle', () => {
  const rules: TurnRule[] = [
    { from: ['way/1'], via: 99, to: ['way/3'], only: false },
    { from: ['way/2'], via: 4, to: ['way/3'], only: false },
    { from: ['way/1'], via: 2, to: ['way/1'], only: false },
  ]
  const { graph, counts } = buildRoadGraph(cross, rules)
  expect(counts.turns).toEqual({ taken: 0, idle: 1, unmatched: 2 })
  expect(graph.turnFrom.length).toBe(0)
})
