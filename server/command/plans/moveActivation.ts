import type { ActivationMoved, MoveActivation } from '@/domain/api/plans'
import type { Actor } from '@/domain/api/session'
import type { WorldNo } from '@/domain/ids'
import type { Incident } from '@/domain/incident/incident'
import type { Activation, ResponseLevel } from '@/domain/plan/activation'
import { activationMoves, canMoveActivation } from '@/domain/plan/activation'
import type { Plan, PlanTask } from '@/domain/plan/plan'
import { levelOf, planDifference, tasksAt } from '@/domain/plan/planTasks'
import type { Task } from '@/domain/task/task'
import { isTaskOver } from '@/domain/task/taskState'
import { uuidv7 } from '@/platform/clock'
import { Conflict, Forbidden, InvalidInput, NotFound } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { acting, heldIncident, settle } from '../incidents/act'
import type { Acting, Effect, EntryDraft } from '../incidents/act'
import { openWithin } from '../incidents/openIncident'
import { orderWithin } from '../tasks/orderTasks'
import type { TaskDraft } from '../tasks/orderTasks'
import { keepTask, releaseUnits, tasksOf } from '../tasks/taskRows'
import { activationOf, holdActivation, keepActivation } from './activationRows'
import { tellAlone } from './proposeActivation'

export interface OneActivation {
  readonly world: WorldNo
  readonly id: string
  readonly planOf: (id: string) => Plan | undefined
}

/**
 * Decides about a proposed plan, or changes and ends one at work. Activation orders the tasks of the level; a change of
 * level orders and calls off only the difference. @throws Forbidden, InvalidInput, NotFound, Conflict
 */
export async function moveActivation(
  context: CommandContext,
  { world, id, planOf }: OneActivation,
  input: MoveActivation,
): Promise<ActivationMoved> {
  return acting(context, world, { action: 'plans.decide', onBehalf: input.onBehalf }, async (one) => {
    const found = await activationOf(one.tx, world, id)
    if (found === undefined) throw new NotFound('plan.noSuchActivation', { id })
    const plan = planOf(found.plan)
    if (plan === undefined) throw new NotFound('plan.unknown', { plan: found.plan })
    // The Incident first, as every act does; then the activation, read again; a new Incident last.
    const named = found.incident ?? input.incident
    const known = named === undefined ? undefined : await heldIncident(one, named)
    const held = (await holdActivation(one.tx, world, id)) ?? found
    const moving = { held, plan, input }
    mustMove(context.actor, one, moving)
    const incident = known ?? (input.verb === 'activate' ? await openResponse(one, moving) : undefined)
    return move(one, incident, moving)
  })
}

interface Moving {
  readonly held: Activation
  readonly plan: Plan
  readonly input: MoveActivation
}

/** Orders always belong to an Incident: a response without one opens it. */
function openResponse(one: Acting, { held, plan }: Moving): Promise<Incident> {
  const typeCode = plan.incidentTypes[0] ?? '11B03'
  const title = `${plan.name['zh-CN'].slice(0, 50)} 响应`
  const opened = { id: uuidv7(one.context.clock), title, typeCode, place: { text: '全市' } }
  return openWithin(one, { ...opened, source: { kind: 'manual', ref: held.id }, people: {} }, [])
}

function mustMove(actor: Actor, { by }: Acting, moving: Moving): void {
  mustBeLegal(moving)
  const { held, plan, input } = moving
  const wanted = input.level ?? held.level
  const decider = levelOf(plan, wanted)
  if (decider === undefined) throw new InvalidInput('plan.noSuchLevel', { level: wanted })
  if (input.verb === 'propose' || by.onBehalf !== undefined) return
  // The graver of both levels decides who may: nobody lowers what only the leader could raise.
  const { roles } = levelOf(plan, Math.min(held.level, wanted) as ResponseLevel) ?? decider
  if (actor.kind !== 'person' || !actor.roles.some((role) => roles.includes(role))) {
    throw new Forbidden('plan.decidedByPost', { post: decider.post })
  }
}

