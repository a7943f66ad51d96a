import { z } from 'zod'
import { Alarm } from '@/domain/alarm'
import { WorldNo } from '@/domain/ids'
import type { Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

const insertAlarm = defineSql({
  name: 'insertAlarm',
  params: z.object({
    id: z.string(),
    world: WorldNo,
    detector: z.string(),
    key: z.string(),
    state: z.string(),
    body: z.string(),
  }),
  row: z.object({ id: z.string() }),
  sql: `
    INSERT INTO alarms (id, world, detector, key, state, body)
    VALUES ($id::uuid, $world, $detector, $key, $state, $body::jsonb)
    ON CONFLICT DO NOTHING RETURNING id`,
})

const lockAlarm = defineSql({
  name: 'lockAlarm',
  params: z.object({ world: WorldNo, id: z.uuid() }),
  row: z.object({ body: Alarm }),
  sql: 'SELECT body FROM alarms WHERE world = $world AND id = $id::uuid FOR UPDATE',
})

const updateAlarm = defineSql({
  name: 'updateAlarm',
  params: z.object({ id: z.string(), state: z.string(), body: z.string() }),
  row: z.never(),
  sql: 'UPDATE alarms SET state = $state, body = $body::jsonb WHERE id = $id::uuid',
})

/** False when the condition has an open Alarm already, or when this very Alarm was raised before. */
export async function addAlarm(tx: Transaction, world: WorldNo, alarm: Alarm): Promise<boolean> {
  const { id, detector, key, state } = alarm
  const rows = await insertAlarm(tx, { id, world, detector, key, state, body: JSON.stringify(alarm) })
  return rows.length > 0
}

/** The Alarm, held against other moves until the transaction ends. */
export async function holdAlarm(tx: Transaction, world: WorldNo, id: string): Promise<Alarm | undefined> {
  const [row] = await lockAlarm(tx, { world, id })
  return row?.body
}

export async function keepAlarm(tx: Transaction, alarm: Alarm): Promise<void> {
  await updateAlarm(tx, { id: alarm.id, state: alarm.state, body: JSON.stringify(alarm) })
}
