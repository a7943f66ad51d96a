import { z } from 'zod'
import { SpokenBy } from '../access/actedBy'
import { Uuid } from '../ids'
import { ActivationVerb, ResponseLevel } from '../plan/activation'
import { Plan } from '../plan/plan'
import { Task } from '../task/task'
import { Activation } from '../plan/activation'
import { EpochMillis } from '../time'

const PlanFindingView = z.object({ code: z.string(), grade: z.enum(['error', 'warning']), where: z.string() })

/** `GET /api/worlds/:world/plans`: the plans that the World's triggers are watched by, with what is wrong with each. */
export const PlanList = z.object({ plans: z.array(z.object({ plan: Plan, findings: z.array(PlanFindingView) })) })
export type PlanList = z.infer<typeof PlanList>

const YAML_LIMIT = 200_000
/** `POST /api/worlds/:world/plans/check`: a document as it is being written. */
export const CheckPlan = z.object({ yaml: z.string().min(1).max(YAML_LIMIT) })
/** `problems` say why it is no plan, by line; else the plan with what is wrong with it. */
export const PlanChecked = z.object({
  plan: Plan.optional(),
  findings: z.array(PlanFindingView),
  problems: z.array(z.string()),
})
export type PlanChecked = z.infer<typeof PlanChecked>

/** `POST /api/worlds/:world/plans/dryRun`: what it would have proposed in a span of the World's past. */
export const DryRunPlan = z.object({ yaml: z.string().min(1).max(YAML_LIMIT), from: EpochMillis, to: EpochMillis })
/** Moments at which a level would have been proposed, oldest first; `events` were looked at. */
export const PlanDryRun = z.object({
  events: z.number().int(),
  proposals: z.array(
    z.object({
      at: EpochMillis,
      level: ResponseLevel,
      trigger: z.string(),
      evidence: z.string(),
      tasks: z.number().int(),
    }),
  ),
})
export type PlanDryRun = z.infer<typeof PlanDryRun>

/** `POST /api/worlds/:world/activations`: a person proposes a plan; it is decided by a move. */
export const ProposeActivation = z.object({
  id: Uuid,
  plan: z.string().max(40),
  level: ResponseLevel,
  incident: Uuid.optional(),
  reason: z.string().trim().max(200).optional(),
})
export type ProposeActivation = z.infer<typeof ProposeActivation>

/**
 * `POST /api/worlds/:world/activations/:activation/move`. `activate` may take another level than the proposed one, and an
 * Incident; without one a new Incident is opened for the response. `changeLevel` orders and calls off the difference.
 */
export const MoveActivation = z.object({
  verb: ActivationVerb,
  level: ResponseLevel.optional(),
  incident: Uuid.optional(),
  reason: z.string().trim().min(1).max(200).optional(),
  /** Of `defer`: until when, at the latest. */
  until: EpochMillis.optional(),
  onBehalf: SpokenBy.optional(),
})
export type MoveActivation = z.infer<typeof MoveActivation>

/** The activation and the Tasks that the move made or called off. */
export const ActivationMoved = z.object({ activation: Activation, tasks: z.array(Task) })
export type ActivationMoved = z.infer<typeof ActivationMoved>
