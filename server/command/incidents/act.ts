import type { ActedBy, SpokenBy } from '@/domain/access/actedBy'
import type { WorldNo } from '@/domain/ids'
import type { Incident } from '@/domain/incident/incident'
import { isOver } from '@/domain/incident/incidentState'
import type { LogEntry } from '@/domain/incident/logEntry'
import { minutes } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import { Conflict, Forbidden, InvalidInput, NotFound } from '@/platform/errors'
import type { Transaction } from '@/platform/postgres/postgres'
import { inTransaction } from '@/platform/postgres/transaction'
import { appendAudit } from '@/server/access/audit'
import { authorise } from '@/server/access/authorise'
import type { Action } from '@/server/access/authorise'
import type { CommandContext } from '../commandContext'
import { appendEvent } from '../outbox'
import type { EventDraft } from '../outbox'
import { addEntry, holdIncident, keepIncident } from './incidentRows'

/** Which Incident. */
export interface OneIncident {
  readonly world: WorldNo
  readonly id: string
}

/** A line of the log before it has its number and its author. */
export interface EntryDraft extends Pick<LogEntry, 'kind' | 'verb'> {
  readonly args?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly text?: string | undefined
  readonly task?: string | undefined
  readonly corrects?: number | undefined
}

type OtherEvent = Extract<EventDraft, { kind: 'task.moved' | 'activation.moved' | 'decision.moved' }>
/** What an act leads to beside the Incident: events in the order in which screens must see them. */
export type Effect = Pick<OtherEvent, 'kind' | 'body'>

/** What an act does to one Incident. The same object as before means that its facts did not change. */
export interface Change {
  readonly incident: Incident
  readonly entries: readonly EntryDraft[]
  readonly effects?: readonly Effect[]
}

/** One act under way: the transaction, who acts and when. */
export interface Acting {
  readonly context: CommandContext
  readonly tx: Transaction
  readonly world: WorldNo
  /** The World's clock. */
  readonly at: EpochMillis
  readonly by: ActedBy
  readonly who?: string | undefined
}

export interface ActSpec {
  readonly action: Action
  readonly onBehalf?: SpokenBy | undefined
}

/** A word said on the telephone may be entered later, but not before it was said. */
const CLOCK_TOLERANCE = minutes(1)

/**
 * Runs one act in one transaction: state, log, events and audit together, or none.
 * @throws Forbidden, InvalidInput
 */
export async function acting<Value>(
  context: CommandContext,
  world: WorldNo,
  { action, onBehalf }: ActSpec,
  fn: (acting: Acting) => Promise<Value>,
): Promise<Value> {
  const { actor, postgres, worldTime } = context
  if (!authorise(actor, action)) throw new Forbidden('incident.notYours')
  if (onBehalf !== undefined && !authorise(actor, 'tasks.order')) throw new Forbidden('incident.onBehalfOfDesksOnly')
  const at = worldTime(world)
  if (onBehalf !== undefined && onBehalf.saidAt > at + CLOCK_TOLERANCE) throw new InvalidInput('incident.saidInFuture')
  return inTransaction(postgres, (tx) =>
    fn({ context, tx, world, at, by: actedBy(context, at, onBehalf), who: onBehalf?.who }),
  )
}

/** Who acts, as every screen may see it: for a word on behalf the post, never the name. */
function actedBy({ actor }: CommandContext, at: EpochMillis, onBehalf: SpokenBy | undefined): ActedBy {
  const department = actor.kind === 'person' ? actor.department : undefined
  return {
    actor: actor.id,
    at,
    ...(department === undefined ? {} : { department }),
    ...(onBehalf === undefined
      ? {}
      : { onBehalf: { post: onBehalf.post, channel: onBehalf.channel, saidAt: onBehalf.saidAt } }),
  }
}

/** Acts on one Incident that is not over. @throws Forbidden, InvalidInput, NotFound, Conflict */
export async function actOnIncident(
  context: CommandContext,
  { world, id }: OneIncident,
  spec: ActSpec,
  fn: (held: Incident, acting: Acting) => Promise<Change> | Change,
): Promise<Incident> {
  return acting(context, world, spec, async (one) => {
    const held = await heldIncident(one, id)
    return settle(one, held, await fn(held, one))
  })
}

/** @throws NotFound, Conflict for one that is over */
export async function heldIncident({ tx, world }: Acting, id: string): Promise<Incident> {
  const held = await holdIncident(tx, world, id)
  if (held === undefined) throw new NotFound('incident.unknown', { id })
  if (isOver(held.state)) throw new Conflict('incident.isOver', { no: held.no })
  return held
}

/** Writes what an act changed: Incident, log, events, audit. Events come last, since they hold the World's counter. */
export async function settle(one: Acting, held: Incident, change: Change): Promise<Incident> {
  const { tx, world, at, by } = one
  const rev = change.incident === held ? held.rev : held.rev + 1
  const lastEntry = held.lastEntry + change.entries.length
  const next: Incident = { ...change.incident, rev, lastEntry }
  await keepIncident(tx, next)
  await writeLog(one, next, { after: held.lastEntry, entries: change.entries })
  await appendEvent(tx, { world, kind: 'incident.moved', body: next, actor: by.actor, at })
  for (const effect of change.effects ?? []) {
    await appendEvent(tx, { ...effect, world, actor: by.actor, at } as OtherEvent)
  }
  await auditEntries(one, next, change.entries)
  return next
}

/** Numbers and keeps lines of the log. */
export async function writeLog(
  { context, tx, by, who }: Acting,
  { id }: Pick<Incident, 'id'>,
  { after, entries }: { readonly after: number; readonly entries: readonly EntryDraft[] },
): Promise<void> {
  const recordedAt = context.clock.now()
  for (const [index, draft] of entries.entries()) {
    const { kind, verb, text, task, corrects } = draft
    await addEntry(tx, id, {
      n: after + index + 1,
      kind,
      verb,
      args: told(draft.args),
      by,
      recordedAt,
      ...(text === undefined ? {} : { text }),
      ...(task === undefined ? {} : { task }),
      ...(corrects === undefined ? {} : { corrects }),
      ...(who === undefined || who === '' ? {} : { who }),
    })
  }
}

export async function auditEntries(
  { context, tx, by }: Acting,
  { id }: Pick<Incident, 'id'>,
  entries: readonly EntryDraft[],
): Promise<void> {
  const { onBehalf } = by
  for (const { verb, args, text, task } of entries) {
    const detail = JSON.stringify({ incident: id, args: told(args), text, onBehalf })
    const object = task === undefined ? `incident/${id}` : `task/${task}`
    const entry = { at: context.clock.now(), actor: by.actor, action: verb, object, result: 'ok' } as const
    await appendAudit(tx, { ...entry, detail })
  }
}

const told = (args: EntryDraft['args'] = {}): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )

/** The facts that were edited must be those that the editor saw. @throws Conflict */
export function mustBeSeen(held: Incident, rev: number): void {
  if (held.rev !== rev) throw new Conflict('incident.changedMeanwhile', { rev: held.rev })
}
