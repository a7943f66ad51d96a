import { z } from 'zod'
import { Report } from '@/domain/report'
import { defineQuery } from '@/platform/clickhouse/query'

/** Every revision of one Report that was ever recorded, the newest first; a record that was inserted twice is one. */
export const REVISIONS_OF_REPORT = `
  SELECT any(body) AS body, any(toUnixTimestamp64Milli(known_time)) AS knownTime,
    any(toUnixTimestamp(recorded_at)) * 1000 AS recordedAt, toString(seq) AS seq
  FROM reports
  WHERE world = {world:UInt16} AND id = {report:UUID}
  GROUP BY reports.seq
  ORDER BY reports.seq DESC
  LIMIT 200`

export const revisionsOfReport = defineQuery({
  name: 'revisionsOfReport',
  params: z.object({ world: z.number(), report: z.uuid() }),
  row: z.object({
    body: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(Report),
    knownTime: z.number(),
    recordedAt: z.number(),
    seq: z.string(),
  }),
  sql: REVISIONS_OF_REPORT,
})
