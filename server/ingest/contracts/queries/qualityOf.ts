import { z } from 'zod'
import { Finding, Grade } from '@/domain/feed/feedQuality'
import { WorldNo } from '@/domain/ids'
import { defineQuery } from '@/platform/clickhouse/query'

const aspects = z.string().transform((text) => z.record(z.string(), z.number()).parse(JSON.parse(text)))
const findings = z.string().transform((text) => Finding.array().parse(JSON.parse(text)))

/** Judged hours of a World's feeds since `from` (World time, epoch ms), the newest first; `madeAt` in machine time. */
export const qualityOf = defineQuery({
  name: 'qualityOf',
  params: z.object({ world: WorldNo, from: z.number() }),
  row: z.object({
    feed: z.number(),
    hour: z.number(),
    score: z.number(),
    grade: Grade,
    expected: z.number(),
    records: z.number(),
    aspects,
    findings,
    madeAt: z.number(),
  }),
  sql: `
    SELECT feed, toUnixTimestamp(q.hour) * 1000 AS hour, argMax(score, version) AS score, argMax(grade, version) AS grade,
           argMax(expected, version) AS expected, argMax(records, version) AS records,
           argMax(aspects, version) AS aspects, argMax(findings, version) AS findings,
           toUnixTimestamp(max(made_at)) * 1000 AS madeAt
    FROM feed_quality AS q
    WHERE world = {world:UInt16} AND q.hour >= fromUnixTimestamp64Milli({from:Int64})
    GROUP BY feed, q.hour ORDER BY hour DESC, feed`,
})
