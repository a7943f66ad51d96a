import { z } from 'zod'
import { ActedBy } from '../access/actedBy'
import { Uuid } from '../ids'
import { EpochMillis } from '../time'

/** 1 一级响应 … 4 四级响应: neither a warning's colour nor an Incident's level. */
export const ResponseLevel = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
export type ResponseLevel = z.infer<typeof ResponseLevel>

export const ActivationState = z.enum(['proposed', 'deferred', 'declined', 'active', 'terminated'])
export type ActivationState = z.infer<typeof ActivationState>

export const ActivationVerb = z.enum(['activate', 'decline', 'defer', 'propose', 'changeLevel', 'terminate'])
export type ActivationVerb = z.infer<typeof ActivationVerb>

export interface ActivationMove {
  readonly from: readonly ActivationState[]
  readonly to: ActivationState
  readonly needsReason: boolean
}

/** A trigger proposes, a person decides. */
export const activationMoves: Readonly<Record<ActivationVerb, ActivationMove>> = {
  activate: { from: ['proposed', 'deferred'], to: 'active', needsReason: false },
  decline: { from: ['proposed', 'deferred'], to: 'declined', needsReason: true },
  defer: { from: ['proposed'], to: 'deferred', needsReason: true },
  propose: { from: ['deferred'], to: 'proposed', needsReason: false },
  changeLevel: { from: ['active'], to: 'active', needsReason: true },
  terminate: { from: ['active'], to: 'terminated', needsReason: true },
}

export const canMoveActivation = (from: ActivationState, verb: ActivationVerb): boolean =>
  activationMoves[verb].from.includes(from)

/** A Plan at work, or proposed: by whom, why, when, and how long the decision took. Times in the World's clock. */
export const Activation = z
  .object({
    id: Uuid,
    rev: z.number().int().min(1),
    plan: z.string().max(40),
    planVersion: z.string().max(20),
    /** None for a plan that is not about one Incident. */
    incident: Uuid.optional(),
    level: ResponseLevel,
    state: ActivationState,
    proposedAt: EpochMillis,
    /** `system:…` or a person. */
    proposedBy: z.string(),
    /** Which trigger of the plan, and what it saw; none where a person proposed it. */
    trigger: z
      .object({ id: z.string().max(40), evidence: z.string().max(200) })
      .readonly()
      .optional(),
    decideBy: EpochMillis,
    decided: ActedBy.optional(),
    reason: z.string().trim().max(200).optional(),
    until: EpochMillis.optional(),
    levels: z.array(z.object({ level: ResponseLevel, by: ActedBy }).readonly()).readonly(),
    /** A graver level that a trigger asks for while the plan is at work. */
    asked: z
      .object({ level: ResponseLevel, trigger: z.string().max(40), evidence: z.string().max(200), at: EpochMillis })
      .readonly()
      .optional(),
    movedAt: EpochMillis,
  })
  .readonly()
export type Activation = z.infer<typeof Activation>

/** What is neither declined nor terminated is part of the picture. */
export const isActivationOpen = (state: ActivationState): boolean => state !== 'declined' && state !== 'terminated'
