import { z } from 'zod'
import { Alarm } from '@/domain/alarm'
import type { PlanDryRun } from '@/domain/api/plans'
import { WorldNo } from '@/domain/ids'
import { Incident } from '@/domain/incident/incident'
import { isOver } from '@/domain/incident/incidentState'
import type { Plan } from '@/domain/plan/plan'
import { tasksAt } from '@/domain/plan/planTasks'
import { metTrigger } from '@/domain/plan/triggers'
import { epochMillis } from '@/domain/time'
import type { Queryable } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'
import { planFacts } from './planFacts'
import type { PropertyOf } from './planFacts'

const MOST_EVENTS = 50_000

const Fact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alarm.moved'), at: z.number(), body: Alarm }),
  z.object({ kind: z.literal('incident.moved'), at: z.number(), body: Incident }),
])

const factsBetween = defineSql({
  name: 'planFactsBetween',
  params: z.object({ world: WorldNo, from: z.number(), to: z.number(), limit: z.number() }),
  row: Fact,
  sql: `
    SELECT kind, at, body FROM events
    WHERE world = $world AND kind IN ('alarm.moved', 'incident.moved') AND at BETWEEN $from AND $to
    ORDER BY n LIMIT $limit`,
})

export interface DryRunOf {
  readonly world: WorldNo
  readonly plan: Plan
  readonly propertyOf: PropertyOf
  readonly from: number
  readonly to: number
}

/**
 * What a plan would have proposed in a span of a World's past, event by event: each moment at which a graver level than
 * before was met. Warnings are no events and are left out; a trigger that needs time is met at the next event.
 */
export async function dryRunPlan(db: Queryable, { world, plan, propertyOf, from, to }: DryRunOf): Promise<PlanDryRun> {
  const rows = await factsBetween(db, { world, from, to, limit: MOST_EVENTS })
  const picture = { alarms: new Map<string, Alarm>(), incidents: new Map<string, Incident>(), reports: new Map() }
  const proposals: PlanDryRun['proposals'] = []
  let held: number | undefined
  for (const { kind, at, body } of rows) {
    if (kind === 'alarm.moved') keep(picture.alarms, body, body.state !== 'cleared')
    else keep(picture.incidents, body, !isOver(body.state))
    const met = metTrigger(plan, planFacts(picture, propertyOf, epochMillis(at)))
    if (met !== undefined && (held === undefined || met.level < held)) {
      const { level, trigger, evidence } = met
      proposals.push({ at: epochMillis(at), level, trigger, evidence, tasks: tasksAt(plan, level).length })
    }
    held = met?.level
  }
  return { events: rows.length, proposals }
}

function keep<Document extends { readonly id: string }>(
  held: Map<string, Document>,
  document: Document,
  isOpen: boolean,
): void {
  if (isOpen) held.set(document.id, document)
  else held.delete(document.id)
}
