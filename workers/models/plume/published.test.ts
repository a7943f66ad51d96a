import { expect, test } from 'vitest'
import { plume } from './model'

test('CCPS 1999, page 97: 0.1 kg/s, 2 m/s, class F, 500 m', () => {
  const sigma = { y: 18.102_264_256_936_28, z: 8.497_363_273_222_8 }
  const c = plume.plumeConcentration(0.1, { height: 0, wind: 2 }, { x: 500, y: 0, z: 0 }, sigma)
  expect(c * 1e4).toBeCloseTo(1.034_672_832, 8)
})

test('CCPS 1999, page 101: 1 kg at once, with the spread that the book misprints', () => {
  const sigma = plume.spread('ccps_puff', 'F', 500)
  expect(sigma.y).toBeCloseTo(5.047_929_717, 8)
  const c = plume.puffConcentration(1, { height: 0, wind: 2 }, { x: 500, y: 0, z: 0, seconds: 250 }, sigma)
  expect(c).toBeCloseTo(0.002_250_048_54, 9)
})

test.each([
  ['A', 450, 102.943_869_6, 87.229_555_07],
  ['D', 2000, 127.943_534_8, 50.151_354_17],
  ['E', 15_000, 583.386_533_7, 95.558_309_09],
  ['F', 75_000, 1586.597_237_6, 87.388_768_2],
] as const)('EPA-454/B-95-003b tables 1-1 and 1-2, %s at %d m', (...[stability, x, y, z]) => {
  const found = plume.spread('isc3_rural', stability, x)
  expect(found.y).toBeCloseTo(y, 5)
  expect(found.z).toBeCloseTo(z, 5)
})

test('CCPS 1999, page 122: cold methane 367 m downwind, within 3 %', () => {
  const release = { density: 1.76, gasKelvin: 111.15, airKelvin: 298, wind: 10.9 }
  const found = plume.densePlume(release, 97.888 / 1.76, 367)
  expect(Math.abs(found / 0.050_717_667_65 - 1)).toBeLessThan(0.03)
})
