import { authorityOf } from '../access/authority'
import { departmentOf } from '../access/departments'
import { incidentType } from '../incident/incidentTypes'
import type { ResponseLevel } from './activation'
import type { Plan } from './plan'
import { tasksAt } from './planTasks'

/** Something that a plan must not have (`error`), or should not (`warning`); the screen makes the sentence of the code. */
export interface PlanFinding {
  readonly code: string
  readonly grade: 'error' | 'warning'
  readonly where: string
}

/** What the World of a plan has, as far as triggers need it; without it triggers are checked for form alone. */
export interface PlanGround {
  readonly properties: ReadonlySet<string>
}

/** Everything wrong with a plan. A plan with an error cannot be effective. */
export function lintPlan(plan: Plan, ground?: PlanGround): PlanFinding[] {
  return [...lintCodes(plan), ...lintLevels(plan), ...lintTasks(plan), ...lintTriggers(plan, ground)]
}

const error = (code: string, where: string): PlanFinding => ({ code, grade: 'error', where })
const warning = (code: string, where: string): PlanFinding => ({ code, grade: 'warning', where })

function lintCodes({ incidentTypes, owner }: Plan): PlanFinding[] {
  return [
    ...incidentTypes.filter((code) => incidentType(code) === undefined).map((code) => error('unknownType', code)),
    ...(departmentOf(owner) === undefined ? [error('unknownDepartment', owner)] : []),
  ]
}

function lintLevels(plan: Plan): PlanFinding[] {
  const found: PlanFinding[] = []
  const seen = new Set<ResponseLevel>()
  for (const { level, roles } of plan.levels) {
    if (seen.has(level)) found.push(error('levelTwice', String(level)))
    seen.add(level)
    if (tasksAt(plan, level).length === 0) found.push(error('levelWithoutTask', String(level)))
    if (level <= 2 && !roles.includes('commander')) found.push(error('graveLevelWithoutLeader', String(level)))
  }
  for (const level of new Set(plan.tasks.flatMap(({ levels }) => levels))) {
    if (!seen.has(level)) found.push(error('taskOfNoLevel', String(level)))
  }
  return found
}

function lintTasks({ tasks }: Plan): PlanFinding[] {
  const found: PlanFinding[] = []
  const ids = new Set<string>()
  for (const { id, to, support, ackMinutes, doneMinutes, act, authority, title } of tasks) {
    if (ids.has(id)) found.push(error('taskTwice', id))
    ids.add(id)
    const unknown = [to, ...support].filter((code) => departmentOf(code) === undefined)
    found.push(...unknown.map((code) => error('unknownDepartment', `${id} ${code}`)))
    if (ackMinutes >= doneMinutes) found.push(error('ackAfterDone', id))
    if (authority !== undefined && authorityOf(act, authority) !== authority) found.push(error('authorityTooLow', id))
    if (act === 'other') found.push(warning('actNotNamed', id))
    if (title['zh-CN'].length > 80) found.push(error('titleTooLong', id))
  }
  return found
}

function lintTriggers({ levels }: Plan, ground: PlanGround | undefined): PlanFinding[] {
  const found: PlanFinding[] = []
  const ids = new Set<string>()
  for (const trigger of levels.flatMap(({ triggers }) => triggers)) {
    if (ids.has(trigger.id)) found.push(error('triggerTwice', trigger.id))
    ids.add(trigger.id)
    if (trigger.kind === 'alarm' && ground !== undefined && !ground.properties.has(trigger.property)) {
      found.push(warning('noFeedOfProperty', `${trigger.id} ${trigger.property}`))
    }
    if (trigger.kind !== 'incident') continue
    const unknown = trigger.types.filter((code) => incidentType(code) === undefined)
    found.push(...unknown.map((code) => error('unknownType', `${trigger.id} ${code}`)))
  }
  return found
}
