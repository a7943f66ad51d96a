import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { Shift } from '@/domain/shift/shift'
import type { Queryable, Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

const upsertShift = defineSql({
  name: 'upsertShift',
  params: z.object({ id: z.uuid(), world: WorldNo, no: z.number(), state: z.string(), body: z.string() }),
  row: z.never(),
  sql: `
    INSERT INTO shifts (id, world, no, state, body) VALUES ($id::uuid, $world, $no, $state, $body::jsonb)
    ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, body = EXCLUDED.body`,
})

const newestShifts = defineSql({
  name: 'newestShifts',
  params: z.object({ world: WorldNo, limit: z.number() }),
  row: z.object({ body: Shift }),
  sql: 'SELECT body FROM shifts WHERE world = $world ORDER BY no DESC LIMIT $limit',
})

const lockShifts = defineSql({
  name: 'lockShifts',
  params: z.object({ world: WorldNo }),
  row: z.object({}),
  sql: 'SELECT pg_advisory_xact_lock(2, $world::int)',
})

export async function keepShift(tx: Transaction, world: WorldNo, shift: Shift): Promise<void> {
  const { id, no, state } = shift
  await upsertShift(tx, { id, world, no, state, body: JSON.stringify(shift) })
}

/** The newest first. */
export const readShifts = async (db: Queryable, world: WorldNo, limit: number): Promise<Shift[]> =>
  (await newestShifts(db, { world, limit })).map(({ body }) => body)

/** The newest shift, held against every other act on shifts of the World. */
export async function holdShift(tx: Transaction, world: WorldNo): Promise<Shift | undefined> {
  await lockShifts(tx, { world })
  return (await readShifts(tx, world, 1))[0]
}
