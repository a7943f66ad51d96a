import { z } from 'zod'

/** `GET /api/worlds/:world/feedMinutes`: machine minutes between two moments (epoch ms), of one Feed or of all. */
export const FeedMinutesQuery = z.object({
  from: z.coerce.number(),
  to: z.coerce.number(),
  feed: z.coerce.number().int().optional(),
})
export type FeedMinutesQuery = z.infer<typeof FeedMinutesQuery>

/** Counts of one Feed in one minute of machine time, over all servers. */
export const FeedMinute = z.object({
  feed: z.number().int(),
  minute: z.number(),
  received: z.number().int(),
  accepted: z.number().int(),
  duplicates: z.number().int(),
  corrections: z.number().int(),
  late: z.number().int(),
  rejected: z.number().int(),
  flagged: z.number().int(),
})
export type FeedMinute = z.infer<typeof FeedMinute>
export const FeedMinutes = z.object({ minutes: z.array(FeedMinute) })
export type FeedMinutes = z.infer<typeof FeedMinutes>
