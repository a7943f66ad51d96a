import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LabelWish } from './solveLabels'
import { overlaps, solveLabels } from './solveLabels'

const frame = { left: 0, top: 0, width: 800, height: 600 }
const wish = (key: string, x: number, y: number, rank = 0): LabelWish => ({
  key,
  x,
  y,
  rank,
  width: 100,
  height: 20,
  gap: 12,
})

test('right, then left, then above, then folded by rank', () => {
  const at = ['a', 'b', 'c', 'd'].map((key, rank) => wish(key, 400, 300, rank))
  const { placed, folded } = solveLabels([...at].reverse(), frame, [])
  expect(placed.map(({ key, side }) => `${key} ${side}`)).toEqual(['a right', 'b left', 'c up'])
  expect(folded).toEqual(['d'])
})

test('a plate at the right edge stands to the left of its point', () => {
  expect(solveLabels([wish('a', 780, 300)], frame, []).placed[0]?.side).toBe('left')
})

test('whatever is asked, nothing overlaps, nothing leaves the frame and nothing is lost', () => {
  const any = fc.array(
    fc.record({ x: fc.integer({ min: -50, max: 850 }), y: fc.integer({ min: -50, max: 650 }), rank: fc.nat(5) }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(any, (points) => {
      const wishes = points.map(({ x, y, rank }, i) => wish(String(i), x, y, rank))
      const { placed, folded } = solveLabels(wishes, frame, [{ left: 0, top: 0, width: 200, height: 100 }])
      const boxes = placed.map(({ left, top }) => ({ left, top, width: 100, height: 20 }))
      boxes.forEach((box, i) => {
        expect(box.left >= 0 && box.top >= 0 && box.left + 100 <= 800 && box.top + 20 <= 600).toBe(true)
        for (const other of boxes.slice(i + 1)) expect(overlaps(box, other)).toBe(false)
      })
      expect(placed.length + folded.length).toBe(wishes.length)
    }),
  )
})
