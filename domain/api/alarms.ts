import { z } from 'zod'
import { LONGEST_SHELF_MINUTES } from '../alarm'

const Reason = z.string().trim().min(1).max(200)

/** `POST /api/worlds/:world/alarms/:alarm/shelve`: for how many minutes of the World, and why. */
export const ShelveAlarm = z.object({ minutes: z.number().int().min(1).max(LONGEST_SHELF_MINUTES), reason: Reason })
export type ShelveAlarm = z.infer<typeof ShelveAlarm>

/** `POST /api/worlds/:world/alarms/:alarm/clear`. */
export const ClearAlarm = z.object({ reason: Reason })
export type ClearAlarm = z.infer<typeof ClearAlarm>
