import { z } from 'zod'
import { defineSql } from '@/platform/postgres/query'

/** Outbox events of one World after number `n`, in order. */
export const eventsAfter = defineSql({
  name: 'liveEventsAfter',
  params: z.object({ world: z.number(), n: z.number(), limit: z.number() }),
  row: z.object({ n: z.number(), kind: z.string(), body: z.unknown(), actor: z.string(), at: z.number() }),
  sql: 'SELECT n, kind, body, actor, at FROM events WHERE world = $world AND n > $n ORDER BY n LIMIT $limit',
})
