import { expect, test } from 'vitest'
import { buildRoadGraph } from './buildRoadGraph'
import { InstrumentPlaces } from './roadReadings'
import { StretchGrid } from './stretchGrid'
import { trialRoad } from './trialRoads'

const named = (en: string) => ({ name: { 'zh-CN': en, en } })
const { graph } = buildRoadGraph([
  trialRoad([118, 31, 118.002, 31], named('Long Street')),
  trialRoad([118.002, 31, 118.004, 31], { ...named('Long Street'), underpass: true }),
  trialRoad([118.02, 31, 118.022, 31], named('Long Street')),
  trialRoad([118.002, 31, 118.002, 31.002], named('Side Street')),
])
const places = new InstrumentPlaces(graph, new StretchGrid(graph))
const stretchOf = (edge: number): number => graph.edgeStretch[edge]!

test('a detector speaks for its road nearby, in both directions, and the nearest of two decides', () => {
  const seconds = places.secondsOf({
    speeds: [
      { place: [118.001, 31.0001], kmh: 36 },
      { place: [118.003, 31.0001], kmh: 9 },
      { place: [119, 31], kmh: 1 },
    ],
    depths: [],
  })
  const found = [...seconds].map(([edge, took]) => [stretchOf(edge), Math.round(graph.metres[stretchOf(edge)]! / took)])
  expect(found.sort()).toEqual([
    [0, 10],
    [0, 10],
    [1, 3],
    [1, 3],
  ])
  const jam = places.secondsOf({ speeds: [{ place: [118.001, 31], kmh: 0 }], depths: [] })
  expect(Math.max(...jam.values())).toBeLessThan(Infinity)
})

test('a gauge wets the underpass beside it rather than the street above, and far away nothing', () => {
  const depths = places.depthsOf({
    speeds: [],
    depths: [
      { place: [118.0021, 31.0003], metres: 0.4 },
      { place: [118.0021, 31.0003], metres: 0.2 },
      { place: [118.1, 31.1], metres: 2 },
    ],
  })
  expect([...depths].map((metres) => Math.round(metres * 10))).toEqual([0, 4, 0, 0])
})
