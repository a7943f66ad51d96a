import { expect, test } from 'vitest'
import { windowOfTile } from '@/domain/wall/wallLayout'
import { cropMatrix } from './wallCrop'

const grid = { columns: 3, rows: 2, tileWidth: 1000, tileHeight: 500, bezelX: 20, bezelY: 10 }

test('the middle of a tile is the middle of its own clip space', () => {
  const window = windowOfTile(grid, 3, 2)
  expect(window).toEqual({ fullWidth: 3040, fullHeight: 1010, x: 2040, y: 510, width: 1000, height: 500 })
  const clip = [((2040 + 500) / 3040) * 2 - 1, 1 - ((510 + 250) / 1010) * 2, 0.3, 1]
  const [x, y, z, w] = cropMatrix(window).transform(clip)
  expect(x).toBeCloseTo(0, 9)
  expect(y).toBeCloseTo(0, 9)
  expect([z, w]).toEqual([0.3, 1])
})

test('the corner of a tile is the corner of clip space, at any depth', () => {
  const window = windowOfTile(grid, 1, 1)
  const w = 7
  const clip = [w * ((1000 / 3040) * 2 - 1), w * (1 - (500 / 1010) * 2), 0, w]
  const [x, y] = cropMatrix(window).transform(clip)
  expect([x! / w, y! / w]).toEqual([expect.closeTo(1, 9), expect.closeTo(-1, 9)])
})
