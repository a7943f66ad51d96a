import { expect, test } from 'vitest'
import { hydrology } from './model'

test.each([
  [10_533.525, 30.983, 0.926, 5, 11.426],
  [5013.674, 21.838, 0.657, 60, 99.719],
  [4111.874, 19.158, 0.594, 60, 110.095],
])('Shenzhen 2024, official depth table: %d / (t + %d)^%d', (...[a, b, n, minutes, depth]) => {
  expect(hydrology.stormDepth({ a, b, n, c: 0 }, 1, minutes, 1 / 167)).toBeCloseTo(depth, 2)
})

test('Beijing, DB11/T 969-2016, zone II: three years, one hour', () => {
  expect(hydrology.stormIntensity(hydrology.stormFormula('beijing-2'), 3, 60)).toBeCloseTo(130.638_567_6, 6)
})

test.each([
  ['ACC', 0.832_876_71],
  ['POD', 0.780_952_4],
  ['FA', 0.146_154],
  ['HSS', 0.608_871],
  ['GSS', 0.437_682],
  ['MCC', 0.611_707],
])('CAWCR verification page, %s', (name, value) => {
  const table = { hits: 82, falseAlarms: 38, misses: 23, correctNegatives: 222 }
  expect(hydrology.contingencyScore(name, table)).toBeCloseTo(value, 5)
})

test.each([
  ['me', 0.033_333_333_3],
  ['rmse', 0.658_280_588_6],
  ['nse', 0.923_333_988_6],
])('HydroErr example, %s', (name, value) => {
  expect(hydrology.seriesScore(name, [5, 7, 9, 2, 4.5, 6.7], [4.7, 6, 10, 2.5, 4, 6.8])).toBeCloseTo(value, 9)
})
