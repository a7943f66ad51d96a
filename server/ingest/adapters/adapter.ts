import type { FeedSource } from '@/domain/feed/mapping'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import type { Postgres } from '@/platform/postgres/postgres'
import type { CatalogueStore } from '@/server/catalogue/catalogueStore'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import type { Ingest } from '../createIngest'
import type { Positions } from './positions'

/** How an adapter does, as the feeds page shows it. Times are machine time, epoch ms. */
export interface AdapterState {
  readonly feed: string
  readonly kind: FeedSource['kind']
  /** waiting: another server carries this feed, or the next try is not due yet. */
  readonly status: 'carrying' | 'waiting' | 'failing' | 'stopped'
  readonly lastAt?: number
  readonly lastError?: string
  readonly failures: number
  /** Deliveries, and records of them that were accepted and refused, since the start. */
  readonly deliveries: number
  readonly accepted: number
  readonly rejected: number
}

/** What every adapter works with. */
export interface AdapterParts {
  readonly ingest: Pick<Ingest, 'push' | 'append'>
  readonly catalogue: CatalogueStore
  readonly clock: Clock
  readonly log: Log
  readonly positions: Positions
  /** Opens somebody else's PostgreSQL, one connection. */
  readonly openPostgres: (url: string) => Postgres
  /** The text of a file under var/secrets. @throws Error when there is none */
  readonly secret: (name: string) => Promise<string>
  /** Who this Belfry is among those that may share a broker. */
  readonly installation: () => Promise<string>
}

/** A source of one kind, narrowed from a feed's mapping. */
export type SourceOf<Kind extends FeedSource['kind']> = Extract<FeedSource, { kind: Kind }>

/** One feed that an adapter carries, with the part of its mapping that says how. */
export interface Task<Kind extends FeedSource['kind']> {
  readonly feed: FeedRecord
  readonly source: SourceOf<Kind>
}

/** Carries one feed until the signal aborts; rejects when it cannot go on by itself. */
export type Carrying = (signal: AbortSignal) => Promise<void>
