import { expect, test } from 'vitest'
import { clipped } from './bridgeLines'

test('a line is cut at the border of its tile, and comes back as a second part', () => {
  expect(
    clipped([
      [-0.5, 0.5],
      [0.5, 0.5],
      [1.5, 0.5],
      [1.5, 0.25],
      [0.5, 0.25],
    ]),
  ).toEqual([
    [
      [0, 0.5],
      [0.5, 0.5],
      [1, 0.5],
    ],
    [
      [1, 0.25],
      [0.5, 0.25],
    ],
  ])
})

test('what only lies in the buffer is another tile’s', () => {
  expect(
    clipped([
      [1.01, 0.2],
      [1.02, 0.9],
    ]),
  ).toEqual([])
})
