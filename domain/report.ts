import { z } from 'zod'
import { FeedNo, Names, Uuid } from './ids'
import { EpochMillis } from './time'

/** What a person, a department or another system said about an occurrence. A newer revision replaces it on screens; the old one is kept. */
export const Report = z
  .object({
    id: Uuid,
    feed: FeedNo,
    kind: z.string().min(1),
    key: z.string().min(1),
    title: Names,
    phenomenonTime: EpochMillis,
    knownTime: EpochMillis,
    revisedAt: EpochMillis,
    longitude: z.number().min(-180).max(180).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    magnitude: z.number().optional(),
    unit: z.string().optional(),
    properties: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .readonly()
      .default({}),
  })
  .readonly()
export type Report = z.infer<typeof Report>
