import { z } from 'zod'
import { Names, Uuid } from '../ids'
import { EpochMillis } from '../time'
import { RunState } from './runState'

/** Rungs of the ladder, best first: the whole model, the model on a coarser grid, a rule of thumb. */
export const Rung = z.enum(['full', 'coarse', 'rule'])
export type Rung = z.infer<typeof Rung>

/** What a run read, as far as it goes: `upTo` is the newest phenomenon time, `coverage` the share of sources that spoke. */
export const RunInput = z
  .object({ key: z.string(), upTo: EpochMillis.nullable(), coverage: z.number().min(0).max(1) })
  .readonly()
export type RunInput = z.infer<typeof RunInput>

export const Confidence = z
  .object({ grade: z.enum(['high', 'medium', 'low']), reasons: z.array(z.string()) })
  .readonly()
export type Confidence = z.infer<typeof Confidence>

/** What an operator knows better than data or plans, until it expires; World time. */
export const Modifier = z
  .object({
    id: Uuid,
    kind: z.enum(['gaugeBias', 'drainBlocked', 'pumpOut', 'gateClosed']),
    /** Key of the gauge, or component code of the pump station or underpass. */
    target: z.string().min(1).max(120),
    name: Names.optional(),
    /** Factor of a gauge, blocked share of a catchment's inlets; pumps and gates have none. */
    amount: z.number().min(0).max(10).optional(),
    reason: z.string().min(1).max(200),
    author: z.string(),
    createdAt: EpochMillis,
    expiresAt: EpochMillis,
  })
  .readonly()
export type Modifier = z.infer<typeof Modifier>

/** One execution of a model. Times are the World's, but `deadline`, `askedAt`, `startedAt` and `endedAt`: the machine's. */
export const ModelRun = z
  .object({
    id: Uuid,
    model: z.string(),
    version: z.string(),
    /** An official run is what the city acts on; a what-if is its author's until it is promoted. */
    kind: z.enum(['official', 'whatIf']),
    state: RunState,
    /** What it says to who follows the series: NEW, UPDATED or CANCELLED, as CAP does. */
    notice: z.enum(['NEW', 'UPDATED', 'CANCELLED']),
    author: z.string(),
    /** Key of the trigger, or nothing when a person asked. */
    trigger: z.string().optional(),
    /** The run whose request it repeats. */
    repeats: Uuid.optional(),
    /** The rung that it must stand on: a repeat gives the same bytes on the same rung alone. */
    onlyRung: Rung.optional(),
    supersedes: Uuid.optional(),
    issueTime: EpochMillis,
    validTo: EpochMillis,
    askedAt: EpochMillis,
    deadline: EpochMillis,
    startedAt: EpochMillis.optional(),
    endedAt: EpochMillis.optional(),
    /** Share of the model time that is done. */
    progress: z.number().min(0).max(1).default(0),
    rung: Rung.optional(),
    inputs: z.array(RunInput),
    modifiers: z.array(Modifier),
    quality: z.array(z.string()).default([]),
    confidence: Confidence.optional(),
    /** sha256 of the request and of the result; blobs of these names. */
    request: z.string(),
    result: z.string().optional(),
    approvedBy: z.string().optional(),
    /** Why it failed or was cancelled: a code, or a person's words. */
    reason: z.string().optional(),
  })
  .readonly()
export type ModelRun = z.infer<typeof ModelRun>
