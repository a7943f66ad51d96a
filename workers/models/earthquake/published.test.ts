import { expect, test } from 'vitest'
import { earthquake } from './model'

test.each([
  ['allen2012_rrup', 7, 10, 7.570_935_9, 0.939_038],
  ['allen2012_rhypo', 6, 20, 6.404_680_4, 1.029_898],
  ['allen2012_rhypo', 7, 300, 4.222_331_9, 0.822_143],
] as const)('OpenQuake tables, %s M %d at %d km', (...[model, magnitude, kilometres, mmi, sigma]) => {
  const found = earthquake.predictIntensity(model, magnitude, kilometres)
  expect(found.mmi).toBeCloseTo(mmi, 6)
  expect(found.sigma).toBeCloseTo(sigma, 5)
})

test('Atkinson and Wald 2007, California M 6 at 100 km', () => {
  expect(earthquake.predictIntensity('atkinson_wald_2007_california', 6, 100).mmi).toBeCloseTo(3.682_371_719, 8)
})

test('ShakeMap 4: Worden 2012 both ways', () => {
  expect(earthquake.groundMotionToMmi('PGA', 0.1)).toBeCloseTo(5.769_175_33, 7)
  expect(earthquake.groundMotionToMmi('SA(3.0)', 0.01)).toBeCloseTo(4.974_923_71, 7)
  expect(earthquake.mmiToGroundMotion('PGV', 5)).toBeCloseTo(4.652_876_43, 7)
  expect(earthquake.mmiToGroundMotion('SA(1.0)', 5, { kilometres: 32, magnitude: 8 })).toBeCloseTo(0.073_293_123_5, 9)
})

test('ShakeMap 4: Loth and Baker 2013', () => {
  expect(earthquake.lothBaker(0.01, 1, 0)).toBeCloseTo(0.37, 9)
  expect(earthquake.lothBaker(0.3, 0.01, 4)).toBeCloseTo(0.343_437_019, 8)
})

test('ShakeMap manual, verification 0003: one station of +1', () => {
  const field = { tau: 0.6, phi: 0.8, correlation: (h: number) => Math.exp(-h / 10) }
  const found = earthquake.conditionOnStations(
    [{ place: [0, 0], residual: 1, sigma: 0 }],
    [
      [0, 0],
      [1000, 0],
    ],
    field,
  )
  expect(found.bias).toBeCloseTo(0.36, 9)
  expect(found.means[1]).toBeCloseTo(0.36, 9)
  expect(found.deviations[1]).toBeCloseTo(0.932_952_303, 8)
})

test('PAGER: rates of India, Northridge 1994, the open last band', () => {
  expect(earthquake.fatalityRate(10.986839, 0.128601, 9)).toBeCloseTo(0.060_438_382_2, 9)
  const northridge = [0, 0, 1506, 1_946_880, 6_509_154, 6_690_236, 3_405_381, 1_892_446, 5182, 0]
  expect(earthquake.losses(37.729406, 0.360337, northridge)).toBeCloseTo(22.226, 2)
  expect(earthquake.lossProbabilities(70_511, 2.5).at(-1)?.p).toBeCloseTo(0.444_424_578, 7)
})

test('Wang Suyun 2000 as recalled: east, M 7 at 50 km', () => {
  const { major, minor } = earthquake.chinaIntensity('east', 7, 50)
  expect(major).toBeCloseTo(7.409_857_607, 8)
  expect(minor).toBeCloseTo(6.925_484_324, 8)
})