function mustBeLegal({ held, input: { verb, reason, until, level } }: Moving): void {
  if (!canMoveActivation(held.state, verb)) throw new Conflict('plan.cannotMove', { from: held.state, verb })
  if (activationMoves[verb].needsReason && reason === undefined) throw new InvalidInput('plan.needsReason')
  if (verb === 'defer' && until === undefined) throw new InvalidInput('plan.needsUntil')
  const isOther = level !== undefined && level !== held.level
  if (verb === 'changeLevel' && !isOther) throw new InvalidInput('plan.needsOtherLevel')
}

async function move(
  one: Acting,
  incident: Incident | undefined,
  { held, plan, input }: Moving,
): Promise<ActivationMoved> {
  const { verb, reason, until } = input
  const { at, by } = one
  const level = input.level ?? held.level
  const { until: _until, reason: _reason, asked, ...kept } = held
  const activation: Activation = {
    ...kept,
    ...(incident === undefined ? {} : { incident: incident.id }),
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
    ...(asked === undefined || asked.level >= level ? {} : { asked }),
    ...{ state: activationMoves[verb].to, level, rev: held.rev + 1, movedAt: at, decided: by },
    levels: verb === 'activate' || verb === 'changeLevel' ? [...held.levels, { level, by }] : held.levels,
  }
  await keepActivation(one.tx, activation)
  const args = { plan: plan.id, level, before: held.level, waited: Math.round((at - held.proposedAt) / 1000) }
  if (incident === undefined) return { activation: await tellAlone(one, activation, args), tasks: [] }
  const changed = await changeTasks(one, incident, { held, plan, input })
  const now = await heldIncident(one, incident.id)
  const says: EntryDraft = { kind: 'decision', verb: `plan.${verb}`, args, text: reason }
  const effects: Effect[] = [{ kind: 'activation.moved', body: activation }]
  await settle(one, now, { incident: now, entries: [says], effects })
  return { activation, tasks: changed }
}

async function changeTasks(one: Acting, incident: Incident, { held, plan, input }: Moving): Promise<Task[]> {
  const { verb } = input
  const level = input.level ?? held.level
  if (verb === 'activate') return orderPlan(one, incident, { held, tasks: tasksAt(plan, level) })
  if (verb !== 'changeLevel' && verb !== 'terminate') return []
  const difference = verb === 'terminate' ? undefined : planDifference(plan, held.level, level)
  const gone = new Set((difference?.cancel ?? tasksAt(plan, held.level)).map(({ id }) => id))
  const called = await callOff(one, incident, { held, gone })
  if (difference === undefined) return called
  const now = await heldIncident(one, incident.id)
  return [...called, ...(await orderPlan(one, now, { held, tasks: difference.add }))]
}

interface Ordering {
  readonly held: Activation
  readonly tasks: readonly PlanTask[]
}

function orderPlan(one: Acting, incident: Incident, { held, tasks }: Ordering): Promise<Task[]> {
  const drafts = tasks.map((task): TaskDraft => {
    const { title, act, authority, to, support, ackMinutes, doneMinutes, id: template } = task
    const asked = { act, to, support, ackMinutes, doneMinutes, template, activation: held.id, units: [], issue: true }
    const named = { id: uuidv7(one.context.clock), title: title['zh-CN'], channel: 'belfry' as const }
    return { ...asked, ...named, ...(authority === undefined ? {} : { authority }) }
  })
  return orderWithin(one, incident, drafts)
}

/** Calls off the tasks of a plan that are not over. */
async function callOff(
  one: Acting,
  incident: Incident,
  { held, gone }: { readonly held: Activation; readonly gone: ReadonlySet<string> },
): Promise<Task[]> {
  const all = await tasksOf(one.tx, incident.id)
  const mine = all.filter(
    ({ activation, template, state }) =>
      activation === held.id && template !== undefined && gone.has(template) && !isTaskOver(state),
  )
  const cancelled = mine.map((task): Task => ({ ...task, state: 'cancelled', rev: task.rev + 1, movedAt: one.at }))
  for (const task of cancelled) {
    await keepTask(one.tx, task)
    await releaseUnits(one.tx, task.id)
  }
  if (cancelled.length === 0) return []
  const entries = cancelled.map(({ id, no, title, to }): EntryDraft => {
    return { kind: 'order', verb: 'task.callOff', args: { no, title, to }, task: id }
  })
  const effects = cancelled.map((body) => ({ kind: 'task.moved', body }) as const)
  await settle(one, incident, { incident, entries, effects })
  return cancelled
}
