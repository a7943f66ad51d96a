import { z } from 'zod'
import { EpochMillis } from './time'

/** What makes a number open to proof: a question to the store, a model run, or an event. */
export const EvidenceSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('query'), id: z.string() }).readonly(),
  z.object({ kind: z.literal('run'), id: z.string() }).readonly(),
  z.object({ kind: z.literal('event'), id: z.string() }).readonly(),
])
export type EvidenceSource = z.infer<typeof EvidenceSource>

export const Provenance = z.enum(['measured', 'modelled', 'reported'])
export type Provenance = z.infer<typeof Provenance>

/** Why there is no number. None of these is a zero. */
export const AbsenceReason = z.enum(['noData', 'notCovered', 'notJoined', 'modelFailed', 'masked'])
export type AbsenceReason = z.infer<typeof AbsenceReason>

/**
 * A number with its unit, provenance, age, source and interval, or the reason why there is none.
 * No screen component accepts a bare number for a fact.
 */
export const Measured = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('value'),
      value: z.number(),
      unit: z.string(),
      provenance: Provenance,
      asOf: EpochMillis,
      staleSince: EpochMillis.optional(),
      interval: z.tuple([z.number(), z.number()]).readonly().optional(),
      quality: z.number().int().nonnegative().default(0),
      source: EvidenceSource,
    })
    .readonly(),
  z
    .object({
      kind: z.literal('below'),
      limit: z.number(),
      unit: z.string(),
      provenance: Provenance,
      asOf: EpochMillis,
      staleSince: EpochMillis.optional(),
      source: EvidenceSource,
    })
    .readonly(),
  z
    .object({
      kind: z.literal('absent'),
      reason: AbsenceReason,
      unit: z.string(),
      lastAt: EpochMillis.optional(),
      source: EvidenceSource.optional(),
    })
    .readonly(),
])
export type Measured = z.infer<typeof Measured>
