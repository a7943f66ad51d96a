import { z } from 'zod'
import { Key, WorldNo } from '@/domain/ids'
import { WorldClock } from '@/domain/world'
import { defineSql } from '@/platform/postgres/query'

/** Number, key and clock of every World. */
export const worldClocks = defineSql({
  name: 'worldClocks',
  row: z
    .object({ no: WorldNo, key: Key, anchor_world: z.number(), anchor_real: z.number(), rate: z.number() })
    .transform(({ no, key, anchor_world, anchor_real, rate }) => ({
      no,
      key,
      clock: WorldClock.parse({ anchorWorld: anchor_world, anchorReal: anchor_real, rate }),
    })),
  sql: 'SELECT no, key, anchor_world, anchor_real, rate FROM worlds ORDER BY no',
})
