import { z } from 'zod'

/** Milliseconds since 1970-01-01T00:00:00Z. The only form of a moment inside Belfry. */
export const EpochMillis = z.number().brand<'EpochMillis'>()
export type EpochMillis = z.infer<typeof EpochMillis>

/** A span of time in milliseconds. */
export type Millis = number & { readonly __unit: 'ms' }

export const epochMillis = (value: number): EpochMillis => value as EpochMillis
export const millis = (value: number): Millis => value as Millis
export const seconds = (value: number): Millis => millis(value * 1000)
export const minutes = (value: number): Millis => seconds(value * 60)
export const hours = (value: number): Millis => minutes(value * 60)

/** ISO 8601 in UTC with milliseconds; for HTTP, CAP and logs only. */
export const toIso = (moment: EpochMillis): string => new Date(moment).toISOString()
