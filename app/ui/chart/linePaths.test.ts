import { expect, test } from 'vitest'
import { bandPath, pathOf, segmentsOf, silentGap } from './linePaths'

test('a line breaks where nothing was heard for longer than the gap', () => {
  expect(segmentsOf([0, 10, 20, 90, 100], 30)).toEqual([
    [0, 3],
    [3, 5],
  ])
  expect(segmentsOf([], 30)).toEqual([])
  expect(segmentsOf([5], 30)).toEqual([[0, 1]])
})

test('a band needs two hours that are known', () => {
  const place = (time: number, value: number) => [time, value] as const
  expect(bandPath([0, 1], [0, Number.NaN], [2, 2], place)).toBe('')
  expect(bandPath([0, 1], [0, 1], [2, 3], place)).toBe(
    pathOf([
      [0, 2],
      [1, 3],
      [1, 1],
      [0, 0],
    ]) + 'Z',
  )
})

test('a thinned series is not silent between its samples, a sparse one keeps its stated gap', () => {
  expect(silentGap([0, 300, 600, 900, 5000], 30)).toBe(1200)
  expect(silentGap([0, 10, 20], 90)).toBe(90)
  expect(silentGap([], 90)).toBe(90)
})
