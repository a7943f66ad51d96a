import { z } from 'zod'
import type { OutboxEvent } from '@/domain/batch'
import type { WorldNo } from '@/domain/ids'

/** Channel of PostgreSQL's NOTIFY; the payload is `world:n`. */
export const EVENTS_CHANNEL = 'belfry_events'

/** The open transaction of a command; a pg client has this shape. */
export interface Transaction {
  query(text: string, values: unknown[]): Promise<{ readonly rows: unknown[] }>
}

type WithoutNumber<Event> = Event extends OutboxEvent ? Omit<Event, 'n'> & { readonly world: WorldNo } : never
/** An event before it has its number. `at` is in the World's clock. */
export type EventDraft = WithoutNumber<OutboxEvent>

const Numbered = z.object({ n: z.coerce.number().int().positive() })

// One statement, so one round trip: the counter's row stays locked until the command commits, which makes the
// numbers gap-free and their order the order of commits; NOTIFY leaves with the commit.
const APPEND = `
  WITH counter AS (
    INSERT INTO world_counters AS c (world, event_n) VALUES ($1, 1)
    ON CONFLICT (world) DO UPDATE SET event_n = c.event_n + 1
    RETURNING event_n AS n
  ), event AS (
    INSERT INTO events (world, n, kind, body, actor, at)
    SELECT $1, n, $2, $3, $4, $5 FROM counter
    RETURNING n
  )
  SELECT n, pg_notify('${EVENTS_CHANNEL}', $1::int || ':' || n) FROM event`

/**
 * Writes an event into the outbox of its World inside the caller's transaction and returns its number. Nobody else
 * gets a number of that World until the transaction ends, so keep it short.
 */
export async function appendEvent(tx: Transaction, event: EventDraft): Promise<number> {
  const values = [event.world, event.kind, JSON.stringify(event.body), event.actor, event.at]
  const { rows } = await tx.query(APPEND, values)
  return Numbered.parse(rows[0]).n
}
