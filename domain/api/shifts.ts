import { z } from 'zod'
import { SpokenBy } from '../access/actedBy'
import { HandoverItem, Shift } from '../shift/shift'

/** `GET /api/worlds/:world/shifts`: the newest first; the first one is on, unless none was ever begun. */
export const ShiftList = z.object({ shifts: z.array(Shift) })
export type ShiftList = z.infer<typeof ShiftList>

/**
 * `POST /api/worlds/:world/shifts/:verb`, `begin` (the first shift), `prepare` (drafts the handover from data, again as
 * often as wanted), `signOut` (with the checked points: every one must be) or `signIn` (by another person, or on his
 * behalf; begins the next shift). The answer is the shift that is on afterwards.
 */
export const MoveShift = z.object({ items: z.array(HandoverItem).max(8).optional(), onBehalf: SpokenBy.optional() })
export type MoveShift = z.output<typeof MoveShift>
export const ShiftVerb = z.enum(['begin', 'prepare', 'signOut', 'signIn'])
export type ShiftVerb = z.infer<typeof ShiftVerb>
