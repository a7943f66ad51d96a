import { z } from 'zod'
import { ActedBy } from '../access/actedBy'
import { Uuid } from '../ids'
import { EpochMillis } from '../time'

/** What a handover tells: drafted from data, each point checked by hand. */
export const HandoverItem = z
  .object({
    /** 在处事件, 在办任务, 待报, 待补签, 待决策, 生效预案, 领导批示, 备注. */
    subject: z.enum(['incidents', 'tasks', 'reports', 'signatures', 'decisions', 'plans', 'instructions', 'remarks']),
    /** What the data say; codes and numbers, so that both languages can tell it. */
    lines: z.array(z.string().max(300)).max(200).readonly(),
    /** What the one who leaves adds. */
    note: z.string().trim().max(1000).default(''),
    checked: z.boolean().default(false),
  })
  .readonly()
export type HandoverItem = z.output<typeof HandoverItem>

/**
 * One shift of a World's desk. It ends by a handover that both sign: the one who leaves, then the one who comes, whose
 * signature begins the next shift. Times in the World's clock.
 */
export const Shift = z
  .object({
    id: Uuid,
    no: z.number().int().min(1),
    state: z.enum(['on', 'handover', 'closed']),
    /** Who leads it. */
    began: ActedBy,
    items: z.array(HandoverItem).readonly(),
    signedOut: ActedBy.optional(),
    signedIn: ActedBy.optional(),
    movedAt: EpochMillis,
  })
  .readonly()
export type Shift = z.output<typeof Shift>
