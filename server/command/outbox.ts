import { z } from 'zod'
import type { OutboxEvent } from '@/domain/batch'
import type { WorldNo } from '@/domain/ids'
import type { Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

/** Channel of PostgreSQL's NOTIFY; the payload is `world:n`. */
export const EVENTS_CHANNEL = 'belfry_events'

type WithoutNumber<Event> = Event extends OutboxEvent ? Omit<Event, 'n'> & { readonly world: WorldNo } : never
/** An event before it has its number. `at` is in the World's clock. */
export type EventDraft = WithoutNumber<OutboxEvent>

// One statement, so one round trip: the counter's row stays locked until the command commits, which makes the
// numbers gap-free and their order the order of commits; NOTIFY leaves with the commit.
const insertEvent = defineSql({
  name: 'insertEvent',
  params: z.object({ world: z.number(), kind: z.string(), body: z.string(), actor: z.string(), at: z.number() }),
  row: z.object({ n: z.number().int().positive() }),
  sql: `
    WITH counter AS (
      INSERT INTO world_counters AS held (world, event_n) VALUES ($world::int, 1)
      ON CONFLICT (world) DO UPDATE SET event_n = held.event_n + 1
      RETURNING event_n AS n
    ), event AS (
      INSERT INTO events (world, n, kind, body, actor, at)
      SELECT $world::int, n, $kind, $body::jsonb, $actor, $at FROM counter
      RETURNING n
    )
    SELECT n, pg_notify('${EVENTS_CHANNEL}', $world::int || ':' || n) FROM event`,
})

/**
 * Writes an event into the outbox of its World inside the caller's transaction and returns its number. Nobody else
 * gets a number of that World until the transaction ends, so keep it short.
 */
export async function appendEvent(tx: Transaction, event: EventDraft): Promise<number> {
  const { world, kind, actor, at } = event
  const [row] = await insertEvent(tx, { world, kind, body: JSON.stringify(event.body), actor, at })
  if (row === undefined) throw new RangeError('The outbox gave no number.')
  return row.n
}
