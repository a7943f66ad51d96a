import type { Actor } from '@/domain/api/session'
import type { WorldNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import type { Clock } from '@/platform/clock'
import type { Postgres } from '@/platform/postgres/postgres'

/** What every command needs: who acts, and where and when. */
export interface CommandContext {
  readonly actor: Actor
  readonly postgres: Postgres
  /** The machine's clock, for the audit. */
  readonly clock: Clock
  /** What the clock of a World shows now. @throws NotFound */
  readonly worldTime: (world: WorldNo) => EpochMillis
}

/** Belfry itself, for what no person asked for. */
export const systemActor = (name: string): Actor => ({ kind: 'system', id: `system:${name}`, name })
