import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMillis } from './time'
import { World, WorldKind, asLiveWorld, realTimeAt, withRate, worldTimeAt } from './world'

const clock = fc.record({
  anchorWorld: fc.integer({ min: 0, max: 2e12 }).map(epochMillis),
  anchorReal: fc.integer({ min: 0, max: 2e12 }).map(epochMillis),
  rate: fc.constantFrom(0.5, 1, 30, 1000),
})
const moment = fc.integer({ min: 0, max: 2e12 }).map(epochMillis)

test('real time is where the World shows the time asked for', () => {
  fc.assert(
    fc.property(clock, moment, (held, world) => {
      expect(worldTimeAt(held, realTimeAt(held, world))).toBeCloseTo(world, -1)
    }),
  )
})

test('a change of rate moves no moment', () => {
  fc.assert(
    fc.property(clock, moment, fc.constantFrom(0, 1, 60), (held, real, rate) => {
      expect(worldTimeAt(withRate(held, real, rate), real)).toBe(worldTimeAt(held, real))
    }),
  )
})

test('a stopped clock never reaches what is ahead', () => {
  const stopped = { anchorWorld: epochMillis(1000), anchorReal: epochMillis(5000), rate: 0 }
  expect(worldTimeAt(stopped, epochMillis(99_000))).toBe(1000)
  expect(realTimeAt(stopped, epochMillis(1001))).toBe(Number.POSITIVE_INFINITY)
})

test('only a live World may speak to the real city', () => {
  const worldOf = (kind: WorldKind): World =>
    World.parse({
      no: 0,
      key: kind,
      kind,
      name: { 'zh-CN': kind, en: kind },
      clock: { anchorWorld: 0, anchorReal: 0, rate: 1 },
      view: { longitude: 0, latitude: 0, zoom: 3 },
    })
  expect(WorldKind.options.filter((kind) => asLiveWorld(worldOf(kind)) !== undefined)).toEqual(['live'])
})
