import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conversion, convert } from './units'

const go = (value: number, from: string, to: string): number => {
  const way = conversion(from, to)
  if (way === undefined) throw new Error(`no conversion from ${from} to ${to}`)
  return convert(value, way)
}

test.each([
  [60, 'mph', 'km/h', 96.560_64],
  [10, 'mph', 'm/s', 4.4704],
  [32, '°F', '°C', 0],
  [212, '°F', '°C', 100],
  [-40, '°F', '°C', -40],
  [0, '°C', 'K', 273.15],
  [1, 'in', 'mm', 25.4],
  [29.92, 'inHg', 'hPa', 1013.207_6],
  [10, 'ft', 'm', 3.048],
  [36, 'km/h', 'm/s', 10],
  [12, 'w/m²', 'W/m²', 12],
  [7, 'AQI', 'AQI', 7],
])('%d %s is %s %d', (value, from, to, expected) => {
  expect(go(value, from, to)).toBeCloseTo(expected, 3)
})

test('a pressure is no length, and an unknown unit converts to nothing but itself', () => {
  expect(conversion('inHg', 'mm')).toBeUndefined()
  expect(conversion('AQI', 'µg/m³')).toBeUndefined()
})

test('there and back is the same value', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(['mph', 'm/s'], ['°F', '°C'], ['in', 'mm'], ['inHg', 'hPa'], ['K', '°F']),
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      ([a, b], value) => {
        expect(Math.abs(go(go(value, a as string, b as string), b as string, a as string) - value)).toBeLessThan(1e-8)
      },
    ),
  )
})
