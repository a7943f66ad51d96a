import { z } from 'zod'
import { Key } from '../ids'
import { EpochMillis } from '../time'
import { HomeView } from '../world'

/** What may be shown or hidden on the map, each as a whole. */
export const MAP_LAYERS = ['sensors', 'plates', 'movers', 'names', 'water', 'underground'] as const
export const MapLayer = z.enum(MAP_LAYERS)
export type MapLayer = z.infer<typeof MapLayer>

/** What may stand right of now. */
export const PANELS = ['usual', 'next', 'decide', 'districts', 'feeds'] as const
export const Panel = z.enum(PANELS)
export type Panel = z.infer<typeof Panel>

/** A wall's scenes: what a hazard needs to be seen, in one key. */
export const SCENES = ['home', 'flood', 'traffic', 'quake', 'underground', 'calm', 'districts'] as const
export const SceneKey = z.enum(SCENES)
export type SceneKey = z.infer<typeof SceneKey>

const Bookmark = z.object({ name: z.string().trim().min(1).max(40), camera: HomeView }).readonly()
export type Bookmark = z.infer<typeof Bookmark>

/**
 * All that a desk decides for a wall. Every tile draws from it, so a tile that starts again is where the others are.
 * Zooms are meant for a map 880 px high, as a World's home view is.
 */
export const WallState = z
  .object({
    /** The World it shows; without one the installation's own. */
    world: Key.optional(),
    scene: SceneKey,
    /** Where the camera looks; without one the scene's own pose. */
    camera: HomeView.optional(),
    /** Machine time at which the camera set out: all tiles move together. */
    movedAt: EpochMillis,
    layers: z.array(MapLayer).readonly(),
    /** At most two, from now on to the right. */
    panels: z.array(Panel).min(1).max(2).readonly(),
    theme: z.enum(['dark', 'light']),
    flat: z.boolean(),
    /** Frozen: what was known at this moment of the World is shown. */
    asOf: EpochMillis.optional(),
    /** With visitors in the room, what is not verified or not decided is not shown. */
    audience: z.enum(['internal', 'visitors']),
    /** Scenes in turn, counted from `since`, machine time; every tile counts for itself. */
    carousel: z
      .object({ scenes: z.array(SceneKey).min(2).max(7).readonly(), seconds: z.number().int(), since: EpochMillis })
      .readonly()
      .optional(),
    bookmarks: z.array(Bookmark).max(24).readonly(),
  })
  .readonly()
export type WallState = z.infer<typeof WallState>

/** One act of steering. */
export const WallAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scene'), scene: SceneKey }),
  z.object({ kind: z.literal('camera'), camera: HomeView }),
  z.object({ kind: z.literal('home') }),
  z.object({ kind: z.literal('layer'), layer: MapLayer, shown: z.boolean() }),
  z.object({ kind: z.literal('panels'), panels: z.array(Panel).min(1).max(2) }),
  z.object({ kind: z.literal('theme'), theme: z.enum(['dark', 'light']) }),
  z.object({ kind: z.literal('flat'), flat: z.boolean() }),
  z.object({ kind: z.literal('freeze'), at: EpochMillis }),
  z.object({ kind: z.literal('release') }),
  z.object({ kind: z.literal('audience'), audience: z.enum(['internal', 'visitors']) }),
  z.object({
    kind: z.literal('carousel'),
    scenes: z.array(SceneKey).min(2).max(7),
    seconds: z.number().int().min(10).max(3600),
  }),
  z.object({ kind: z.literal('hold') }),
  z.object({ kind: z.literal('keep'), name: z.string().trim().min(1).max(40), camera: HomeView }),
  z.object({ kind: z.literal('forget'), name: z.string() }),
  z.object({ kind: z.literal('goTo'), name: z.string() }),
  z.object({ kind: z.literal('world'), world: Key.nullable() }),
])
export type WallAct = z.infer<typeof WallAct>
