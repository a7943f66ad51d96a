import type { WorldNo } from '@/domain/ids'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'

export interface RollupProgress {
  readonly world: WorldNo
  readonly closedTo: number
  readonly seenTo: number
  readonly version: number
}

/** Says how far a World is, after its minutes are stored. */
export async function saveProgress(clickhouse: ClickHouse, progress: RollupProgress): Promise<void> {
  await clickhouse.command({
    name: 'saveRollupProgress',
    sql: `INSERT INTO rollup_progress (world, closed_to, seen_to, version)
          SELECT {world:UInt16}, fromUnixTimestamp64Milli({closedTo:Int64}), toDateTime({seenTo:UInt32}, 'UTC'), {version:UInt64}`,
    params: { ...progress },
  })
}
