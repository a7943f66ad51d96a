import { z } from 'zod'
import { StreamNo } from '../ids'
import { hours } from '../time'

/** The longest window that a question may span. */
export const LONGEST_SERIES_MS = hours(24 * 400)

/**
 * `GET /api/worlds/:world/series`: one Datastream between two World times at most 400 days apart, as known
 * at `knownTime` (default: now).
 */
export const SeriesQuery = z.object({
  stream: z.coerce.number().int().pipe(StreamNo),
  from: z.coerce.number(),
  to: z.coerce.number(),
  knownTime: z.coerce.number().optional(),
  /** Above this many points the answer is thinned to minimum and maximum per bucket, so no extreme is lost. */
  maxPoints: z.coerce.number().int().min(10).max(20_000).default(2_000),
})
export type SeriesQuery = z.infer<typeof SeriesQuery>

/** Columns of equal length; times in epoch ms of the World. `baseline` is what is usual at the hour of day (P10, median, P90); none above 31 days. */
export const Series = z.object({
  stream: StreamNo,
  time: z.array(z.number()),
  value: z.array(z.number()),
  quality: z.array(z.number().int()),
  thinned: z.boolean(),
  baseline: z
    .object({
      days: z.number().int(),
      time: z.array(z.number()),
      p10: z.array(z.number()),
      p50: z.array(z.number()),
      p90: z.array(z.number()),
    })
    .optional(),
})
export type Series = z.infer<typeof Series>
