import { z } from 'zod'

/** `GET /api/worlds/:world/quarantine`: refused records, newest first. `feed` is the Feed's number. */
export const QuarantineQuery = z.object({
  feed: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
export type QuarantineQuery = z.infer<typeof QuarantineQuery>

/** `knownTime` in the World's clock, `recordedAt` in the machine's, both epoch ms. */
export const QuarantineEntry = z.object({
  feed: z.number().int(),
  /** Names the record; a number of 64 bits as text. */
  seq: z.string(),
  line: z.number().int(),
  reason: z.string(),
  message: z.string(),
  sample: z.string(),
  traceId: z.string(),
  knownTime: z.number(),
  recordedAt: z.number(),
})
export type QuarantineEntry = z.infer<typeof QuarantineEntry>

/** `byReason` counts everything that is kept, not only the page. */
export const QuarantineList = z.object({
  entries: z.array(QuarantineEntry),
  /** Of the entries, those that a person mended and sent again. */
  mended: z.array(z.string()).default([]),
  byReason: z.array(z.object({ feed: z.number().int(), reason: z.string(), records: z.number().int() })),
})
export type QuarantineList = z.infer<typeof QuarantineList>
