import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BadDepthTile, TILE_CELLS } from './depthTiles'
import { packFrame, unpackFrame } from './framePack'

const tile = (fill: number): Uint8Array => new Uint8Array(TILE_CELLS ** 2).fill(fill, 100, 900)
const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.every((byte, k) => byte === other[k])
const frames = fc.array(
  fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 255 })), {
    selector: ([number]) => number,
    maxLength: 5,
  }),
  { minLength: 1, maxLength: 5 },
)

test('frames come back one on the other, tiles that dried are gone', () => {
  fc.assert(
    fc.property(frames, (list) => {
      let before = new Map<number, Uint8Array>()
      let held = new Map<number, Uint8Array>()
      for (const wet of list) {
        const next = new Map(wet.map(([number, fill]) => [number, tile(fill)]))
        held = unpackFrame(packFrame(next, before), held)
        expect([...held.keys()].sort()).toEqual([...next.keys()].sort())
        expect([...held].every(([number, codes]) => isSame(codes, next.get(number)!))).toBe(true)
        before = next
      }
    }),
    { numRuns: 8 },
  )
})

test('a frame that breaks off is refused', () => {
  const packed = packFrame(new Map([[3, tile(9)]]))
  expect(() => unpackFrame(packed.subarray(0, 5))).toThrow(BadDepthTile)
  expect(() => unpackFrame(packed.subarray(0, packed.length - 1))).toThrow(BadDepthTile)
})
