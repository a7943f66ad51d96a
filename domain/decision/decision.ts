import { z } from 'zod'
import { ActedBy } from '../access/actedBy'
import { TaskAct } from '../access/authority'
import { Uuid } from '../ids'
import { EpochMillis } from '../time'

export const DecisionState = z.enum(['open', 'decided', 'defaulted', 'withdrawn'])
export type DecisionState = z.infer<typeof DecisionState>

/** One way to go. `executor` is the department that carries it out; without one nothing is ordered. */
export const DecisionOption = z
  .object({
    key: z.enum(['A', 'B', 'C', 'D']),
    text: z.string().trim().min(1).max(80),
    consequence: z.string().trim().max(120),
    executor: z.string().max(12).optional(),
    act: TaskAct.default('other'),
  })
  .readonly()
export type DecisionOption = z.infer<typeof DecisionOption>

/** Who disagrees, and what he would do: names of posts at the desk, a number on the wall. */
export const Dissent = z
  .object({ option: DecisionOption.unwrap().shape.key, post: z.string().max(60), by: ActedBy })
  .readonly()

/**
 * A decision that somebody must take before a consequence: it names its default, which goes to its executor at the
 * latest moment. Times in the World's clock.
 */
export const Decision = z
  .object({
    id: Uuid,
    incident: Uuid,
    rev: z.number().int().min(1),
    question: z.string().trim().min(1).max(80),
    options: z.array(DecisionOption).min(1).max(4).readonly(),
    byDefault: DecisionOption.unwrap().shape.key,
    /** The post that decides. */
    decider: z.string().trim().min(1).max(60),
    /** The consequence whose clock runs. */
    consequence: z.string().trim().max(80),
    latestAt: EpochMillis,
    state: DecisionState,
    asked: ActedBy,
    chosen: DecisionOption.unwrap().shape.key.optional(),
    decided: ActedBy.optional(),
    dissent: z.array(Dissent).readonly(),
    movedAt: EpochMillis,
  })
  .readonly()
export type Decision = z.infer<typeof Decision>
