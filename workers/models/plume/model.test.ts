import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { denseCurve } from './denseGas'
import { plume } from './model'
import { STABILITIES } from './stability'

const source = { height: 2, wind: 4 }
const far = fc.double({ min: 50, max: 5000, noNaN: true })

describe('spreads', () => {
  test.each(['briggs_rural', 'briggs_urban', 'isc3_rural', 'ccps_puff'] as const)(
    '%s grow downwind and with instability',
    (set) => {
      fc.assert(
        fc.property(far, (x) => {
          for (const [k, stability] of STABILITIES.entries()) {
            const here = plume.spread(set, stability, x)
            const further = plume.spread(set, stability, x * 1.5)
            expect(further.y).toBeGreaterThan(here.y)
            expect(further.z).toBeGreaterThanOrEqual(here.z)
            if (k > 0) expect(here.y).toBeLessThanOrEqual(plume.spread(set, STABILITIES[k - 1]!, x).y)
          }
        }),
      )
    },
  )

  test('are not known upwind', () => {
    for (const x of [0, -5, Number.NaN]) expect(() => plume.spread('briggs_rural', 'D', x)).toThrow(RangeError)
  })
})

describe('a steady plume', () => {
  test('carries through every cross-section what the source gives', () => {
    fc.assert(
      fc.property(far, fc.constantFrom(...STABILITIES), (x, stability) => {
        const sigma = plume.spread('briggs_rural', stability, x)
        let flux = 0
        for (let j = -60; j <= 60; j++)
          for (let k = 0; k < 120; k++) {
            const [y, z] = [(j * sigma.y) / 10, ((k + 0.5) * (sigma.z + 1)) / 12]
            flux +=
              plume.plumeConcentration(3, source, { x, y, z }, sigma) *
              source.wind *
              (sigma.y / 10) *
              ((sigma.z + 1) / 12)
          }
        expect(flux).toBeCloseTo(3, 1)
      }),
      { numRuns: 20 },
    )
  })

  test('under a lid well mixed it is the same at all heights', () => {
    const sigma = { y: 400, z: 900 }
    const at = (z: number) => plume.plumeConcentration(1, { ...source, mixingHeight: 500 }, { x: 9000, y: 0, z }, sigma)
    expect(at(400) / at(0)).toBeCloseTo(1, 2)
  })

  test('has nothing upwind; nonsense is refused', () => {
    const sigma = { y: 10, z: 5 }
    expect(plume.plumeConcentration(1, source, { x: -10, y: 0, z: 0 }, sigma)).toBe(0)
    for (const rate of [0, -1, Number.NaN])
      expect(() => plume.plumeConcentration(rate, source, { x: 10, y: 0, z: 0 }, sigma)).toThrow(RangeError)
    expect(() => plume.plumeConcentration(1, { ...source, wind: 0 }, { x: 10, y: 0, z: 0 }, sigma)).toThrow(RangeError)
  })
})

describe('puffs', () => {
  test('hold their mass', () => {
    const sigma = { x: 20, y: 30, z: 10 }
    let mass = 0
    for (let i = -30; i <= 30; i++)
      for (let j = -30; j <= 30; j++)
        for (let k = 0; k < 60; k++) {
          const place = { x: 400 + i * 5, y: j * 7.5, z: (k + 0.5) * 1.2, seconds: 100 }
          mass += plume.puffConcentration(8, source, place, sigma) * 5 * 7.5 * 1.2
        }
    expect(mass).toBeCloseTo(8, 2)
    expect(plume.puffConcentration(8, source, { x: 0, y: 0, z: 0, seconds: 0 }, sigma)).toBe(0)
  })

  test('of a long release add up to the plume', () => {
    const x = 300
    const release = { rate: 2, seconds: 2000, set: 'briggs_rural', stability: 'D' } as const
    const together = plume.releaseConcentration(release, source, { x, y: 0, z: 1.5, seconds: 1500 })
    const steady = plume.plumeConcentration(2, source, { x, y: 0, z: 1.5 }, plume.spread('briggs_rural', 'D', x))
    expect(together / steady).toBeGreaterThan(0.95)
    expect(together / steady).toBeLessThan(1.05)
    expect(plume.releaseConcentration(release, source, { x, y: 0, z: 1.5, seconds: 5 })).toBeLessThan(1e-6)
  })
})

describe('stability', () => {
  test.each([
    [-5, 'A'],
    [-10, 'B'],
    [-40, 'C'],
    [-500, 'D'],
    [500, 'D'],
    [50, 'E'],
    [10, 'F'],
  ])('a Monin-Obukhov length of %d m is %s', (length, stability) => {
    expect(plume.stabilityByMoninObukhov(length)).toBe(stability)
  })

  test('wind and sky, and the wind at another height', () => {
    expect(plume.stabilityByWind(1, 'strongSun')).toBe('A')
    expect(plume.stabilityByWind(2.5, 'clearNight')).toBe('F')
    expect(plume.stabilityByWind(9, 'clearNight')).toBe('D')
    expect(plume.stabilityByWind(1, 'overcast')).toBe('D')
    expect(plume.windAtHeight('irwin_rural', 'D', 3, [10, 10])).toBe(3)
    expect(plume.windAtHeight('isc3_urban', 'F', 3, [10, 100])).toBeGreaterThan(3)
    expect(() => plume.windAtHeight('irwin_rural', 'D', 3, [0, 10])).toThrow(RangeError)
    expect(() => plume.stabilityByMoninObukhov(0)).toThrow(RangeError)
  })
})

describe('dense gas', () => {
  const cold = { density: 1.8, gasKelvin: 112, airKelvin: 298, wind: 8 }

  test('thins out downwind without a jump', () => {
    for (const [answer, volume] of [
      [plume.densePlume, 50],
      [plume.densePuff, 800],
    ] as const) {
      let before = answer(cold, volume, 1)
      for (let x = 1; x < 3000; x *= 1.02) {
        const here = answer(cold, volume, x)
        expect(here).toBeLessThanOrEqual(before + 1e-12)
        expect(here / before).toBeGreaterThan(0.7)
        before = here
      }
    }
  })

  test('curves of less concentration lie further out; light gas is refused', () => {
    for (const mode of ['plume', 'puff'] as const)
      for (const alpha of [-1, -0.4, -0.2, 0, 0.5, 1]) {
        const betas = denseCurve(mode, alpha).map(({ beta }) => beta)
        expect(betas).toEqual([...betas].sort((a, b) => a - b))
      }
    expect(() => plume.densePlume({ ...cold, density: 0.5 }, 50, 100)).toThrow(/not heavier/)
    expect(plume.denseGas('plume', cold, 50)).toBe(true)
    expect(plume.denseGas('puff', { ...cold, density: 1.19 }, 1)).toBe(false)
  })
})

test('levels nest and say that they were recalled; ppm and mg/m³ are proportional', () => {
  const { aegl60, status } = plume.toxicLevels('7782-50-5')
  const set = aegl60.filter((level) => level !== null)
  expect(set).toEqual([...set].sort((a, b) => a - b))
  expect(status).toMatch(/recalled/)
  expect(() => plume.toxicLevels('0-0-0')).toThrow(/no substance/)
  expect(plume.milligramsPerCubicMetre(1, 24.465)).toBeCloseTo(1, 3)
  expect(() => plume.milligramsPerCubicMetre(1, 20, 0)).toThrow(RangeError)
})
