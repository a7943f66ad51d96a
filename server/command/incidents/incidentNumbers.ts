import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import type { Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

// Locked until the command commits, so two Incidents that are opened at once see each other.
const lockCounter = defineSql({
  name: 'lockIncidentCounter',
  params: z.object({ world: WorldNo }),
  row: z.object({ last: z.number() }),
  sql: `
    INSERT INTO world_counters AS held (world) VALUES ($world::int)
    ON CONFLICT (world) DO UPDATE SET incident_no = held.incident_no RETURNING incident_no AS last`,
})

const turnCounter = defineSql({
  name: 'turnIncidentCounter',
  params: z.object({ world: WorldNo, last: z.number() }),
  row: z.object({ no: z.number() }),
  sql: `
    WITH held AS (
      SELECT no FROM incidents WHERE world = $world AND state NOT IN ('archived', 'merged', 'closed')
    ), free AS (
      SELECT turn.no FROM (SELECT ($last::int + k - 1) % 99 + 1 AS no, k FROM generate_series(1, 99) AS k) AS turn
      WHERE NOT EXISTS (SELECT FROM held WHERE held.no = turn.no) ORDER BY k LIMIT 1
    )
    UPDATE world_counters SET incident_no = coalesce((SELECT no FROM free), (SELECT max(no) + 1 FROM held))
    WHERE world = $world RETURNING incident_no AS no`,
})

/** The next short number of a World, from 1 to 99 in turn, that no open Incident has; above 99 while all are open. */
export async function takeIncidentNumber(tx: Transaction, world: WorldNo): Promise<number> {
  const [counter] = await lockCounter(tx, { world })
  const [turned] = await turnCounter(tx, { world, last: counter?.last ?? 0 })
  if (turned === undefined) throw new RangeError('The counter gave no number.')
  return turned.no
}
