import { z } from 'zod'
import { NamesOrText } from '../ids'
import { BreachAction } from './standing'

/** What the owner of a feed promised, and what Belfry may do with it. Times in seconds of the World's clock. */
export const FeedContract = z
  .strictObject({
    owner: NamesOrText,
    steward: NamesOrText,
    periodSeconds: z.number().positive(),
    /** Older than this at arrival is late: kept, flagged, never a live alarm. */
    latenessSeconds: z.number().nonnegative(),
    /** Records expected in one period, over all streams of the feed. */
    expectedPerPeriod: z.number().positive().optional(),
    licence: z.string().min(1),
    classification: z.enum(['public', 'internal', 'sensitive']),
    legalBasis: z.string().min(1),
    /** What the steward does when the contract is broken, in words. */
    onBreach: z.string().min(1),
    /** What Belfry does by itself when an hour breaks it. */
    breachAction: BreachAction.default('notify'),
    /** Whether a Datastream that nobody declared is created on its first record or refused. */
    newStreams: z.enum(['create', 'refuse']).default('refuse'),
    /** Fields that name a person: masked in every sample of the quarantine, never stored. */
    personalFields: z.array(z.string().min(1)).readonly().default([]),
  })
  .readonly()
export type FeedContract = z.infer<typeof FeedContract>
