import { expect, test } from 'vitest'
import { epochMillis } from '../time'
import { sceneAt, sceneView } from './scenes'
import { skewOf } from './skew'
import { firstState, steer } from './steer'
import { hasTile, nameOfTile, stretches, tileOfName, windowOfTile, within } from './wallLayout'
import type { WallAct, WallState } from './wallState'
import { WallState as WallStateSchema } from './wallState'

const at = (ms: number) => epochMillis(ms)
const home = { longitude: 114, latitude: 30, zoom: 12, pitch: 33, bearing: 10 }
const after = (state: WallState, ...acts: WallAct[]): WallState =>
  acts.reduce((held, act, i) => {
    const steered = steer(held, act, at(1000 + i))
    if ('refused' in steered) throw new Error(steered.refused)
    return steered.state
  }, state)

const grid = { columns: 3, rows: 2, tileWidth: 1000, tileHeight: 500, bezelX: 20, bezelY: 10 }

test('tiles and bezels make the whole wall, none left out and none twice', () => {
  let covered = 0
  for (let row = 1; row <= 2; row++)
    for (let column = 1; column <= 3; column++) {
      const { x, y, width, height, fullWidth, fullHeight } = windowOfTile(grid, column, row)
      expect([x, y]).toEqual([(column - 1) * 1020, (row - 1) * 510])
      covered += width * height
      if (column === 3 && row === 2) expect([x + width, y + height]).toEqual([fullWidth, fullHeight])
    }
  expect(covered).toBe(6 * 1000 * 500)
})

test('a tile has one name; what is no tile has none', () => {
  expect(tileOfName('2-1')).toEqual({ wall: 'main', column: 2, row: 1 })
  expect(tileOfName('foyer-12-3')).toEqual({ wall: 'foyer', column: 12, row: 3 })
  for (const name of ['', '0-1', '2', 'Foyer-1-1', '1-1-1-1', '../1-1']) expect(tileOfName(name), name).toBeUndefined()
  for (const name of ['2-1', 'foyer-12-3']) expect(nameOfTile(tileOfName(name)!)).toBe(name)
  expect(hasTile(grid, tileOfName('3-2')!)).toBe(true)
  expect(hasTile(grid, tileOfName('4-1')!)).toBe(false)
})

test('text keeps off the bezels, and the picture goes through them', () => {
  const free = stretches(3, 1000, 20)
  expect(free).toEqual([
    { from: 0, to: 940 },
    { from: 1080, to: 1960 },
    { from: 2100, to: 3040 },
  ])
  expect(within({ from: 900, to: 1500 }, free)).toEqual({ from: 1080, to: 1500 })
  expect(stretches(3, 1000, 0)).toEqual([{ from: 0, to: 3000 }])
})

test('acts give the same state in the same order, and a state that its schema knows', () => {
  const acts: WallAct[] = [
    { kind: 'scene', scene: 'flood' },
    { kind: 'camera', camera: home },
    { kind: 'layer', layer: 'names', shown: false },
    { kind: 'keep', name: '江边', camera: { ...home, zoom: 15 } },
    { kind: 'home' },
    { kind: 'goTo', name: '江边' },
    { kind: 'freeze', at: at(5) },
    { kind: 'audience', audience: 'visitors' },
  ]
  const state = after(firstState(at(0)), ...acts)
  expect(state).toEqual(after(firstState(at(0)), ...acts))
  expect(WallStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state)
  expect(state).toMatchObject({ scene: 'flood', asOf: 5, audience: 'visitors', camera: { zoom: 15 }, movedAt: 1005 })
  expect(state.layers).not.toContain('names')
  expect(after(state, { kind: 'release' })).not.toHaveProperty('asOf')
})

test('a scene takes back the camera and the carousel; a bookmark that is not there is refused', () => {
  const state = after(firstState(at(0)), { kind: 'carousel', scenes: ['home', 'calm'], seconds: 10 })
  expect(after(state, { kind: 'scene', scene: 'quake' })).not.toHaveProperty('carousel')
  expect(steer(state, { kind: 'goTo', name: '无' }, at(1))).toEqual({ refused: 'wall.noBookmark' })
})

test('a carousel turns by the clock alone, so every tile turns at once', () => {
  const state = after(firstState(at(0)), { kind: 'carousel', scenes: ['home', 'calm', 'quake'], seconds: 10 })
  const since = state.carousel!.since
  const turn = [0, 9_999, 10_000, 20_000, 30_000].map((ms) => sceneAt(state, since + ms).scene)
  expect(turn).toEqual(['home', 'home', 'calm', 'quake', 'home'])
  expect(sceneAt(state, since + 12_345).from).toBe(since + 10_000)
})

test('the scene of districts looks straight down, north up', () => {
  expect(sceneView('districts', home)).toMatchObject({ pitch: 0, bearing: 0 })
  expect(sceneView('home', home)).toEqual(home)
})

test('skew is measured at the newest moment that every screen drew, and at no other', () => {
  const screen = (shown: [number, number][], clockError = 2) => ({ shown, clockError })
  const three = [
    screen([
      [1, 101],
      [2, 203],
      [3, 301],
    ]),
    screen([
      [1, 102],
      [2, 190],
    ]),
    screen(
      [
        [2, 199],
        [3, 300],
      ],
      7,
    ),
  ]
  expect(skewOf(three)).toEqual({ at: 2, spread: 13, screens: 3, clockError: 7 })
  expect(skewOf(three.slice(0, 1))).toBeUndefined()
  expect(skewOf([screen([[1, 1]]), screen([[2, 2]])])).toBeUndefined()
})
