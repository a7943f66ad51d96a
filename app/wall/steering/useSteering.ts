'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import type { WallOrders } from '@/domain/api/wall'
import { firstState } from '@/domain/wall/steer'
import type { WallLayout, WallTile, WallWindow } from '@/domain/wall/wallLayout'
import { hasTile, nameOfTile, windowOfTile } from '@/domain/wall/wallLayout'
import type { WallState } from '@/domain/wall/wallState'
import { epochMillis } from '@/domain/time'
import { WallClient } from './wallClient'

/** What a desk decided for this screen. */
export interface Steering {
  readonly state: WallState
  /** Version of that state; 0 for a screen that nobody steers. */
  readonly version: number
  /** Set on a tile of a wall: its part of the whole. */
  readonly tile: TileOf | undefined
  readonly client: WallClient | undefined
}

export interface TileOf {
  readonly name: string
  readonly layout: WallLayout
  readonly window: WallWindow
}

/** A screen that looks at a World of its own choice. */
export const UNSTEERED: Steering = { state: firstState(epochMillis(0)), version: 0, tile: undefined, client: undefined }

const nothing = (): undefined => undefined
const deaf = (): (() => void) => nothing

/** The steering of a wall, or of one of its tiles; undefined until its orders are known. */
export function useSteering(wall: string | undefined, tile: WallTile | undefined): Steering | undefined | 'noTile' {
  const [client, setClient] = useState<WallClient>()
  useEffect(() => {
    if (wall === undefined) return undefined
    const opened = new WallClient(wall)
    opened.start()
    setClient(opened)
    return () => {
      opened.stop()
      setClient(undefined)
    }
  }, [wall])
  const orders = useSyncExternalStore(client?.subscribe ?? deaf, client?.orders ?? nothing, nothing)
  const part = usePart(orders, tile)
  if (wall === undefined) return UNSTEERED
  if (orders === undefined || client === undefined) return undefined
  if (part === 'noTile') return part
  return { state: orders.state.body, version: orders.state.version, client, tile: part }
}

/** The same object until the layout changes: an act of steering moves no window. */
function usePart(orders: WallOrders | undefined, tile: WallTile | undefined): ReturnType<typeof partOf> {
  const [held, setHeld] = useState<{ version: number | undefined; part: ReturnType<typeof partOf> }>()
  const version = orders?.layout.version
  if (held !== undefined && held.version === version) return held.part
  const next = { version, part: partOf(orders?.layout.body, tile) }
  setHeld(next)
  return next.part
}

function partOf(layout: WallLayout | undefined, tile: WallTile | undefined): TileOf | undefined | 'noTile' {
  if (layout === undefined || tile === undefined) return undefined
  if (!hasTile(layout, tile)) return 'noTile'
  return { name: nameOfTile(tile), layout, window: windowOfTile(layout, tile.column, tile.row) }
}
