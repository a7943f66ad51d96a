import type { CloseRoads } from '@/domain/api/roads'
import type { Actor } from '@/domain/api/session'
import type { World } from '@/domain/world'
import type { Clock } from '@/platform/clock'
import { Forbidden, InvalidInput, NotFound } from '@/platform/errors'
import type { Postgres } from '@/platform/postgres/postgres'
import { inTransaction } from '@/platform/postgres/transaction'
import { appendAudit } from '../access/audit'
import { authorise } from '../access/authorise'
import { deleteClosure, putClosure } from './closureRows'

/** Who closes or opens roads, in which World, under which name. */
export interface ClosureContext {
  readonly actor: Actor
  readonly postgres: Postgres
  readonly clock: Clock
  readonly world: World
  readonly source: string
}

/** Keeps a closure; what the same source closed before is replaced. @throws Forbidden, InvalidInput, Unavailable */
export async function closeRoads(context: ClosureContext, { reason, codes, places }: CloseRoads): Promise<void> {
  const { actor, postgres, clock, world, source } = context
  if (!authorise(actor, 'roads.close')) throw new Forbidden('roads.notYours')
  if (codes.length + places.length === 0) throw new InvalidInput('roads.closesNothing')
  const at = clock.now()
  await inTransaction(postgres, async (tx) => {
    const [codeList, placeList] = [JSON.stringify(codes), JSON.stringify(places)]
    await putClosure(tx, { world: world.no, source, reason, codes: codeList, places: placeList, by: actor.id, at })
    await appendAudit(tx, {
      at,
      actor: actor.id,
      action: 'roads.close',
      object: objectOf(context),
      result: 'ok',
      detail: reason,
    })
  })
}

/** Takes back what a source closed. @throws Forbidden, NotFound, Unavailable */
export async function reopenRoads(context: ClosureContext): Promise<void> {
  const { actor, postgres, clock, world, source } = context
  if (!authorise(actor, 'roads.close')) throw new Forbidden('roads.notYours')
  await inTransaction(postgres, async (tx) => {
    const gone = await deleteClosure(tx, { world: world.no, source })
    if (gone.length === 0) throw new NotFound('roads.noClosure', { source })
    const entry = { action: 'roads.reopen', object: objectOf(context), result: 'ok' } as const
    await appendAudit(tx, { at: clock.now(), actor: actor.id, ...entry })
  })
}

const objectOf = ({ world, source }: ClosureContext): string => `roads/${world.key}/${source}`
