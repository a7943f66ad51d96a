import { z } from 'zod'
import { ActedBy } from '../access/actedBy'
import { Uuid } from '../ids'
import { EpochMillis } from '../time'

/** 接报, 通知, 指令, 反馈, 决定, 记录, 报告, 交接, 系统. */
export const EntryKind = z.enum([
  'call',
  'notice',
  'order',
  'receipt',
  'decision',
  'note',
  'report',
  'handover',
  'system',
])
export type EntryKind = z.infer<typeof EntryKind>

/**
 * One line of an Incident's log: append-only, a wrong one is corrected by another. The screen makes the sentence from
 * `verb` and `args`; `text` is what a person wrote. Desks read it, walls do not.
 */
export const LogEntry = z
  .object({
    n: z.number().int().min(1),
    kind: EntryKind,
    /** `incident.verify`, `task.accept`, `note` … */
    verb: z.string().max(60),
    args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).readonly(),
    text: z.string().max(2000).optional(),
    by: ActedBy,
    /** Name of whoever spoke, where it was entered on behalf. */
    who: z.string().max(60).optional(),
    task: Uuid.optional(),
    corrects: z.number().int().optional(),
    /** Machine time. */
    recordedAt: EpochMillis,
  })
  .readonly()
export type LogEntry = z.infer<typeof LogEntry>
