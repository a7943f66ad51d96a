import type { HomeView } from '../world'
import type { MapLayer, Panel, SceneKey, WallState } from './wallState'

/** What a scene shows, and how it stands to the World's home view. Degrees, steps of zoom. */
export interface Scene {
  readonly layers: readonly MapLayer[]
  readonly panels: readonly Panel[]
  readonly pitch?: number
  readonly nearer?: number
}

const USUAL: readonly MapLayer[] = ['sensors', 'plates', 'movers', 'names', 'water']

/** Presets per hazard: the layers that answer its questions and the angle that shows them. */
export const scenes: Readonly<Record<SceneKey, Scene>> = {
  home: { layers: USUAL, panels: ['usual', 'feeds'] },
  flood: { layers: ['sensors', 'plates', 'names', 'water'], panels: ['next', 'decide'], nearer: 0.4 },
  traffic: { layers: ['movers', 'sensors', 'names'], panels: ['usual', 'feeds'], pitch: 40, nearer: 0.6 },
  quake: { layers: ['sensors', 'plates', 'names'], panels: ['usual', 'decide'], pitch: 45 },
  underground: { layers: ['sensors', 'names', 'underground'], panels: ['usual', 'feeds'], pitch: 50, nearer: 1 },
  calm: { layers: ['names', 'water'], panels: ['usual', 'feeds'] },
  districts: { layers: ['names'], panels: ['districts', 'decide'], pitch: 0 },
}

/** Where a scene's camera stands over a World. */
export function sceneView(scene: SceneKey, home: HomeView): HomeView {
  const { pitch = home.pitch, nearer = 0 } = scenes[scene]
  return { ...home, pitch, zoom: Math.min(22, home.zoom + nearer), bearing: pitch === 0 ? 0 : home.bearing }
}

/** The scene that is on at a machine time: the carousel's turn, or the one that was chosen. */
export function sceneAt(
  { scene, carousel }: WallState,
  at: number,
): { readonly scene: SceneKey; readonly from: number } {
  if (carousel === undefined) return { scene, from: 0 }
  const { scenes: turn, seconds, since } = carousel
  const round = Math.max(0, Math.floor((at - since) / (seconds * 1000)))
  return { scene: turn[round % turn.length]!, from: since + round * seconds * 1000 }
}
