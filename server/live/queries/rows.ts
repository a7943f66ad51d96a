import { z } from 'zod'

export const OneWorld = z.object({ world: z.number() })
/** `since` is machine time in seconds: rows recorded from then on. */
export const RecentOfWorld = OneWorld.extend({ since: z.number().int() })

const Stored = z.object({
  no: z.number(),
  phenomenonTime: z.number(),
  knownTime: z.number(),
  quality: z.number(),
  epoch: z.number(),
  offset: z.number(),
})

/** JSON has no NaN: the store sends null for a value that is none. */
const Value = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)

export const ReadingRow = Stored.extend({ value: Value })
export const PositionRow = Stored.extend({ longitude: z.number(), latitude: z.number(), speed: Value, heading: Value })
