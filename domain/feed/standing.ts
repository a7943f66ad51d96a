import { z } from 'zod'
import type { Finding, Grade, QualityAspects } from './feedQuality'

/** good: taken as it comes; degraded: every value is marked suspect; blocked: nothing is taken until a person lifts it. */
export const FeedStanding = z.enum(['good', 'degraded', 'blocked'])
export type FeedStanding = z.infer<typeof FeedStanding>

/** What Belfry does by itself when a contract is broken. */
export const BreachAction = z.enum(['notify', 'degrade', 'block'])
export type BreachAction = z.infer<typeof BreachAction>

/** A clause of the contract that an hour broke; `value` and `limit` are shares from 0 to 1. */
export const Breach = z
  .object({
    clause: z.enum(['volume', 'lateness', 'range', 'schema']),
    value: z.number(),
    limit: z.number(),
  })
  .readonly()
export type Breach = z.infer<typeof Breach>

/** One judged hour. */
export interface JudgedHour {
  readonly grade: Grade
  readonly aspects: QualityAspects
  readonly findings: readonly Finding[]
}

/** The least share of each aspect that a contract tolerates for an hour. */
const CLAUSES = [
  ['volume', 'completeness', 0.9],
  ['lateness', 'timeliness', 0.9],
  ['range', 'validity', 0.95],
  ['schema', 'schema', 0.99],
] as const satisfies readonly (readonly [Breach['clause'], keyof QualityAspects, number])[]

/** The clauses that an hour broke. */
export function breachesOf({ aspects }: Pick<JudgedHour, 'aspects'>): Breach[] {
  return CLAUSES.flatMap(([clause, aspect, limit]) => {
    const value = aspects[aspect]
    return value !== undefined && value < limit ? [{ clause, value, limit }] : []
  })
}

/** What becomes of a feed after an hour: a block is lifted by a person alone, a degradation by an hour without breach. */
export function standingAfter(now: FeedStanding, action: BreachAction, breaches: readonly Breach[]): FeedStanding {
  if (now === 'blocked') return 'blocked'
  if (breaches.length === 0 || action === 'notify') return 'good'
  return action === 'block' ? 'blocked' : 'degraded'
}
