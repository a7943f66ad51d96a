import { z } from 'zod'
import type { WorldClock } from '../world'
import type { Beat } from '../wall/skew'
import type { WallOrders } from './wall'
import { CHANNELS, type Delta, type Keyframe } from '../fold/delta'

/** Handshake of a screen: `auth` of the socket. A server of another protocol answers with `reload`. */
export const Handshake = z.object({ protocol: z.number().int(), screen: z.string().max(80).optional() })
export type Handshake = z.infer<typeof Handshake>

/** Asks for channels of one World, telling where the screen stands in each it already holds. */
export const JoinRequest = z.object({
  world: z.string().max(120),
  channels: z.array(z.enum(CHANNELS)).min(1),
  have: z.record(z.string(), z.object({ epoch: z.number().int(), seq: z.number().int() })).optional(),
})
export type JoinRequest = z.infer<typeof JoinRequest>

export type JoinAnswer =
  | { readonly ok: true; readonly serverTime: number }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** Gap fetch by number: the deltas of one channel after `seq` of `epoch`; answered by a keyframe where they are no longer kept. */
export const GapRequest = z.object({
  world: z.string().max(120),
  channel: z.enum(CHANNELS),
  epoch: z.number().int(),
  seq: z.number().int(),
})
export type GapRequest = z.infer<typeof GapRequest>

export type GapAnswer =
  | { readonly deltas: readonly Delta[] }
  | { readonly keyframe: Keyframe }
  | { readonly code: string; readonly message: string }

/** Says that the server lives, which catalogue it speaks of and how the World's clock runs; `at` is its machine time. */
export interface Pulse {
  readonly at: number
  readonly epoch: number
  readonly world: string
  readonly catalogueVersion: number
  readonly clock: WorldClock
}

/** Server to screen. `pulse` comes each second, also when nothing changed: without it for 3 s the picture says that it stands still. */
export interface ServerToScreen {
  delta: (delta: Delta) => void
  keyframe: (keyframe: Keyframe) => void
  pulse: (pulse: Pulse) => void
  reload: (reason: { readonly protocol: number }) => void
  signedOut: () => void
  /** What the watched wall is told, after each act of steering. */
  orders: (orders: WallOrders) => void
}

/** Screen to server. */
export interface ScreenToServer {
  join: (request: JoinRequest, answer: (answer: JoinAnswer) => void) => void
  leave: (request: { readonly world: string }) => void
  gap: (request: GapRequest, answer: (answer: GapAnswer) => void) => void
  time: (sent: number, answer: (times: { readonly sent: number; readonly server: number }) => void) => void
  /** Follows the orders of a wall; answered at once by those that hold. */
  watchWall: (request: { readonly wall: string }, answer: (orders: WallOrders) => void) => void
  /** What a tile of the watched wall shows; once a second. */
  beat: (said: { readonly screen: string; readonly beat: Beat }) => void
  /** What the screen measured of its own presentation; becomes metrics, one entry a second at most. */
  presented: (sample: { readonly traceId: string; readonly receivedAt: number; readonly presentedAt: number }) => void
}
