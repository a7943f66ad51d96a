import { expect, test } from 'vitest'
import { between, easeInOut, flat, zoomed, zoomForHeight } from './camera'

const home = { longitude: 114, latitude: 30, zoom: 11, pitch: 33, bearing: 170 }

test('a move begins and ends at its poses and turns the shorter way', () => {
  const to = { ...home, bearing: -170, zoom: 13 }
  expect(between(home, to, 0)).toEqual(home)
  expect(between(home, to, 1)).toMatchObject({ zoom: 13, bearing: 190 })
  expect(between(home, to, 0.5).bearing).toBe(180)
})

test('the ease is symmetric and monotonic', () => {
  expect([easeInOut(0), easeInOut(0.5), easeInOut(1)]).toEqual([0, 0.5, 1])
  for (let x = 0; x < 1; x += 0.05) expect(easeInOut(x + 0.05)).toBeGreaterThan(easeInOut(x))
})

test('flat is straight down and north up; zoom stays within the world', () => {
  expect(flat(home)).toMatchObject({ pitch: 0, bearing: 0, zoom: 11 })
  expect(zoomed(home, 1000).zoom).toBe(20)
})

test('a map twice as high shows the same ground one zoom level larger', () => {
  expect(zoomForHeight(11, 1760)).toBe(12)
})
