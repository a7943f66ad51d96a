import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import type { Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

// The counter's row stays locked until the command commits, as it does for the number of its event: so two alarms that
// are raised at once see each other.
const lockCounter = defineSql({
  name: 'lockAlarmCounter',
  params: z.object({ world: WorldNo }),
  row: z.object({ last: z.number() }),
  sql: `
    INSERT INTO world_counters AS held (world) VALUES ($world::int)
    ON CONFLICT (world) DO UPDATE SET alarm_no = held.alarm_no RETURNING alarm_no AS last`,
})

const turnCounter = defineSql({
  name: 'turnAlarmCounter',
  params: z.object({ world: WorldNo, last: z.number() }),
  row: z.object({ no: z.number() }),
  sql: `
    WITH held AS (
      SELECT (body ->> 'no')::int AS no FROM alarms WHERE world = $world AND state <> 'cleared' AND body ? 'no'
    ), free AS (
      SELECT turn.no FROM (SELECT ($last::int + k - 1) % 99 + 1 AS no, k FROM generate_series(1, 99) AS k) AS turn
      WHERE NOT EXISTS (SELECT FROM held WHERE held.no = turn.no) ORDER BY k LIMIT 1
    )
    UPDATE world_counters SET alarm_no = coalesce((SELECT no FROM free), (SELECT max(no) + 1 FROM held))
    WHERE world = $world RETURNING alarm_no AS no`,
})

/**
 * The next short number of a World, from 1 to 99 in turn, that no open Alarm has; above 99 while all of these are open.
 * People cite it aloud, so it comes back as late as possible.
 */
export async function takeAlarmNumber(tx: Transaction, world: WorldNo): Promise<number> {
  const [counter] = await lockCounter(tx, { world })
  const [turned] = await turnCounter(tx, { world, last: counter?.last ?? 0 })
  if (turned === undefined) throw new RangeError('The counter gave no number.')
  return turned.no
}
