import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outlineOf } from './cellOutline'
import type { CellMask, Corner } from './cellOutline'

const masks = fc
  .array(fc.integer({ min: 0, max: 1 }), { minLength: 48, maxLength: 48 })
  .map((cells): CellMask => ({ columns: 8, rows: 6, marked: Uint8Array.from(cells) }))

function inside(ring: readonly Corner[], x: number, y: number): boolean {
  let odd = false
  for (const [i, [ax, ay]] of ring.entries()) {
    const [bx, by] = ring[(i + 1) % ring.length]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd
  }
  return odd
}

test('the middle of a cell is inside exactly one shape when it is marked, and in none when it is not', () => {
  fc.assert(
    fc.property(masks, (mask) => {
      const shapes = outlineOf(mask, 0)
      const held = [...mask.marked.keys()].map((cell) => {
        // A little off the middle, so that no corner of an outline lies level with it.
        const [x, y] = [(cell % 8) + 0.501, Math.floor(cell / 8) + 0.502]
        return shapes.filter(({ outer, holes }) => inside(outer, x, y) && !holes.some((hole) => inside(hole, x, y)))
          .length
      })
      expect(held).toEqual([...mask.marked])
    }),
    { numRuns: 500 },
  )
})

test('a ring of cells has one hole, which is filled when it is small', () => {
  const marked = Uint8Array.from([1, 1, 1, 1, 0, 1, 1, 1, 1])
  expect(outlineOf({ columns: 3, rows: 3, marked }, 0)[0]!.holes).toHaveLength(1)
  expect(outlineOf({ columns: 3, rows: 3, marked }, 2)[0]!.holes).toHaveLength(0)
  expect(outlineOf({ columns: 0, rows: 0, marked: new Uint8Array() }, 0)).toEqual([])
})
