import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { metresPerDegree } from '../geodesy/metresPerDegree'
import { buildRoadGraph } from './buildRoadGraph'
import { instructionsOf } from './instructions'
import { reachedParts } from './isochrone'
import { LiveRoads } from './liveRoads'
import { joinedLine } from './partLine'
import { UNITS_PER_DEGREE, edgeCount, stretchCount } from './roadGraph'
import type { RoadGraph, Vehicle } from './roadGraph'
import { RoadSearch } from './roadSearch'
import { matrixSeconds, nearestByRoad } from './roadTimes'
import { findRoute, metresOf } from './route'
import { StretchGrid } from './stretchGrid'
import type { Snap } from './stretchGrid'
import { sweptArea } from './sweptArea'
import { trialRoad, trialTown } from './trialRoads'

const link = fc.record({
  from: fc.nat(29),
  to: fc.nat(29),
  oneWay: fc.constantFrom(-1 as const, 0 as const, 0 as const, 1 as const),
  class: fc.constantFrom('primary' as const, 'residential' as const),
})
const town = fc
  .array(
    link.filter(({ from, to }) => from !== to),
    { minLength: 3, maxLength: 80 },
  )
  .map((links) => buildRoadGraph(trialTown(links)).graph)
const place = fc.record({
  longitude: fc.double({ min: 117.999, max: 118.007, noNaN: true }),
  latitude: fc.double({ min: 30.999, max: 31.006, noNaN: true }),
})

const everywhere = (): boolean => true

function open(graph: RoadGraph, closed: readonly number[] = [], vehicle: Vehicle = 'car') {
  const live = new LiveRoads(graph)
  live.close({ source: 'test', reason: 'test', edges: closed.filter((edge) => edge < edgeCount(graph)) })
  return { graph, weights: live.weights(vehicle), search: new RoadSearch(graph), turns: vehicle !== 'foot' }
}

/** Distance to the nearest segment, looking at every one. */
function nearestMetres(graph: RoadGraph, { longitude, latitude }: { longitude: number; latitude: number }): number {
  const scale = metresPerDegree(latitude)
  let least = Infinity
  for (let stretch = 0; stretch < stretchCount(graph); stretch++) {
    for (let i = graph.firstVertex[stretch]!; i + 1 < graph.firstVertex[stretch + 1]!; i++) {
      const x = (vertex: number): number =>
        (graph.vertexLongitude[vertex]! / UNITS_PER_DEGREE - longitude) * scale.longitude
      const y = (vertex: number): number =>
        (graph.vertexLatitude[vertex]! / UNITS_PER_DEGREE - latitude) * scale.latitude
      const [dx, dy] = [x(i + 1) - x(i), y(i + 1) - y(i)]
      const share = Math.max(0, Math.min(1, -(x(i) * dx + y(i) * dy) / (dx * dx + dy * dy)))
      least = Math.min(least, Math.hypot(x(i) + share * dx, y(i) + share * dy))
    }
  }
  return least
}

describe('the nearest place on a road', () => {
  test('is as near as the nearest of all segments', () => {
    fc.assert(
      fc.property(town, place, (graph, asked) => {
        const found = new StretchGrid(graph).nearest(asked, 2000, everywhere)
        expect(found!.offRoadMetres).toBeCloseTo(nearestMetres(graph, asked), 4)
        const scale = metresPerDegree(asked.latitude)
        const [x, y] = [found!.longitude - asked.longitude, found!.latitude - asked.latitude]
        expect(Math.hypot(x * scale.longitude, y * scale.latitude)).toBeCloseTo(found!.offRoadMetres, 4)
      }),
      { numRuns: 300 },
    )
  })

  test('is found from far outside, not beyond the limit, and only where it is accepted', () => {
    const { graph } = buildRoadGraph([trialRoad([118, 31, 118.001, 31]), trialRoad([118, 31.001, 118.001, 31.001])])
    const grid = new StretchGrid(graph)
    const far = { longitude: 118.05, latitude: 31 }
    expect(grid.nearest(far, 10_000, everywhere)!.stretch).toBe(0)
    expect(grid.nearest(far, 10_000, (stretch) => stretch === 1)!.stretch).toBe(1)
    expect(grid.nearest(far, 4000, everywhere)).toBeUndefined()
    expect(grid.nearest({ longitude: NaN, latitude: 31 }, 4000, everywhere)).toBeUndefined()
    expect(grid.nearest({ longitude: 118.0005, latitude: 31.0001 }, 100, everywhere)!.fraction).toBeCloseTo(0.5, 6)
    const nothing = new StretchGrid(buildRoadGraph([]).graph)
    expect(nothing.nearest(far, 10_000, everywhere)).toBeUndefined()
  })
})

