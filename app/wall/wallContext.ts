import { createContext, useContext } from 'react'
import type { World } from '@/domain/world'
import type { PictureStore } from '@/domain/fold/picture'
import type { LookBack } from '@/app/picture/lookBack'
import type { PictureClient } from '@/app/picture/pictureClient'
import type { CatalogueIndex } from '@/app/situation/catalogueIndex'
import type { EpochMillis } from '@/domain/time'
import type { MapLayer, Panel, SceneKey } from '@/domain/wall/wallState'
import type { Steering } from './steering/useSteering'

/** What of its state a wall shows now: a carousel's turn, or what was chosen. */
export interface ShownScene {
  readonly scene: SceneKey
  /** Machine time at which its camera set out. */
  readonly from: number
  readonly layers: ReadonlySet<MapLayer>
  readonly panels: readonly Panel[]
}

/** What every part of a wall reads: the World, its picture as presented, its catalogue and its time. */
export interface Wall {
  readonly world: World
  /** Follows the living picture; read `picture`, which may be a past one. */
  readonly client: PictureClient
  readonly picture: PictureStore
  readonly index: CatalogueIndex
  /** The moment that is shown, World time: the present, or the moment of a look back. */
  readonly now: EpochMillis
  /** Set in a look back: nothing that became known later is shown. */
  readonly asOf: EpochMillis | undefined
  /** The World's present, also in a look back. */
  readonly present: EpochMillis
  readonly lookBack: LookBack
  /** What a desk decided for this screen, and what of it is shown now. */
  readonly steering: Steering
  readonly shown: ShownScene
  /** Rises with each presentation and each second: whatever reads the picture is drawn anew. */
  readonly version: string
}

export const WallContext = createContext<Wall | undefined>(undefined)

export function useWall(): Wall {
  const wall = useContext(WallContext)
  if (wall === undefined) throw new Error('A part of the wall must stand inside its WallContext.')
  return wall
}
