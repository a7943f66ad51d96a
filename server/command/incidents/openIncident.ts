import type { OpenIncident, PeopleSaid } from '@/domain/api/incidents'
import type { WorldNo } from '@/domain/ids'
import type { Incident, PeopleKind } from '@/domain/incident/incident'
import { incidentType } from '@/domain/incident/incidentTypes'
import { firstReportClocks } from '@/domain/incident/reporting'
import type { EpochMillis } from '@/domain/time'
import { Conflict, InvalidInput } from '@/platform/errors'
import { appendEvent } from '../outbox'
import type { CommandContext } from '../commandContext'
import { acting, auditEntries, heldIncident, settle, writeLog } from './act'
import type { Acting, EntryDraft } from './act'
import { takeIncidentNumber } from '../shortNumbers'
import { addIncident, holdId, holdIncident } from './incidentRows'

/** 立案: a person makes an Incident of a lead. The same id twice is one. @throws Forbidden, InvalidInput, Conflict */
export async function openIncident(context: CommandContext, world: WorldNo, input: OpenIncident): Promise<Incident> {
  return acting(context, world, { action: 'incidents.open', onBehalf: input.onBehalf }, async (one) => {
    await holdId(one.tx, input.id)
    const { parent } = input
    const above = parent === undefined ? undefined : await heldIncident(one, parent)
    const opened = await openWithin(one, input, [])
    if (above === undefined || opened.links.length > 0) return opened
    const child = { kind: 'child', id: opened.id } as const
    const says = { kind: 'note', verb: 'incident.link', args: { kind: 'child', no: opened.no } } as const
    await settle(one, above, { incident: { ...above, links: [...above.links, child] }, entries: [says] })
    const links = [{ kind: 'parent', id: above.id } as const]
    return settle(one, opened, { incident: { ...opened, links }, entries: [] })
  })
}

export type OpenWithin = Pick<
  OpenIncident,
  'id' | 'title' | 'typeCode' | 'place' | 'reportedAt' | 'occurredAt' | 'source' | 'people' | 'condition'
>

/** Opens one inside the act of a caller; `entries` follow the first line of its log. @throws InvalidInput, Conflict */
export async function openWithin(one: Acting, input: OpenWithin, entries: readonly EntryDraft[]): Promise<Incident> {
  const { tx, world, at, by } = one
  const type = incidentType(input.typeCode)
  if (type === undefined) throw new InvalidInput('incident.unknownType', { code: input.typeCode })
  const reportedAt = input.reportedAt ?? at
  if (reportedAt > at) throw new InvalidInput('incident.reportedInFuture')
  const known = await holdIncident(tx, world, input.id)
  if (known !== undefined) return known
  const first: EntryDraft = {
    kind: 'notice',
    verb: 'incident.open',
    args: { type: type.code, place: input.place.text },
  }
  const lines = [first, ...entries]
  const incident: Incident = {
    id: input.id,
    no: await takeIncidentNumber(tx, world),
    rev: 1,
    title: input.title,
    typeCode: type.code,
    state: 'reported',
    place: input.place,
    reportedAt,
    ...(input.occurredAt === undefined ? {} : { occurredAt: input.occurredAt }),
    source: input.source,
    lead: type.lead,
    support: type.support,
    people: peopleAsSaid(input.people, reportedAt, sourceText(input)),
    ...(input.condition === undefined ? {} : { condition: input.condition }),
    clocks: firstReportClocks({ rule: type.reportRule, level: undefined, reportedAt }),
    links: [],
    movedAt: at,
    lastEntry: lines.length,
  }
  if (!(await addIncident(tx, world, incident))) throw new Conflict('incident.idTaken')
  await writeLog(one, incident, { after: 0, entries: lines })
  await appendEvent(tx, { world, kind: 'incident.moved', body: incident, actor: by.actor, at })
  await auditEntries(one, incident, lines)
  return incident
}

/** First versions of the figures that were told. */
export function peopleAsSaid(said: PeopleSaid, at: EpochMillis, source: string): Incident['people'] {
  const told = Object.entries(said) as [PeopleKind, number][]
  return Object.fromEntries(
    told.map(([kind, value]) => [kind, { value, at, status: 'unverified', source, version: 1 } as const]),
  )
}

const sourceText = ({ source }: OpenWithin): string => source.kind
