import { z } from 'zod'
import { World } from '../world'

/** `GET /api/worlds`: all Worlds, and the machine time of the server for the screen's offset. */
export const WorldList = z.object({ serverTime: z.number(), defaultWorld: z.string(), worlds: z.array(World) })
export type WorldList = z.infer<typeof WorldList>
