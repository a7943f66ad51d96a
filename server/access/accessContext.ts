import type { Clock } from '@/platform/clock'
import type { Postgres } from '@/platform/postgres/postgres'
import type { Sessions } from './sessions'

/** What the verbs of this room need. The clock is the machine's: sessions live outside every World. */
export interface AccessContext {
  readonly postgres: Postgres
  readonly clock: Clock
  readonly sessions: Sessions
}
