import { z } from 'zod'
import { WorldClock } from '@/domain/world'
import { defineSql } from '@/platform/postgres/query'

/** The clock that a World was last given before a moment of its own time; no row while it has its first one. */
export const clockAsOf = defineSql({
  name: 'clockAsOf',
  params: z.object({ world: z.number(), knownTime: z.number() }),
  row: z.object({ body: WorldClock }),
  sql: `
    SELECT body FROM events WHERE world = $world AND kind = 'world.clockSet' AND at <= $knownTime
    ORDER BY n DESC LIMIT 1`,
})
