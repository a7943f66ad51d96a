import * as api from '@/domain/api/plans'
import { Uuid } from '@/domain/ids'
import { Activation } from '@/domain/plan/activation'
import { lintPlan } from '@/domain/plan/lintPlan'
import type { PlanGround } from '@/domain/plan/lintPlan'
import type { WorldNo } from '@/domain/ids'
import { InvalidInput, NotFound } from '@/platform/errors'
import { moveActivation } from '@/server/command/plans/moveActivation'
import { proposeActivation } from '@/server/command/plans/proposeActivation'
import { dryRunPlan } from '@/server/plans/dryRun'
import { readPlan } from '@/server/plans/readPlan'
import { commandContextOf } from '../commandContextOf'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

const WORLD = '/api/worlds/:world'

/** Digital plans: what they are, what is wrong with one, what it would have done, and their activation. */
export function planRoutes(parts: HttpParts): Route[] {
  const { plans, catalogue, postgres } = parts
  const groundOf = (world: WorldNo): PlanGround => ({
    properties: new Set(catalogue.catalogue(world).properties.map(({ key }) => key)),
  })
  return [
    defineRoute({
      method: 'GET',
      path: `${WORLD}/plans`,
      action: 'plans.read',
      summary: 'The digital plans whose triggers are watched, with what is wrong with each.',
      answer: api.PlanList,
      handle: ({ params }) => {
        const ground = groundOf(worldIn(parts, params).no)
        return { plans: plans.all().map((plan) => ({ plan, findings: lintPlan(plan, ground) })) }
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${WORLD}/plans/check`,
      action: 'plans.read',
      summary: 'Lint a plan as it is being written: by line why it is none, or what is wrong with it.',
      body: api.CheckPlan,
      answer: api.PlanChecked,
      handle: ({ params, body }) => {
        const read = readPlan(body.yaml)
        if (!read.ok) return { findings: [], problems: [...read.error] }
        return { plan: read.value, findings: lintPlan(read.value, groundOf(worldIn(parts, params).no)), problems: [] }
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${WORLD}/plans/dryRun`,
      action: 'plans.read',
      summary: 'What a plan would have proposed in a span of the past of this world.',
      body: api.DryRunPlan,
      answer: api.PlanDryRun,
      handle: ({ params, body }) => {
        const { no: world } = worldIn(parts, params)
        const read = readPlan(body.yaml)
        if (!read.ok) throw new InvalidInput('plan.unreadable', { problems: read.error.join('; ') })
        const propertyOf = (stream: number) => catalogue.datastream(world, stream)?.property
        return dryRunPlan(postgres, { world, plan: read.value, propertyOf, from: body.from, to: body.to })
      },
    }),
    ...activationRoutes(parts),
  ]
}

function activationRoutes(parts: HttpParts): Route[] {
  const { plans } = parts
  return [
    defineRoute({
      method: 'POST',
      path: `${WORLD}/activations`,
      action: 'plans.decide',
      summary: 'Propose a plan at a level; it is decided by a move.',
      body: api.ProposeActivation,
      answer: Activation,
      handle: ({ params, body, caller }) => {
        const plan = plans.plan(body.plan)
        if (plan === undefined) throw new NotFound('plan.unknown', { plan: body.plan })
        return proposeActivation(commandContextOf(parts, caller), { world: worldIn(parts, params).no, plan }, body)
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${WORLD}/activations/:activation/move`,
      action: 'plans.decide',
      summary: 'Activate, decline, defer, change the level (only the difference is ordered) or terminate.',
      body: api.MoveActivation,
      answer: api.ActivationMoved,
      handle: ({ params, body, caller }) => {
        const one = { world: worldIn(parts, params).no, id: Uuid.parse(params['activation']) }
        const planOf = (id: string) => plans.plan(id)
        return moveActivation(commandContextOf(parts, caller), { ...one, planOf }, body)
      },
    }),
  ]
}
