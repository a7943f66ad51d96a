import { expect, test } from 'vitest'
import { normal, seeded } from './seeded'

const draws = (seed: number, n: number): number[] => {
  const chance = seeded(seed)
  return Array.from({ length: n }, () => chance.next())
}

test('a seed decides the stream, from 0 to 2^53 - 1', () => {
  for (const seed of [0, 1, Number.MAX_SAFE_INTEGER]) expect(draws(seed, 20)).toEqual(draws(seed, 20))
  expect(draws(1, 5)).not.toEqual(draws(2, 5))
  expect(draws(0, 5)).not.toEqual(draws(4_294_967_296, 5))
  expect(() => seeded(-1)).toThrow(RangeError)
  expect(() => seeded(0.5)).toThrow(RangeError)
})

test('a million draws have mean 1/2 and variance 1/12 within four standard errors', () => {
  const chance = seeded(7)
  const n = 1_000_000
  let sum = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    const x = chance.next() - 0.5
    sum += x
    squares += x * x
  }
  expect(Math.abs(sum / n)).toBeLessThan(4 * Math.sqrt(1 / 12 / n))
  expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / n))
})

test('normal numbers have mean 0 and variance 1', () => {
  const chance = seeded(11)
  const values = Array.from({ length: 100_000 }, () => normal(chance))
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(values.length))
  expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length))
})
