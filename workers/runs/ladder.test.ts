import { expect, test } from 'vitest'
import { Ladder } from './ladder'

function stand(deadline: number) {
  const clock = { now: 0 }
  return { clock, ladder: new Ladder(deadline, () => clock.now) }
}

test('the whole model goes on as long as its pace will do, however long the city took to read', () => {
  const { clock, ladder } = stand(120_000)
  expect(ladder.first(undefined)).toBe('full')
  const goesOn = ladder.begin('full')
  clock.now = 20_000
  expect(goesOn(0)).toBe(true)
  clock.now = 22_000
  expect(goesOn(0.05)).toBe(true) // 40 s in all, until 60 s
})

test('a pace that will be late gives way to the coarse grid, and so does a stand-still', () => {
  const { clock, ladder } = stand(120_000)
  const slow = ladder.begin('full')
  expect(slow(0)).toBe(true)
  clock.now = 8_000
  expect(slow(0.05)).toBe(false)
  expect(ladder.below('full')).toBe('coarse')
  expect(ladder.below('coarse')).toBeUndefined()
  clock.now = 73_000
  expect(slow(0.9)).toBe(false)
})

test('near the deadline the coarse grid begins at once and is never given up; a repeat keeps its rung', () => {
  const { clock, ladder } = stand(15_000)
  expect(ladder.first(undefined)).toBe('coarse')
  expect(ladder.first('full')).toBe('full')
  const goesOn = ladder.begin('coarse')
  clock.now = 500_000
  expect(goesOn(0.1)).toBe(true)
})
