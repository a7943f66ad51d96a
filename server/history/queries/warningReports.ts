import { z } from 'zod'
import { Report } from '@/domain/report'
import { defineQuery } from '@/platform/clickhouse/query'
import { Moment } from './columns'

/** Every warning message since `from` as known at `knownTime`, the newest revision of each; Updates and Cancels too. */
export const warningReports = defineQuery({
  name: 'warningReports',
  params: z.object({ world: z.number(), from: Moment, knownTime: Moment }),
  row: z.object({
    body: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(Report),
  }),
  sql: `
    SELECT argMax(body, (JSONExtractFloat(body, 'revisedAt'), seq)) AS body
    FROM reports
    WHERE world = {world:UInt16} AND kind = 'warning'
      AND known_time <= fromUnixTimestamp64Milli({knownTime:Int64}, 'UTC')
      AND phenomenon_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    GROUP BY id LIMIT 20000`,
})
