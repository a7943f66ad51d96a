import type { EpochMillis } from '../time'
import { scenes } from './scenes'
import type { WallAct, WallState } from './wallState'
import { MAP_LAYERS } from './wallState'

/** A wall that nobody has steered yet. */
export const firstState = (at: EpochMillis): WallState => ({
  scene: 'home',
  movedAt: at,
  layers: [...scenes.home.layers],
  panels: [...scenes.home.panels],
  theme: 'dark',
  flat: false,
  audience: 'internal',
  bookmarks: [],
})

/** What an act makes of a wall's state, or why it makes nothing of it. */
export type Steered = { readonly state: WallState } | { readonly refused: 'wall.noBookmark' | 'wall.manyBookmarks' }

const MOST_BOOKMARKS = 24

/**
 * The state after an act. Pure: the same acts in the same order give the same wall on every server.
 * @param at machine time of the act
 */
export function steer(state: WallState, act: WallAct, at: EpochMillis): Steered {
  switch (act.kind) {
    case 'keep':
      return kept(state, act)
    case 'goTo':
      return wentTo(state, act.name, at)
    case 'layer':
      return {
        state: { ...state, layers: MAP_LAYERS.filter((one) => (one === act.layer ? act.shown : has(state, one))) },
      }
    case 'release':
      return { state: without(state, 'asOf') }
    case 'hold':
      return { state: without(state, 'carousel') }
    case 'freeze':
      return { state: { ...state, asOf: act.at } }
    case 'forget':
      return { state: { ...state, bookmarks: state.bookmarks.filter(({ name }) => name !== act.name) } }
    default:
      return { state: shown(state, act, at) }
  }
}

type Shown = Exclude<WallAct, { kind: 'keep' | 'goTo' | 'layer' | 'release' | 'hold' | 'freeze' | 'forget' }>

function shown(state: WallState, act: Shown, at: EpochMillis): WallState {
  switch (act.kind) {
    case 'scene': {
      const { layers, panels } = scenes[act.scene]
      const still = without(without(state, 'camera'), 'carousel')
      return { ...still, scene: act.scene, movedAt: at, layers: [...layers], panels: [...panels] }
    }
    case 'camera':
      return { ...without(state, 'carousel'), camera: act.camera, movedAt: at }
    case 'home':
      return { ...without(state, 'camera'), movedAt: at }
    case 'panels':
      return { ...state, panels: act.panels }
    case 'theme':
      return { ...state, theme: act.theme }
    case 'flat':
      return { ...state, flat: act.flat }
    case 'audience':
      return { ...state, audience: act.audience }
    case 'carousel':
      return { ...without(state, 'camera'), carousel: { scenes: act.scenes, seconds: act.seconds, since: at } }
    case 'world': {
      const elsewhere = without(without(without(state, 'camera'), 'asOf'), 'world')
      return { ...elsewhere, movedAt: at, ...(act.world === null ? {} : { world: act.world }) }
    }
  }
}

function kept(
  state: WallState,
  { name, camera }: { name: string; camera: WallState['bookmarks'][number]['camera'] },
): Steered {
  const others = state.bookmarks.filter((one) => one.name !== name)
  if (others.length >= MOST_BOOKMARKS) return { refused: 'wall.manyBookmarks' }
  return { state: { ...state, bookmarks: [...others, { name, camera }] } }
}

function wentTo(state: WallState, name: string, at: EpochMillis): Steered {
  const found = state.bookmarks.find((one) => one.name === name)
  if (found === undefined) return { refused: 'wall.noBookmark' }
  return { state: { ...without(state, 'carousel'), camera: found.camera, movedAt: at } }
}

const has = ({ layers }: WallState, layer: (typeof MAP_LAYERS)[number]): boolean => layers.includes(layer)

function without(state: WallState, name: 'camera' | 'asOf' | 'carousel' | 'world'): WallState {
  const { [name]: _gone, ...rest } = state
  return rest
}
