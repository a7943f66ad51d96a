import { departmentOf } from '@/domain/access/departments'
import type { AskDecision } from '@/domain/api/incidents'
import type { Decision } from '@/domain/decision/decision'
import { InvalidInput } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { acting, heldIncident, settle } from '../incidents/act'
import type { OneIncident } from '../incidents/act'
import { decisionOf, keepDecision } from './decisionRows'

/** 提请决策: a question with its options, its default and its latest moment. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function askDecision(
  context: CommandContext,
  { world, id }: OneIncident,
  input: AskDecision,
): Promise<Decision> {
  const keys = input.options.map(({ key }) => key)
  if (new Set(keys).size !== keys.length || !keys.includes(input.byDefault))
    throw new InvalidInput('decision.badOptions')
  const unknown = input.options.find(({ executor }) => executor !== undefined && departmentOf(executor) === undefined)
  if (unknown !== undefined) throw new InvalidInput('incident.unknownDepartment', { code: unknown.executor })
  return acting(context, world, { action: 'decisions.ask' }, async (one) => {
    const { tx, at, by } = one
    const held = await heldIncident(one, id)
    const known = await decisionOf(tx, world, input.id)
    if (known !== undefined) return known
    if (input.latestAt <= at) throw new InvalidInput('decision.tooLate')
    const decision: Decision = { ...input, incident: id, rev: 1, state: 'open', asked: by, dissent: [], movedAt: at }
    await keepDecision(tx, world, decision)
    const args = { question: decision.question, byDefault: decision.byDefault, decider: decision.decider }
    await settle(one, held, {
      incident: held,
      entries: [{ kind: 'decision', verb: 'decision.ask', args }],
      effects: [{ kind: 'decision.moved', body: decision }],
    })
    return decision
  })
}
