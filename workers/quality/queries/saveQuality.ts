import type { Finding, Grade, QualityAspects } from '@/domain/feed/feedQuality'
import type { FeedNo, WorldNo } from '@/domain/ids'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'

export interface QualityRow {
  readonly world: WorldNo
  readonly feed: FeedNo
  /** Start of the hour, epoch ms of the World. */
  readonly hour: number
  readonly score: number
  readonly grade: Grade
  readonly expected: number
  readonly records: number
  readonly aspects: QualityAspects
  readonly findings: readonly Finding[]
}

/** Keeps the quality of feeds; `madeAt` in machine time, epoch ms: the newest making of an hour holds. */
export async function saveQuality(clickhouse: ClickHouse, rows: readonly QualityRow[], madeAt: number): Promise<void> {
  if (rows.length === 0) return
  const lines = rows.map(({ hour, aspects, findings, ...row }) =>
    JSON.stringify({
      ...row,
      hour: Math.floor(hour / 1_000),
      aspects: JSON.stringify(aspects),
      findings: JSON.stringify(findings),
      made_at: Math.floor(madeAt / 1_000),
      version: madeAt,
    }),
  )
  await clickhouse.insertBytes(
    { name: 'saveQuality', sql: 'INSERT INTO feed_quality FORMAT JSONEachRow', settings: { async_insert: 0 } },
    Buffer.from(lines.join('\n')),
  )
}
