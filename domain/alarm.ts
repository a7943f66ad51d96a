import { z } from 'zod'
import { StreamNo, Uuid } from './ids'
import { EpochMillis } from './time'

export const AlarmState = z.enum(['raised', 'acknowledged', 'shelved', 'cleared'])
export type AlarmState = z.infer<typeof AlarmState>

/** One condition of a detector, with its life (ISA 18.2). `level` 1 is the most severe, 4 the least. */
export const Alarm = z
  .object({
    id: Uuid,
    /** The short number by which people cite it, fixed for its life; alarms raised before there were numbers have none. */
    no: z.number().int().min(1).optional(),
    detector: z.string().min(1),
    key: z.string().min(1),
    state: AlarmState,
    level: z.number().int().min(1).max(4),
    stream: StreamNo.optional(),
    threshold: z.string().optional(),
    value: z.number().optional(),
    limit: z.number().optional(),
    raisedAt: EpochMillis,
    movedAt: EpochMillis,
    movedBy: z.string(),
    /** Why a person moved it. */
    reason: z.string().max(200).optional(),
    /** Of a shelved one: when it comes back by itself. */
    until: EpochMillis.optional(),
  })
  .readonly()
export type Alarm = z.infer<typeof Alarm>

/** How long an Alarm may lie on the shelf: a shift and not longer (EEMUA 191). Minutes of the World. */
export const LONGEST_SHELF_MINUTES = 8 * 60

const next = {
  raised: ['acknowledged', 'shelved', 'cleared'],
  acknowledged: ['shelved', 'cleared'],
  shelved: ['raised', 'cleared'],
  cleared: [],
} as const satisfies Record<AlarmState, readonly AlarmState[]>

export const canMoveAlarm = (from: AlarmState, to: AlarmState): boolean =>
  (next[from] as readonly AlarmState[]).includes(to)
