import { expect, test } from 'vitest'
import { apart } from './apart'

test('labels far from each other stay where they want to be', () => {
  expect(apart([10, 50, 90], 15)).toEqual([10, 50, 90])
})

test('labels that would touch move apart around their middle and keep their order', () => {
  expect(apart([50, 52], 10)).toEqual([46, 56])
  expect(apart([52, 50, 51], 10)).toEqual([61, 41, 51])
})

test('a block that grows into its neighbour takes it along', () => {
  const placed = apart([10, 12, 24], 10)
  expect(placed[1]! - placed[0]!).toBeGreaterThanOrEqual(10)
  expect(placed[2]! - placed[1]!).toBeGreaterThanOrEqual(10)
})
