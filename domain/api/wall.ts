import { z } from 'zod'
import { EpochMillis } from '../time'
import { Beat } from '../wall/skew'
import { WallLayout } from '../wall/wallLayout'
import { WallAct, WallState } from '../wall/wallState'

const Made = { version: z.number().int().min(0), by: z.string(), at: EpochMillis }

/** What a wall is told: how it is put together and what it shows, each with its version. */
export const WallOrders = z.object({
  wall: z.string(),
  layout: z.object({ ...Made, body: WallLayout }),
  state: z.object({ ...Made, body: WallState, undoTo: z.number().int().optional() }),
})
export type WallOrders = z.infer<typeof WallOrders>

/** `GET /api/walls/:wall`: the orders, and what its screens say of themselves; `skew` in ms. */
export const WallView = z.object({
  orders: WallOrders,
  serverTime: EpochMillis,
  screens: z.array(z.object({ screen: z.string(), heardAt: EpochMillis, beat: Beat })),
  skew: z.object({ at: z.number(), spread: z.number(), screens: z.number(), clockError: z.number() }).optional(),
  /** The newest acts, newest first. */
  acts: z.array(z.object({ ...Made, act: z.union([WallAct, z.object({ kind: z.literal('undo') })]) })),
})
export type WallView = z.infer<typeof WallView>

/** `PUT /api/walls/:wall/layout`: `version` is the one that was edited. */
export const LayWall = z.object({ version: z.number().int().min(0), layout: WallLayout })
