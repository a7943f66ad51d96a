import { createContext, useContext } from 'react'
import type { World } from '@/domain/world'
import type { PictureClient } from '@/app/picture/pictureClient'
import type { CatalogueIndex } from '@/app/situation/catalogueIndex'
import type { EpochMillis } from '@/domain/time'

/** What every part of a wall reads: the World, its picture as presented, its catalogue and its time. */
export interface Wall {
  readonly world: World
  readonly client: PictureClient
  readonly index: CatalogueIndex
  readonly now: EpochMillis
  /** Rises with each presentation and each second: whatever reads the picture is drawn anew. */
  readonly version: string
}

export const WallContext = createContext<Wall | undefined>(undefined)

export function useWall(): Wall {
  const wall = useContext(WallContext)
  if (wall === undefined) throw new Error('A part of the wall must stand inside its WallContext.')
  return wall
}
