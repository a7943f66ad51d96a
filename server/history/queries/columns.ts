import { z } from 'zod'

/** JSON has no NaN: the store sends null for a value that is none. */
export const MaybeNumber = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)

/** A moment for `fromUnixTimestamp64Milli`: whole epoch milliseconds. */
export const Moment = z.number().transform((value) => Math.floor(value))
