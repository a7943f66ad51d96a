import { expect, test } from 'vitest'
import { depthScale, encodeDepth } from '@/domain/flood/depthScale'
import { TILE_CELLS } from '@/domain/flood/depthTiles'
import { waterRuns } from './floodLayer'

const grid = { columns: 200, rows: 150, west: 114, south: 30, stepLongitude: 1e-4, stepLatitude: 1e-4 }
const code = (cm: number): number => encodeDepth(depthScale(), cm / 100)
const tile = (cells: readonly (readonly [x: number, y: number, cm: number])[]): Uint8Array => {
  const codes = new Uint8Array(TILE_CELLS ** 2)
  for (const [x, y, cm] of cells) codes[y * TILE_CELLS + x] = code(cm)
  return codes
}

test('cells of one class beside each other are one run, classes are cut exactly at their lines', () => {
  const tiles = new Map([
    [
      0,
      tile([
        [3, 5, 15],
        [4, 5, 26.9],
        [5, 5, 27],
        [6, 5, 95],
        [8, 5, 95],
      ]),
    ],
  ])
  expect(waterRuns({ tiles, grid, outdated: false })).toEqual([
    { row: 5, from: 3, until: 5, depthClass: 1 },
    { row: 5, from: 5, until: 6, depthClass: 2 },
    { row: 5, from: 6, until: 7, depthClass: 4 },
    { row: 5, from: 8, until: 9, depthClass: 4 },
  ])
})

test('a tile lies where its number says, and what is under the first line is not drawn', () => {
  const tiles = new Map([
    [
      3,
      tile([
        [0, 0, 60],
        [9, 9, 10],
      ]),
    ],
  ])
  const at = { row: TILE_CELLS, from: TILE_CELLS, until: TILE_CELLS + 1 }
  expect(waterRuns({ tiles, grid, outdated: false })).toEqual([{ ...at, depthClass: 3 }])
})

test('what is out of date is hatched along diagonals: half of it, never all and never none', () => {
  const full = new Uint8Array(TILE_CELLS ** 2).fill(code(30))
  const cells = (outdated: boolean): number =>
    waterRuns({ tiles: new Map([[0, full]]), grid, outdated }).reduce((sum, { from, until }) => sum + until - from, 0)
  expect(cells(false)).toBe(TILE_CELLS ** 2)
  expect(cells(true)).toBe(TILE_CELLS ** 2 / 2)
})
