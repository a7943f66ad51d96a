import { z } from 'zod'
import { Alarm } from '@/domain/alarm'
import { defineSql } from '@/platform/postgres/query'

/** Each Alarm as its last move before a moment of the World's clock left it; cleared ones are gone. */
export const ALARMS_AS_OF = `
  SELECT body FROM (
    SELECT DISTINCT ON (body ->> 'id') body FROM events
    WHERE world = $world AND kind = 'alarm.moved' AND at <= $knownTime
    ORDER BY body ->> 'id', n DESC
  ) AS last
  WHERE body ->> 'state' <> 'cleared'`

export const alarmsAsOf = defineSql({
  name: 'alarmsAsOf',
  params: z.object({ world: z.number(), knownTime: z.number() }),
  row: z.object({ body: Alarm }),
  sql: ALARMS_AS_OF,
})
