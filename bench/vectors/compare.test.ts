import { expect, test } from 'vitest'
import { difference } from './compare'

const exact = { abs: 0, rel: 0 }

test.each([
  ['a number within abs', { v: 1.05 }, { v: 1 }, { abs: 0.1, rel: 0 }, true],
  ['a number beyond abs', { v: 1.2 }, { v: 1 }, { abs: 0.1, rel: 0 }, false],
  ['abs and rel add up', { v: 112 }, { v: 100 }, { abs: 2, rel: 0.1 }, true],
  ['abs by field', { beta: 1.08, gamma: 0.5 }, { beta: 1, gamma: 0.5 }, { abs: { beta: 0.1 }, rel: 0 }, true],
  ['abs of another field', { beta: 1.08, gamma: 0.55 }, { beta: 1, gamma: 0.5 }, { abs: { beta: 0.1 }, rel: 0 }, false],
  ['null is null', { v: [1, null] }, { v: [1, null] }, exact, true],
  ['null is no number', { v: 1 }, { v: null }, exact, false],
  ['NaN is no answer', { v: Number.NaN }, { v: 1 }, { abs: 1e9, rel: 0 }, false],
  ['a missing field', {}, { v: 1 }, exact, false],
  ['a further field', { v: 1, w: 2 }, { v: 1 }, exact, true],
  ['a shorter list', { v: [1] }, { v: [1, 2] }, exact, false],
  ['words', { level: 'red' }, { level: 'green' }, exact, false],
  ['three digits', { wis: 17_912 }, { wis: 17_900 }, { ...exact, digits: 3 }, true],
  ['other three digits', { wis: 18_012 }, { wis: 17_900 }, { ...exact, digits: 3 }, false],
  ['a bare number', 3, { depth_mm: 3 }, exact, true],
  ['a bare number for two fields', 3, { depth_mm: 3, q: 3 }, exact, false],
])('%s', (...[, got, expected, tolerance, meets]) => {
  expect(difference(got, expected, tolerance) === undefined).toBe(meets)
})
