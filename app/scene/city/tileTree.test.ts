import { expect, test } from 'vitest'
import type { TileAddress } from '@/domain/geodesy/webMercator'
import { tileName } from './mercatorTile'
import { chooseTiles } from './tileTree'

const root = { z: 10, x: 0, y: 0 }
/** A tile is as many px as its zoom leaves of 2048. */
const view = { sees: () => true, pixels: ({ z }: TileAddress) => 2048 / 2 ** (z - 10) }
const choose = (ready: readonly string[], sees = view.sees) =>
  chooseTiles([root], { ...view, sees }, { target: 1024, maxZoom: 15, ready: (name) => ready.includes(name) })

const names = (tiles: readonly TileAddress[]) => tiles.map(tileName).sort()

test('first the root is wanted, and nothing is drawn', () => {
  expect(choose([])).toEqual({ draw: [], want: [root], hold: [] })
})

test('a parent stays until all its children are ready', () => {
  const first = choose(['10/0/0', '11/0/0'])
  expect(names(first.draw)).toEqual(['10/0/0'])
  expect(names(first.want)).toEqual(['11/0/1', '11/1/0', '11/1/1'])
  const all = choose(['10/0/0', '11/0/0', '11/0/1', '11/1/0', '11/1/1'])
  expect(names(all.draw)).toEqual(['11/0/0', '11/0/1', '11/1/0', '11/1/1'])
  expect(all.want).toEqual([])
  expect(names(all.hold)).toContain('10/0/0') // the way down
})

test('children that nobody sees are neither wanted nor waited for', () => {
  const west = ({ z, x }: TileAddress) => z === 10 || x === 0
  const choice = chooseTiles(
    [root],
    { ...view, sees: west },
    { target: 1024, maxZoom: 15, ready: (name) => ['10/0/0', '11/0/0', '11/0/1'].includes(name) },
  )
  expect(names(choice.draw)).toEqual(['11/0/0', '11/0/1'])
  expect(choice.want).toEqual([])
})
