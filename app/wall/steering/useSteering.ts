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
  if (wall === undefined) return UNSTEERED
  if (orders === undefined || client === undefined) return undefined
  return steeringOf(orders, client, tile)
}

function steeringOf(orders: WallOrders, client: WallClient, tile: WallTile | undefined): Steering | 'noTile' {
  const { state, layout } = orders
  const common = { state: state.body, version: state.version, client }
  if (tile === undefined) return { ...common, tile: undefined }
  if (!hasTile(layout.body, tile)) return 'noTile'
  const window = windowOfTile(layout.body, tile.column, tile.row)
  return { ...common, tile: { name: nameOfTile(tile), layout: layout.body, window } }
}
