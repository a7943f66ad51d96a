import { expect, test } from 'vitest'
import { typeScale, usualViewing } from './typeScale'

test('the wall of the design system: 8 m, 1.25 mm a pixel', () => {
  const scale = typeScale({ distance: 8, pitch: 1.25 })
  expect(Math.abs(scale.clock - 124)).toBeLessThan(2)
  expect(Math.abs(scale.title - 68)).toBeLessThan(2)
  expect(Math.abs(scale.name - 58)).toBeLessThan(2)
  expect(Math.abs(scale.body - 46)).toBeLessThan(2)
})

test('twice the distance, twice the type', () => {
  expect(typeScale({ distance: 10, pitch: 1.25 }).body).toBeCloseTo(2 * typeScale({ distance: 5, pitch: 1.25 }).body, 6)
})

test('usual surfaces: 30 px on a 4K wall, 16 px on a full HD monitor', () => {
  expect(Math.round(typeScale(usualViewing(3840)).body)).toBe(30)
  expect(Math.round(typeScale(usualViewing(2560)).body)).toBe(21)
  expect(Math.round(typeScale(usualViewing(1920)).body)).toBe(16)
})
