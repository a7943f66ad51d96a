import type { AddModifier } from '@/domain/api/forecasts'
import type { ModelRun, Modifier } from '@/domain/runs/modelRun'
import { epochMillis, minutes } from '@/domain/time'
import type { World } from '@/domain/world'
import { uuidv7 } from '@/platform/clock'
import type { Clock } from '@/platform/clock'
import { Conflict, NotFound } from '@/platform/errors'
import type { Postgres } from '@/platform/postgres/postgres'
import { inTransaction } from '@/platform/postgres/transaction'
import { moveRun, setRunKind, supersedeOthers } from '@/platform/runs/runRows'
import type { HeldRun } from '@/platform/runs/runRows'
import { appendAudit } from '../access/audit'
import type { CatalogueStore } from '../catalogue/catalogueStore'
import { FLOOD } from './forecasts'
import { endModifier, insertModifier } from './modifierRows'

interface ActParts {
  readonly postgres: Postgres
  readonly clock: Clock
  readonly catalogue: CatalogueStore
}

/** A product becomes the official one; what was approved before is superseded. @throws Conflict */
export async function approveRun(
  { postgres, clock }: ActParts,
  { run, world }: HeldRun,
  author: string,
): Promise<ModelRun> {
  if (run.kind !== 'official') throw new Conflict('forecast.promoteFirst')
  return inTransaction(postgres, async (tx) => {
    const approved = await moveRun(tx, run.id, 'approved', { patch: { approvedBy: author } })
    if (approved === undefined) throw new Conflict('forecast.cannotMove', { from: run.state, to: 'approved' })
    await supersedeOthers(tx, { world, model: FLOOD, id: run.id })
    const act = { action: 'forecast.approve', object: `run/${run.id}`, result: 'ok' } as const
    await appendAudit(tx, { at: clock.now(), actor: author, ...act })
    return approved
  })
}

/** A what-if joins the official series; it is still to be approved. @throws Conflict */
export async function promoteRun({ postgres, clock }: ActParts, { run }: HeldRun, author: string): Promise<ModelRun> {
  return inTransaction(postgres, async (tx) => {
    const [row] = await setRunKind(tx, { id: run.id, kind: 'official' })
    if (row === undefined || run.kind === 'official') throw new Conflict('forecast.cannotPromote', { from: run.state })
    const act = { action: 'forecast.promote', object: `run/${run.id}`, result: 'ok' } as const
    await appendAudit(tx, { at: clock.now(), actor: author, ...act })
    return row.body
  })
}

/** @throws Conflict when it has ended for good */
export async function cancelRun(
  { postgres, clock }: ActParts,
  { run }: HeldRun,
  { author, reason }: { author: string; reason: string },
): Promise<ModelRun> {
  return inTransaction(postgres, async (tx) => {
    const patch = { notice: 'CANCELLED', reason, endedAt: clock.now() } as const
    const cancelled = await moveRun(tx, run.id, 'cancelled', { patch })
    if (cancelled === undefined) throw new Conflict('forecast.cannotMove', { from: run.state, to: 'cancelled' })
    const act = { action: 'forecast.cancel', object: `run/${run.id}`, result: 'ok' } as const
    await appendAudit(tx, { at: clock.now(), actor: author, ...act })
    return cancelled
  })
}

/** Modifiers of one run alone. */
export function modifiersOf(
  { clock, catalogue }: ActParts,
  world: World,
  { drafts, author }: { drafts: readonly AddModifier[]; author: string },
): Modifier[] {
  const now = catalogue.worldTime(world.no)
  return drafts.map(({ minutes: length, amount, ...draft }) => ({
    ...draft,
    ...(amount === undefined ? {} : { amount }),
    id: uuidv7(clock),
    author,
    createdAt: now,
    expiresAt: epochMillis(now + minutes(length)),
  }))
}

/** Holds for every official run until it expires. */
export async function addModifier(
  parts: ActParts,
  world: World,
  { draft, author }: { draft: AddModifier; author: string },
): Promise<Modifier> {
  const [modifier] = modifiersOf(parts, world, { drafts: [draft], author })
  const { id, expiresAt } = modifier!
  await inTransaction(parts.postgres, async (tx) => {
    await insertModifier(tx, { id, world: world.no, model: FLOOD, expiresAt, body: JSON.stringify(modifier) })
    const act = { action: 'forecast.addModifier', object: `modifier/${id}`, result: 'ok' } as const
    await appendAudit(tx, { at: parts.clock.now(), actor: author, ...act })
  })
  return modifier!
}

/** @throws NotFound when there is none in force */
export async function endModifierNow(
  { postgres, clock, catalogue }: ActParts,
  world: World,
  { id, author }: { id: string; author: string },
): Promise<void> {
  await inTransaction(postgres, async (tx) => {
    const ended = await endModifier(tx, { id, world: world.no, now: catalogue.worldTime(world.no) })
    if (ended.length === 0) throw new NotFound('forecast.noModifier', { id })
    const act = { action: 'forecast.endModifier', object: `modifier/${id}`, result: 'ok' } as const
    await appendAudit(tx, { at: clock.now(), actor: author, ...act })
  })
}
