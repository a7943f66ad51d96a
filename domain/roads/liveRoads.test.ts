import { describe, expect, test } from 'vitest'
import { buildRoadGraph } from './buildRoadGraph'
import { LiveRoads, edgesByRoad } from './liveRoads'
import { twinOf } from './roadGraph'
import { trialRoad } from './trialRoads'

const [first, second] = ['9999990201000001', '9999990201000002'] as const
const code = (value: string) => ({ code: value as ReturnType<typeof trialRoad>['code'] })
const { graph } = buildRoadGraph([
  trialRoad([118, 31, 118.01, 31], code(first)),
  trialRoad([118.01, 31, 118.01, 31.01], { ...code(second), oneWay: 1, foot: false }),
])
const [there, back] = [graph.along[0]!, graph.against[0]!]

describe('closures', () => {
  test('stop everybody at once, and give the edge back as it was', () => {
    const live = new LiveRoads(graph)
    const car = live.weights('car')
    const before = car[there]!
    live.close({ source: 'police/1', reason: 'accident', edges: [there, there] })
    expect([car[there], live.weights('foot')[there], live.version, live.closedEdges]).toEqual([
      Infinity,
      Infinity,
      1,
      1,
    ])
    expect(car[back]).toBe(live.freeFlow('car')[back])
    expect(live.reasonsOf(there).map(({ reason }) => reason)).toEqual(['accident'])
    expect(live.reopen('police/1')).toBe(true)
    expect([car[there], live.version, live.closedEdges]).toEqual([before, 2, 0])
    expect(live.reopen('police/1')).toBe(false)
  })

  test('of two sources hold until both have opened; a source replaces what it said', () => {
    const live = new LiveRoads(graph)
    live.close({ source: 'a', reason: 'flood', edges: [there, back] })
    live.close({ source: 'b', reason: 'works', edges: [there] })
    live.reopen('a')
    expect([live.weights('car')[there], live.closedEdges]).toEqual([Infinity, 1])
    live.close({ source: 'b', reason: 'works', edges: [back] })
    expect(live.weights('car')[there]).toBeLessThan(Infinity)
    expect(live.weights('car')[back]).toBe(Infinity)
    expect(live.closures).toEqual([{ source: 'b', reason: 'works', edges: [back] }])
  })

  test('of a road close all its directions; an unknown edge closes nothing', () => {
    const live = new LiveRoads(graph)
    const edges = edgesByRoad(graph)
    expect([...edges.get(first)!].sort()).toEqual([there, back].sort())
    expect(edges.get(second)).toEqual([graph.along[1]])
    expect(edges.get('unknown')).toBeUndefined()
    expect(() => live.close({ source: 'a', reason: 'x', edges: [there, 99] })).toThrow(RangeError)
    expect([live.closedEdges, live.version]).toEqual([0, 0])
  })
})

test('measured times slow wheels down and leave feet alone; zero forgets them', () => {
  const live = new LiveRoads(graph)
  const free = live.freeFlow('car')[there]!
  live.setMeasured(new Map([[there, 500]]))
  expect([live.weights('car')[there], live.weights('fireEngine')[there]]).toEqual([500, 500])
  expect(live.weights('foot')[there]).toBe(live.freeFlow('foot')[there])
  live.setMeasured(new Map())
  expect(live.weights('car')[there]).toBe(free)
  expect(() => live.setMeasured(new Map([[there, NaN]]))).toThrow(RangeError)
  expect(() => live.setMeasured(new Map([[there, -1]]))).toThrow(RangeError)
})

test('water slows cars, stops them at 0.3 m, people at 0.5 m and fire engines at 0.6 m', () => {
  const live = new LiveRoads(graph)
  const passes = (depth: number) => {
    live.setDepths(Float32Array.of(depth, 0))
    return [
      live.weights('car')[there]! < Infinity,
      live.weights('foot')[there]! < Infinity,
      live.weights('fireEngine')[there]! < Infinity,
    ]
  }
  expect(passes(0.29)).toEqual([true, true, true])
  expect(live.weights('car')[there]!).toBeGreaterThan(5 * live.freeFlow('car')[there]!)
  expect(passes(0.31)).toEqual([false, true, true])
  expect(passes(0.55)).toEqual([false, false, true])
  expect(passes(0.65)).toEqual([false, false, false])
  expect(passes(0)).toEqual([true, true, true])
  expect(live.weights('car')).toEqual(live.freeFlow('car'))
  expect(() => live.setDepths(new Float32Array(1))).toThrow(RangeError)
  expect(twinOf(graph, there)).toBe(back)
})