const asked = fc.record({
  graph: town,
  places: fc.array(place, { minLength: 2, maxLength: 7 }),
  others: fc.array(place, { minLength: 1, maxLength: 7 }),
  closed: fc.array(fc.nat(150), { maxLength: 30 }),
})

describe('times by road', () => {
  test('of a matrix are those of single routes, whichever side is shorter', () => {
    fc.assert(
      fc.property(asked, ({ graph, places, others, closed }) => {
        const roads = open(graph, closed)
        const grid = new StretchGrid(graph)
        const snap = (at: { longitude: number; latitude: number }): Snap | undefined =>
          grid.nearest(at, 300, everywhere)
        const [sources, targets] = [places.map(snap), others.map(snap)]
        const rows = matrixSeconds(roads, sources, targets)
        for (const [i, from] of sources.entries()) {
          for (const [j, to] of targets.entries()) {
            const route = from && to && findRoute(roads, from, to)
            if (route === undefined) expect(rows[i]![j]).toBe(Infinity)
            else expect(rows[i]![j]).toBeCloseTo(route.seconds, 3)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  test('name the nearest of many as a sorted column of the matrix does', () => {
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 8 }), ({ graph, places, others, closed }, count) => {
        const roads = open(graph, closed)
        const grid = new StretchGrid(graph)
        const snaps = places.map((at) => grid.nearest(at, 300, everywhere))
        const target = grid.nearest(others[0]!, 3000, everywhere)!
        const column = snaps.map((snap) => (snap && findRoute(roads, snap, target))?.seconds ?? Infinity)
        const truth = column.filter((seconds) => seconds < Infinity).sort((a, b) => a - b)
        const near = nearestByRoad(roads, snaps, { target, count })
        expect(near).toHaveLength(Math.min(count, truth.length))
        for (const [i, { index, seconds }] of near.entries()) {
          expect(seconds).toBeCloseTo(truth[i]!, 6)
          expect(seconds).toBeCloseTo(column[index]!, 6)
        }
      }),
      { numRuns: 150 },
    )
  })
})

test('a route is one line from place to place whose parts add up, and avoids what is closed', () => {
  fc.assert(
    fc.property(asked, ({ graph, places, closed }) => {
      const roads = open(graph, closed)
      const grid = new StretchGrid(graph)
      const [from, to] = [grid.nearest(places[0]!, 3000, everywhere)!, grid.nearest(places[1]!, 3000, everywhere)!]
      const route = findRoute(roads, from, to)
      if (route === undefined) return
      const { parts, seconds, metres } = route
      const sum = parts.reduce((all, part) => all + roads.weights[part.edge]! * (part.to - part.from), 0)
      expect(sum).toBeCloseTo(seconds, 4)
      expect(parts.reduce((all, part) => all + metresOf(graph, part), 0)).toBeCloseTo(metres, 6)
      for (let i = 1; i < parts.length; i++) {
        expect(graph.tail[parts[i]!.edge]).toBe(graph.head[parts[i - 1]!.edge])
        expect([parts[i - 1]!.to, parts[i]!.from]).toEqual([1, 0])
      }
      for (const { edge } of parts) expect(closed).not.toContain(edge)
      const line = joinedLine(graph, parts)
      const ends = [line[0], line.at(-1)]
      for (const [i, snap] of [from, to].entries()) {
        if (parts.length === 0) continue
        expect(ends[i]![0]).toBeCloseTo(snap.longitude, 5)
        expect(ends[i]![1]).toBeCloseTo(snap.latitude, 5)
      }
      const words = instructionsOf(graph, roads.weights, route)
      expect(words.reduce((all, word) => all + word.metres, 0)).toBeCloseTo(metres, 4)
      expect(words.reduce((all, word) => all + word.seconds, 0)).toBeCloseTo(seconds, 3)
    }),
    { numRuns: 200 },
  )
})

test('a route in words follows names and says how to turn', () => {
  const name = (en: string) => ({ name: { 'zh-CN': en, en } })
  const { graph } = buildRoadGraph([
    trialRoad([118, 31, 118.005, 31], name('West Street')),
    trialRoad([118.005, 31, 118.01, 31], { ...name('West Street'), bridge: true }),
    trialRoad([118.01, 31, 118.01, 31.01], name('North Street')),
    trialRoad([118.01, 31.01, 118, 31.01], { class: 'primary' }),
  ])
  const roads = open(graph)
  const grid = new StretchGrid(graph)
  const from = grid.nearest({ longitude: 118.001, latitude: 31 }, 100, everywhere)!
  const to = grid.nearest({ longitude: 118.002, latitude: 31.01 }, 100, everywhere)!
  const route = findRoute(roads, from, to)!
  const words = instructionsOf(graph, roads.weights, route)
  expect(words.map(({ turn, road, bridge, firstPosition }) => [turn, road.name?.en, bridge, firstPosition])).toEqual([
    ['depart', 'West Street', true, 0],
    ['left', 'North Street', false, 2],
    ['left', undefined, false, 3],
  ])
  expect(findRoute(roads, from, from)).toEqual({ seconds: 0, metres: 0, parts: [] })
})

describe('what is reached in a time', () => {
  test('is every edge up to the moment the time is up, there and back', () => {
    fc.assert(
      fc.property(town, place, fc.integer({ min: 5, max: 120 }), (graph, at, limitSeconds) => {
        const roads = open(graph)
        const grid = new StretchGrid(graph)
        const start = grid.nearest(at, 3000, everywhere)!
        for (const direction of ['from', 'to'] as const) {
          const parts = reachedParts(roads, start, { limitSeconds, direction })
          for (const { edge, from, to } of parts.slice(0, 12)) {
            const share = direction === 'from' ? to : from
            const fraction = graph.edgeAgainst[edge] === 1 ? 1 - share : share
            const rim: Snap = { ...start, stretch: graph.edgeStretch[edge]!, fraction }
            const route = direction === 'from' ? findRoute(roads, start, rim) : findRoute(roads, rim, start)
            expect(route!.seconds).toBeLessThanOrEqual(limitSeconds + 1e-3)
          }
        }
      }),
      { numRuns: 80 },
    )
  })

  test('is drawn as an area that holds the reached roads and not those far away', () => {
    const { graph } = buildRoadGraph([trialRoad([118, 31, 118.02, 31]), trialRoad([118, 31, 118, 31.02])])
    const roads = open(graph)
    const start = new StretchGrid(graph).nearest({ longitude: 118, latitude: 31 }, 100, everywhere)!
    const parts = reachedParts(roads, start, { limitSeconds: 60, direction: 'from' })
    const area = sweptArea(graph, parts)
    expect(area).toHaveLength(1)
    const [outer] = area[0]!
    expect(outer![0]).toEqual(outer!.at(-1))
    // One minute at 30 km/h is 500 m: 0.00524 degrees east and 0.00451 degrees north here.
    expect(Math.max(...outer!.map(([x]) => x))).toBeCloseTo(118.0057, 3)
    expect(Math.max(...outer!.map(([, y]) => y))).toBeCloseTo(31.0049, 3)
    expect(sweptArea(graph, [])).toEqual([])
  })
})
