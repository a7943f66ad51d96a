import { expect, test } from 'vitest'
import { dashed } from './dashes'

const length = (line: readonly (readonly [number, number])[]) =>
  line.slice(1).reduce((sum, to, i) => sum + Math.hypot(to[0] - line[i]![0], to[1] - line[i]![1]), 0)

test('strokes have the lengths of the pattern, also around corners', () => {
  const strokes = dashed(
    [
      [0, 0],
      [7, 0],
      [7, 20],
    ],
    [5, 2, 1, 2],
  )
  expect(
    strokes
      .slice(0, 4)
      .map(length)
      .map((value) => Math.round(value * 1e9) / 1e9),
  ).toEqual([5, 1, 5, 1])
  expect(strokes[1]).toEqual([
    [7, 0],
    [7, 1],
  ])
})
