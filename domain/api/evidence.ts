import { z } from 'zod'
import { Measured } from '../measured'
import { FeedEntry } from '../catalogue'

/** `GET /api/worlds/:world/evidence?source=<EvidenceSource.id>`: what a number on a screen rests on. */
export const EvidenceQuery = z.object({ source: z.string().min(1).max(300) })
export type EvidenceQuery = z.infer<typeof EvidenceQuery>

/** A stored row behind the number; all times epoch ms, `seq` as decimal digits. */
export const EvidenceRow = z.object({
  /** The Datastream, or the Track of a position; a report has neither. */
  stream: z.number().int().optional(),
  track: z.number().int().optional(),
  phenomenonTime: z.number(),
  knownTime: z.number(),
  recordedAt: z.number(),
  value: z.number(),
  quality: z.number().int(),
  seq: z.string(),
  used: z.boolean(),
})
export type EvidenceRow = z.infer<typeof EvidenceRow>

/** What one server counted of a Feed in one minute of its machine; `minute` is its start, epoch ms. */
export const EvidenceMinute = z.object({ minute: z.number(), server: z.string(), value: z.number() })
export type EvidenceMinute = z.infer<typeof EvidenceMinute>

/**
 * The number recomputed from the store, beside the question, its parameters and its rows: newest first, the used ones
 * marked, earlier values of a correction kept. `pending` is set while the newest row is acknowledged and not yet inserted.
 */
export const Evidence = z.object({
  source: z.string(),
  query: z.object({
    name: z.string(),
    sql: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  recomputed: Measured,
  rows: z.array(EvidenceRow),
  minutes: z.array(EvidenceMinute).optional(),
  rowsTotal: z.number().int(),
  feeds: z.array(FeedEntry),
  pending: z.boolean(),
})
export type Evidence = z.infer<typeof Evidence>
