import { z } from 'zod'
import { Report } from '@/domain/report'
import { defineQuery } from '@/platform/clickhouse/query'
import { Moment } from './columns'

/** The newest revision of each Report among what was known at a moment; the latest occurrences first. */
export const REPORTS_AS_OF = `
  SELECT argMax(body, (JSONExtractFloat(body, 'revisedAt'), seq)) AS body
  FROM reports
  WHERE world = {world:UInt16} AND known_time <= fromUnixTimestamp64Milli({knownTime:Int64}, 'UTC')
  GROUP BY id
  ORDER BY max(phenomenon_time) DESC
  LIMIT {limit:UInt32}`

export const reportsAsOf = defineQuery({
  name: 'reportsAsOf',
  params: z.object({ world: z.number(), knownTime: Moment, limit: z.number() }),
  row: z.object({
    body: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(Report),
  }),
  sql: REPORTS_AS_OF,
})
