import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import type { Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

type TakeNumber = (tx: Transaction, world: WorldNo) => Promise<number>

/**
 * Short numbers that people cite aloud: the next one of a World, from 1 to 99 in turn, that no open thing has, so that
 * it comes back as late as possible; above 99 while all of these are open.
 * @param held SQL of one column `no`: the numbers of what is open in `$world`
 */
function shortNumbers(name: 'Alarm' | 'Incident', counter: 'alarm_no' | 'incident_no', held: string): TakeNumber {
  // The counter's row stays locked until the command commits, as it does for the number of its event: so two things that
  // begin at once see each other.
  const lock = defineSql({
    name: `lock${name}Counter`,
    params: z.object({ world: WorldNo }),
    row: z.object({ last: z.number() }),
    sql: `
      INSERT INTO world_counters AS held (world) VALUES ($world::int)
      ON CONFLICT (world) DO UPDATE SET ${counter} = held.${counter} RETURNING ${counter} AS last`,
  })
  const turn = defineSql({
    name: `turn${name}Counter`,
    params: z.object({ world: WorldNo, last: z.number() }),
    row: z.object({ no: z.number() }),
    sql: `
      WITH held AS (
        ${held}
      ), free AS (
        SELECT turn.no FROM (SELECT ($last::int + k - 1) % 99 + 1 AS no, k FROM generate_series(1, 99) AS k) AS turn
        WHERE NOT EXISTS (SELECT FROM held WHERE held.no = turn.no) ORDER BY k LIMIT 1
      )
      UPDATE world_counters SET ${counter} = coalesce((SELECT no FROM free), (SELECT max(no) + 1 FROM held))
      WHERE world = $world RETURNING ${counter} AS no`,
  })
  return async (tx, world) => {
    const [last] = await lock(tx, { world })
    const [turned] = await turn(tx, { world, last: last?.last ?? 0 })
    if (turned === undefined) throw new RangeError('The counter gave no number.')
    return turned.no
  }
}

export const takeAlarmNumber = shortNumbers(
  'Alarm',
  'alarm_no',
  `SELECT (body ->> 'no')::int AS no FROM alarms WHERE world = $world AND state <> 'cleared' AND body ? 'no'`,
)

export const takeIncidentNumber = shortNumbers(
  'Incident',
  'incident_no',
  `SELECT no FROM incidents WHERE world = $world AND state NOT IN ('archived', 'merged', 'closed')`,
)
