import { z } from 'zod'
import { defineSql } from '@/platform/postgres/query'

/** Number of the last outbox event of one World that is durable in a log. No row before the first. */
export const carriedUpTo = defineSql({
  name: 'liveCarriedUpTo',
  params: z.object({ world: z.number() }),
  row: z.object({ n: z.number() }),
  sql: 'SELECT n FROM outbox_cursors WHERE world = $world',
})

/** Moves the cursor forward, never back: a leader that was slow to learn that it is none changes nothing. */
export const setCarriedUpTo = defineSql({
  name: 'liveSetCarriedUpTo',
  params: z.object({ world: z.number(), n: z.number() }),
  row: z.never(),
  sql: `
    INSERT INTO outbox_cursors AS held (world, n) VALUES ($world, $n)
    ON CONFLICT (world) DO UPDATE SET n = excluded.n WHERE held.n < excluded.n`,
})
