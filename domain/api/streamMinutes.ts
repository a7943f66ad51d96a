import { z } from 'zod'
import { StreamNo } from '../ids'

export const STREAMS_AT_ONCE = 2_000

const StreamList = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.array(StreamNo).min(1).max(STREAMS_AT_ONCE))

/** `GET /api/worlds/:world/minutes?streams=1,2,3&from=&to=`: minute roll-ups of many Datastreams; epoch ms of the World. */
export const StreamMinutesQuery = z.object({ streams: StreamList, from: z.coerce.number(), to: z.coerce.number() })
export type StreamMinutesQuery = z.infer<typeof StreamMinutesQuery>

/** Columns of equal length, by stream and minute. */
export const StreamMinutes = z.object({
  stream: z.array(z.number().int()),
  minute: z.array(z.number()),
  samples: z.array(z.number().int()),
  mean: z.array(z.number()),
  low: z.array(z.number()),
  high: z.array(z.number()),
})
export type StreamMinutes = z.infer<typeof StreamMinutes>
