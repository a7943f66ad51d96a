import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classOfCode, DEPTH_LINES_CM, depthScale, encodeDepth } from './depthScale'
import { BadDepthTile, cutDepthTiles, decodeDepthTile, encodeDepthTile, TILE_CELLS } from './depthTiles'

const scale = depthScale()
const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, k) => byte === other[k])

test('every depth line has a code of its own, exactly', () => {
  for (const [k, line] of DEPTH_LINES_CM.entries()) {
    const code = scale.lineCodes[k]!
    expect(scale.least_m[code]).toBe(Math.fround(line / 100))
    expect(encodeDepth(scale, line / 100)).toBe(code)
    expect(encodeDepth(scale, line / 100 - 1e-6)).toBe(code - 1)
    expect(classOfCode(scale, code)).toBe(k + 1)
    expect(classOfCode(scale, code - 1)).toBe(k)
  }
})

test('codes rise with the depth, in steps below 3 percent', () => {
  for (let code = 2; code <= 255; code++) {
    const ratio = scale.least_m[code]! / scale.least_m[code - 1]!
    expect(ratio).toBeGreaterThan(1)
    expect(ratio).toBeLessThan(1.03)
  }
  expect(encodeDepth(scale, 0)).toBe(0)
  expect(encodeDepth(scale, 0.009)).toBe(0)
  expect(encodeDepth(scale, 500)).toBe(255)
})

test('the class of a depth and the class of its code never differ', () => {
  fc.assert(
    fc.property(fc.float({ min: 0, max: 12, noNaN: true }), (depth) => {
      const right = DEPTH_LINES_CM.filter((line) => depth >= Math.fround(line / 100)).length
      expect(classOfCode(scale, encodeDepth(scale, depth))).toBe(right)
    }),
  )
})

test('a city may set other lines; lines that do not rise are refused', () => {
  const other = depthScale([10, 30, 60])
  expect(other.lineCodes.map((code) => other.least_m[code])).toEqual([0.1, 0.3, 0.6].map(Math.fround))
  expect(() => depthScale([30, 20])).toThrow(RangeError)
})

test('tiles come back as they went, whole and as differences', () => {
  const [columns, rows] = [200, 150]
  const depth_m = Float32Array.from({ length: columns * rows }, (_, k) => Math.max(0, Math.sin(k / 900)))
  const first = cutDepthTiles(scale, { columns, rows, depth_m })
  const second = cutDepthTiles(scale, {
    columns,
    rows,
    depth_m: depth_m.map((depth, k) => (k < 3000 ? depth * 1.3 : depth)),
  })
  expect(first.length).toBe(4)
  expect(first[1]![columns - TILE_CELLS - 1]).toBe(encodeDepth(scale, depth_m[columns - 1]!))
  for (const [k, codes] of first.entries()) {
    const held = decodeDepthTile(encodeDepthTile(codes)!)
    expect(held).toEqual(codes)
    const delta = encodeDepthTile(second[k]!, codes)
    if (k < 2) expect(decodeDepthTile(delta!, held)).toEqual(second[k])
    else expect(delta).toBeUndefined()
  }
})

test('any codes survive, and broken bytes are refused', () => {
  const tile = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 60 }).map((some) => {
    const codes = new Uint8Array(TILE_CELLS ** 2)
    some.forEach((code, k) => codes.fill(code, k * 270, k * 270 + 1 + (code % 200)))
    return codes
  })
  fc.assert(
    fc.property(tile, tile, (codes, before) => {
      const delta = encodeDepthTile(codes, before)
      expect(isSame(decodeDepthTile(encodeDepthTile(codes)!), codes)).toBe(true)
      expect(isSame(delta === undefined ? before : decodeDepthTile(delta, before), codes)).toBe(true)
    }),
    { numRuns: 20 },
  )
  expect(() => decodeDepthTile(Uint8Array.of(2, 0))).toThrow(BadDepthTile)
  expect(() => decodeDepthTile(Uint8Array.of(1, 5))).toThrow(BadDepthTile)
  expect(() => decodeDepthTile(Uint8Array.of(9))).toThrow(BadDepthTile)
})
