import type { LinkIncident, MergeIncident, MoveEntry, SplitIncident } from '@/domain/api/incidents'
import type { Incident, IncidentLink } from '@/domain/incident/incident'
import { canMerge, isWorked } from '@/domain/incident/incidentState'
import type { LogEntry } from '@/domain/incident/logEntry'
import { Conflict, InvalidInput } from '@/platform/errors'
import type { CommandContext } from '../commandContext'
import { lapseProposals } from '../plans/lapseProposals'
import { moveTasksTo } from '../tasks/moveTasksTo'
import { acting, heldIncident, settle } from './act'
import type { Acting, ActSpec, EntryDraft, OneIncident } from './act'
import { entriesOf, holdId } from './incidentRows'
import { openWithin } from './openIncident'

interface Both {
  readonly one: Incident
  readonly other: Incident
}

/** Holds two Incidents in the order of their ids, so that two acts on the same two never wait for each other. */
async function onBoth<Value>(
  context: CommandContext,
  { world, id, other }: OneIncident & { readonly other: string },
  spec: ActSpec,
  fn: (both: Both, acting: Acting) => Promise<Value>,
): Promise<Value> {
  if (id === other) throw new InvalidInput('incident.sameIncident')
  return acting(context, world, spec, async (act) => {
    const [low, high] = [id, other].sort() as [string, string]
    const first = await heldIncident(act, low)
    const second = await heldIncident(act, high)
    return fn(low === id ? { one: first, other: second } : { one: second, other: first }, act)
  })
}

/**
 * Two were one: this one ends as merged, its tasks and figures that the other lacks go over, its log stays where it is
 * and is named there. @throws Forbidden, InvalidInput, NotFound, Conflict
 */
export async function mergeIncident(context: CommandContext, of: OneIncident, input: MergeIncident): Promise<Incident> {
  const { into, reason, onBehalf } = input
  return onBoth(
    context,
    { ...of, other: into },
    { action: 'incidents.edit', onBehalf },
    async ({ one, other }, act) => {
      if (!canMerge(one.state) || !isWorked(other.state)) throw new Conflict('incident.cannotMerge', { no: one.no })
      const lapsed = await lapseProposals(act, one.id)
      const moved = await moveTasksTo(act, one.id, other.id)
      const people = { ...one.people, ...other.people }
      const args = { from: one.no, into: other.no, tasks: moved.length }
      const kept = await settle(act, other, {
        incident: { ...other, people, links: withLink(other.links, { kind: 'related', id: one.id }) },
        entries: [{ kind: 'decision', verb: 'incident.absorb', args, text: reason }],
        effects: moved.map((body) => ({ kind: 'task.moved', body })),
      })
      const gone: Incident = { ...one, state: 'merged', mergedInto: other.id, movedAt: act.at }
      const says: EntryDraft = { kind: 'decision', verb: 'incident.merge', args, text: reason }
      await settle(act, one, { incident: gone, entries: [...lapsed.entries, says], effects: lapsed.effects })
      return kept
    },
  )
}

/**
 * One was two: the named lines of the log begin an Incident of their own; they stay here too, since a log loses nothing.
 * @throws Forbidden, InvalidInput, NotFound, Conflict
 */
export async function splitIncident(context: CommandContext, of: OneIncident, input: SplitIncident): Promise<Incident> {
  const { id, title, typeCode, place, entries, reason, onBehalf } = input
  return acting(context, of.world, { action: 'incidents.edit', onBehalf }, async (act) => {
    await holdId(act.tx, id)
    const from = await heldIncident(act, of.id)
    const chosen = (await entriesOf(act.tx, from.id)).filter(({ n }) => entries.includes(n))
    if (chosen.length < new Set(entries).size) throw new InvalidInput('incident.noSuchEntry', { n: entries.join(' ') })
    const says: EntryDraft = { kind: 'decision', verb: 'incident.split', args: { no: from.no }, text: reason }
    const copied = chosen.map((entry) => copyOf(entry, from))
    const opened = { id, title, typeCode, place, source: { kind: 'split', ref: from.id } as const, people: {} }
    const made = await openWithin(act, opened, [...copied, says])
    const links = withLink(from.links, { kind: 'related', id: made.id })
    const told: EntryDraft = { kind: 'decision', verb: 'incident.splitOff', args: { no: made.no }, text: reason }
    await settle(act, from, { incident: { ...from, links }, entries: [told] })
    const back = withLink(made.links, { kind: 'related', id: from.id })
    return settle(act, made, { incident: { ...made, links: back }, entries: [] })
  })
}

const opposite: Readonly<Record<IncidentLink['kind'], IncidentLink['kind']>> = {
  causes: 'causedBy',
  causedBy: 'causes',
  parent: 'child',
  child: 'parent',
  related: 'related',
}

/** Says that two belong together; each shows it from its side. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function linkIncident(context: CommandContext, of: OneIncident, input: LinkIncident): Promise<Incident> {
  const { kind, to } = input
  return onBoth(context, { ...of, other: to }, { action: 'incidents.edit' }, async ({ one, other }, act) => {
    const says = (no: number, as: string): EntryDraft => ({
      kind: 'note',
      verb: 'incident.link',
      args: { kind: as, no },
    })
    await settle(act, other, {
      incident: { ...other, links: withLink(other.links, { kind: opposite[kind], id: one.id }) },
      entries: [says(one.no, opposite[kind])],
    })
    return settle(act, one, {
      incident: { ...one, links: withLink(one.links, { kind, id: to }) },
      entries: [says(other.no, kind)],
    })
  })
}

/** A line written to the wrong Incident goes to the right one, and both say so. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function moveEntry(context: CommandContext, of: OneIncident, input: MoveEntry): Promise<Incident> {
  const { n, to, reason } = input
  return onBoth(context, { ...of, other: to }, { action: 'incidents.edit' }, async ({ one, other }, act) => {
    const entry = (await entriesOf(act.tx, one.id)).find((line) => line.n === n)
    if (entry === undefined) throw new InvalidInput('incident.noSuchEntry', { n })
    await settle(act, other, { incident: other, entries: [copyOf(entry, one)] })
    const told: EntryDraft = { kind: 'note', verb: 'entry.moved', args: { n, no: other.no }, text: reason, corrects: n }
    return settle(act, one, { incident: one, entries: [told] })
  })
}

const withLink = (links: readonly IncidentLink[], link: IncidentLink): readonly IncidentLink[] =>
  links.some(({ kind, id }) => kind === link.kind && id === link.id) ? links : [...links, link]

/** The line as it was, with where it came from, who wrote it and when. */
function copyOf({ kind, verb, args, text, n, by }: LogEntry, from: Incident): EntryDraft {
  const origin = { copiedFrom: from.no, copiedN: n, writtenBy: by.actor, writtenAt: by.at }
  return { kind, verb, args: { ...args, ...origin }, ...(text === undefined ? {} : { text }) }
}
