import { z } from 'zod'
import { Authority, TaskAct } from '../access/authority'
import { Role } from '../api/accounts'
import { Names } from '../ids'
import { LevelCriterion } from '../incident/incidentLevel'
import { PeopleKind } from '../incident/incident'
import { ResponseLevel } from './activation'

const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
const Count = z.number().int().min(1).default(1)

/**
 * When a level is proposed; any one suffices. Every trigger is data that can be tested: an `alarm` of a property (level 1
 * is the gravest), a `warning` received or entered by hand, an `incident` of the plan's types.
 */
export const Trigger = z.discriminatedUnion('kind', [
  z.strictObject({
    id: Id,
    kind: z.literal('alarm'),
    property: z.string().min(1).max(120),
    /** As grave as this or graver. */
    level: z.number().int().min(1).max(4),
    count: Count,
    /** Each of them open for so long. */
    holdMinutes: z.number().min(0).default(0),
  }),
  z.strictObject({
    id: Id,
    kind: z.literal('warning'),
    type: z.string().max(12),
    colour: z.enum(['red', 'orange', 'yellow', 'blue']),
  }),
  z.strictObject({
    id: Id,
    kind: z.literal('incident'),
    types: z.array(z.string().max(12)).min(1),
    count: Count,
    /** Statutory level as grave as this or graver. */
    level: z.number().int().min(1).max(4).optional(),
    /** At least so many people of one kind. */
    people: z.strictObject({ kind: PeopleKind, value: z.number().int().min(1) }).optional(),
  }),
])
export type Trigger = z.infer<typeof Trigger>

/** One task of a plan and the levels at which it is done. */
export const PlanTask = z.strictObject({
  id: Id,
  title: Names,
  levels: z.array(ResponseLevel).min(1),
  act: TaskAct.default('other'),
  authority: Authority.optional(),
  to: z.string().max(12),
  support: z.array(z.string().max(12)).default([]),
  ackMinutes: z.number().min(1).max(240),
  doneMinutes: z
    .number()
    .min(1)
    .max(7 * 24 * 60),
  /** What proves that it was done. */
  evidence: z.array(z.enum(['sensor', 'video', 'photo', 'call', 'otherDepartment', 'onSite'])).min(1),
  onMiss: z.enum(['escalate', 'notify', 'none']).default('escalate'),
})
export type PlanTask = z.infer<typeof PlanTask>

/** Who decides a level: the post, and the roles that hold it. */
export const PlanLevel = z.strictObject({
  level: ResponseLevel,
  post: z.string().min(1).max(60),
  roles: z.array(Role).min(1),
  /** Minutes within which a proposal is decided. */
  decideMinutes: z.number().min(1).max(120),
  triggers: z.array(Trigger).min(1),
})
export type PlanLevel = z.infer<typeof PlanLevel>

/** What must be at hand, by kind of unit. */
const PlanResource = z.strictObject({
  kind: z.string().min(1).max(60),
  least: z.number().min(1),
  unit: z.string().max(12),
})

/** A digital plan: a document with a version, linted and tried on recorded days before it is effective. */
export const Plan = z
  .strictObject({
    id: Id,
    version: z.string().min(1).max(20),
    status: z.enum(['draft', 'effective', 'expired']),
    name: Names,
    /** Where it comes from, and whether a city has checked it. */
    source: z.string().min(1).max(300),
    owner: z.string().max(12),
    incidentTypes: z.array(z.string().max(12)).min(1),
    levels: z.array(PlanLevel).min(1).max(4),
    tasks: z.array(PlanTask).min(1).max(60),
    resources: z.array(PlanResource).default([]),
    /** When its end is proposed: no trigger for so long. */
    terminateAfterMinutes: z
      .number()
      .min(10)
      .max(7 * 24 * 60),
    /** Criteria that the level of its incidents is asked by first. */
    criteria: z.array(LevelCriterion).default([]),
  })
  .readonly()
export type Plan = z.infer<typeof Plan>
