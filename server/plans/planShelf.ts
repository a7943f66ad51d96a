import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lintPlan } from '@/domain/plan/lintPlan'
import type { Plan } from '@/domain/plan/plan'
import type { Log } from '@/platform/log'
import { readPlan } from './readPlan'

/** The plans that triggers are watched by: the newest effective version of each file of a folder. */
export class PlanShelf {
  readonly #plans: ReadonlyMap<string, Plan>

  constructor(plans: readonly Plan[]) {
    this.#plans = new Map(plans.map((plan) => [plan.id, plan]))
  }

  all(): readonly Plan[] {
    return [...this.#plans.values()]
  }

  plan(id: string): Plan | undefined {
    return this.#plans.get(id)
  }
}

/** Reads a folder of plans; one that is no plan, not effective or has an error is left out and told. */
export async function openPlanShelf(folder: string, log: Log): Promise<PlanShelf> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  const plans: Plan[] = []
  for (const file of files) {
    const read = readPlan(await readFile(join(folder, file), 'utf8'))
    if (!read.ok) {
      log.error({ file, problems: read.error }, 'no plan')
      continue
    }
    const errors = lintPlan(read.value).filter(({ grade }) => grade === 'error')
    if (errors.length > 0) log.error({ file, errors }, 'a plan with errors is not effective')
    else if (read.value.status === 'effective') plans.push(read.value)
  }
  return new PlanShelf(plans)
}
