import { expect, test } from 'vitest'
import { KEY_TOWARD, lightSamples } from './lightSamples'

const samples = lightSamples(34, 10)

test('34 lights of the dome and 10 of the key, all above the ground and of length 1', () => {
  expect(samples.filter(({ dome }) => dome > 0)).toHaveLength(34)
  expect(samples.filter(({ key }) => key > 0)).toHaveLength(10)
  for (const { toward } of samples) {
    expect(Math.hypot(...toward)).toBeCloseTo(1, 9)
    expect(toward[2]).toBeGreaterThan(0)
  }
})

test('an open square gets the whole dome, a face to the key the whole key', () => {
  expect(samples.reduce((sum, { toward, dome }) => sum + dome * toward[2], 0)).toBeCloseTo(1, 9)
  expect(samples.reduce((sum, { key }) => sum + key, 0)).toBeCloseTo(1, 9)
})

test('the zenith is near three times the horizon', () => {
  const dome = samples.filter((sample) => sample.dome > 0).sort((a, b) => a.toward[2] - b.toward[2])
  expect(dome.at(-1)!.dome / dome[0]!.dome).toBeGreaterThan(2.5)
})

test('the key comes from the west-south-west, 46° high', () => {
  expect(Math.asin(KEY_TOWARD[2]) * (180 / Math.PI)).toBeCloseTo(46, 6)
  expect(KEY_TOWARD[0]).toBeLessThan(KEY_TOWARD[1]) // more west than south
  expect(KEY_TOWARD[1]).toBeLessThan(0)
})

test('half of the list already holds half of each light', () => {
  const half = samples.slice(0, samples.length / 2)
  const share = half.reduce((sum, { dome, toward }) => sum + dome * toward[2], 0)
  expect(share).toBeGreaterThan(0.4)
  expect(share).toBeLessThan(0.6)
  expect(half.reduce((sum, { key }) => sum + key, 0)).toBeCloseTo(0.5, 1)
})

test('fewer lights, for a processor that paints, make the same light', () => {
  const few = lightSamples(11, 3)
  expect(few).toHaveLength(14)
  expect(few.reduce((sum, { dome, toward }) => sum + dome * toward[2], 0)).toBeCloseTo(1, 9)
  expect(few.reduce((sum, { key }) => sum + key, 0)).toBeCloseTo(1, 9)
})
