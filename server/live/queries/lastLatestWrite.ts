import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { OneWorld } from './rows'

/** Version of the newest row that any leader of the World wrote to the latest tables; 0 when there is none. */
export const lastLatestWrite = defineQuery({
  name: 'liveLastLatestWrite',
  params: OneWorld,
  row: z.object({ version: z.coerce.bigint() }),
  sql: `
    SELECT toString(max(version)) AS version FROM (
      SELECT max(version) AS version FROM latest_values WHERE world = {world:UInt16}
      UNION ALL
      SELECT max(version) AS version FROM latest_positions WHERE world = {world:UInt16}
    )`,
})
