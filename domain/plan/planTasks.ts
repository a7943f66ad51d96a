import type { ResponseLevel } from './activation'
import type { Plan, PlanLevel, PlanTask } from './plan'

/** What is done at a level, in the order of the plan. */
export const tasksAt = ({ tasks }: Pick<Plan, 'tasks'>, level: ResponseLevel): readonly PlanTask[] =>
  tasks.filter(({ levels }) => levels.includes(level))

export const levelOf = ({ levels }: Pick<Plan, 'levels'>, level: ResponseLevel): PlanLevel | undefined =>
  levels.find((one) => one.level === level)

/** What a change of level changes: only the difference is ordered or called off. */
export interface PlanDifference {
  readonly add: readonly PlanTask[]
  readonly keep: readonly PlanTask[]
  readonly cancel: readonly PlanTask[]
}

export function planDifference(plan: Pick<Plan, 'tasks'>, from: ResponseLevel, to: ResponseLevel): PlanDifference {
  const before = new Set(tasksAt(plan, from))
  const after = new Set(tasksAt(plan, to))
  return {
    add: [...after].filter((task) => !before.has(task)),
    keep: [...after].filter((task) => before.has(task)),
    cancel: [...before].filter((task) => !after.has(task)),
  }
}
