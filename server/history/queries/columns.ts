import { z } from 'zod'
import { Quality } from '@/domain/quality'

/** JSON has no NaN: the store sends null for a value that is none. */
export const MaybeNumber = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)

/** A moment for `fromUnixTimestamp64Milli`: whole epoch milliseconds. */
export const Moment = z.number().transform((value) => Math.floor(value))

/** 1 for a record that is not flagged as from the future. */
export const NOT_FUTURE = `bitAnd(quality, ${Quality.future}) = 0`

/** The order of the fold as a tuple's inside: the record that it is greatest for stands (domain/fold/foldSituation.ts). */
export const NEWEST = `${NOT_FUTURE}, phenomenon_time, seq`
