import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { Moment } from './columns'

/** When each feed was last heard, and what newest moment it spoke of, among what was known at a moment. */
export const FEEDS_HEARD = `
  SELECT feed, max(toUnixTimestamp64Milli(known_time)) AS known,
    max(toUnixTimestamp64Milli(phenomenon_time)) AS phenomenon
  FROM (
    SELECT feed, known_time, phenomenon_time FROM observations WHERE world = {world:UInt16}
    UNION ALL SELECT feed, known_time, phenomenon_time FROM positions WHERE world = {world:UInt16}
    UNION ALL SELECT feed, known_time, phenomenon_time FROM reports WHERE world = {world:UInt16}
  )
  WHERE known_time <= fromUnixTimestamp64Milli({knownTime:Int64}, 'UTC')
  GROUP BY feed`

export const feedsHeard = defineQuery({
  name: 'feedsHeard',
  params: z.object({ world: z.number(), knownTime: Moment }),
  row: z.object({ feed: z.number(), known: z.number(), phenomenon: z.number() }),
  sql: FEEDS_HEARD,
})
