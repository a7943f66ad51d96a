import type { CallAnswer, CallRecord, NewCall } from '@/domain/api/incidents'
import type { WorldNo } from '@/domain/ids'
import type { Incident } from '@/domain/incident/incident'
import { incidentType } from '@/domain/incident/incidentTypes'
import { InvalidInput } from '@/platform/errors'
import { appendAudit } from '@/server/access/audit'
import type { CommandContext } from '../commandContext'
import { acting, heldIncident, settle } from './act'
import type { Acting, EntryDraft } from './act'
import { addCall, callOf } from './callRows'
import { holdId, holdIncident } from './incidentRows'
import { openWithin, peopleAsSaid } from './openIncident'
import { withFigure } from './withFigure'

/**
 * 接报: what was said on the telephone is kept once, and becomes an Incident, more about one, or a record. The same id
 * twice is one call. @throws Forbidden, InvalidInput, NotFound, Conflict
 */
export async function recordCall(context: CommandContext, world: WorldNo, input: NewCall): Promise<CallAnswer> {
  return acting(context, world, { action: 'calls.record' }, async (one) => {
    await holdId(one.tx, input.id)
    const known = await callOf(one.tx, world, input.id)
    if (known !== undefined) return answerAgain(one, known)
    if (input.receivedAt > one.at) throw new InvalidInput('incident.reportedInFuture')
    const incident = await becoming(one, input)
    const call: CallRecord = {
      ...input,
      recordedBy: one.by.actor,
      recordedAt: one.at,
      ...(incident === undefined ? {} : { incident: incident.id }),
    }
    if (!(await addCall(one.tx, world, call))) throw new InvalidInput('incident.idTaken')
    const object = `call/${call.id}`
    const entry = { at: context.clock.now(), actor: one.by.actor, action: 'call.record', object, result: 'ok' } as const
    await appendAudit(one.tx, { ...entry, detail: JSON.stringify({ becomes: input.becomes.kind }) })
    return incident === undefined ? { call } : { call, incident }
  })
}

async function answerAgain({ tx, world }: Acting, call: CallRecord): Promise<CallAnswer> {
  const incident = call.incident === undefined ? undefined : await holdIncident(tx, world, call.incident)
  return incident === undefined ? { call } : { call, incident }
}

function becoming(one: Acting, input: NewCall): Promise<Incident | undefined> {
  const { becomes } = input
  const source = input.caller.post ?? 'call'
  const says: EntryDraft = { kind: 'call', verb: 'call.record', args: { source }, text: textOf(input) }
  switch (becomes.kind) {
    case 'record':
      return Promise.resolve(undefined)
    case 'incident': {
      const { id, typeCode, place, receivedAt: reportedAt } = input
      const title = becomes.title ?? usualTitle(typeCode, place.text)
      const opened = { id, title, typeCode, place, reportedAt, source: { kind: 'call', ref: id } as const }
      return openWithin(one, { ...opened, people: input.people }, [says])
    }
    case 'followUp':
      return followUp(one, becomes.incident, { input, says, source })
  }
}

interface FollowUp {
  readonly input: NewCall
  readonly says: EntryDraft
  readonly source: string
}

async function followUp(one: Acting, id: string, { input, says, source }: FollowUp): Promise<Incident> {
  const held = await heldIncident(one, id)
  const figures = peopleAsSaid(input.people, input.receivedAt, source)
  const kinds = Object.keys(figures) as (keyof typeof figures)[]
  const incident = kinds.reduce((now, kind) => withFigure(now, kind, figures[kind]!), held)
  const counted = kinds.map((kind): EntryDraft => {
    return { kind: 'report', verb: 'incident.count', args: { kind, value: figures[kind]!.value, source } }
  })
  return settle(one, held, { incident, entries: [says, ...counted] })
}

const textOf = ({ said, measures }: NewCall): string => (measures === undefined ? said : `${said}\n${measures}`)

/** 「和平路下穿 内涝」 */
function usualTitle(typeCode: string, place: string): string {
  const name = incidentType(typeCode)?.name['zh-CN'] ?? typeCode
  return `${place.slice(0, 59 - name.length)} ${name}`
}
