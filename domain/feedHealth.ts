import { z } from 'zod'
import { FeedNo } from './ids'
import { EpochMillis } from './time'

/** onTime: as its contract says; late: last record older than the allowed lateness; silent: over two periods without a record; never: not heard yet. */
export const FeedState = z.enum(['onTime', 'late', 'silent', 'never'])
export type FeedState = z.infer<typeof FeedState>

/** Health of one Feed at one moment. Counts are of the last closed minute of machine time; totals since the server started. */
export const FeedHealth = z
  .object({
    feed: FeedNo,
    state: FeedState,
    lastKnownTime: EpochMillis.optional(),
    lastPhenomenonTime: EpochMillis.optional(),
    streamsExpected: z.number().int(),
    streamsOnTime: z.number().int(),
    receivedPerMinute: z.number(),
    expectedPerMinute: z.number(),
    accepted: z.number().int(),
    duplicates: z.number().int(),
    corrections: z.number().int(),
    late: z.number().int(),
    rejected: z.number().int(),
    flagged: z.number().int(),
  })
  .readonly()
export type FeedHealth = z.infer<typeof FeedHealth>
