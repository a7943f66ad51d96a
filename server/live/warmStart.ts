import { z } from 'zod'
import { Report } from '@/domain/report'
import { foldSituation, REPORTS_ON_SCREEN } from '@/domain/fold/foldSituation'
import type { PictureStore } from '@/domain/fold/picture'
import { restorePosition, restoreReading, restoreSilence } from '@/domain/fold/restore'
import type { FeedNo, TraceId, WorldNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Postgres } from '@/platform/postgres/postgres'
import { lastLatestWrite } from './queries/lastLatestWrite'
import { latestPositions } from './queries/latestPositions'
import { latestReadings } from './queries/latestReadings'
import { newestReports } from './queries/newestReports'
import { commandedNow } from './queries/commandedNow'
import { recentPositions } from './queries/recentPositions'
import { recentSilences } from './queries/recentSilences'
import { recentReadings } from './queries/recentReadings'
import { writtenAt } from './latestVersion'

const Silence = z.object({ stream: z.number(), lastPhenomenonTime: z.number(), since: z.number() })

/** The clocks of two servers may differ, and a record waits for its insert: read again what was recorded before. */
const OVERLAP_MS = 120_000

/**
 * Brings a picture up to what the stores know of its World: latest tables, then every row recorded since they were
 * written. Rows that are already newer stay, so it may run while records arrive. @throws ClickHouseError
 */
export async function restoreFromStore(clickhouse: ClickHouse, world: WorldNo, picture: PictureStore): Promise<void> {
  const [[last], readings, positions] = await Promise.all([
    lastLatestWrite(clickhouse, { world }),
    latestReadings(clickhouse, { world }),
    latestPositions(clickhouse, { world }),
  ])
  for (const row of readings) restoreReading(picture, { ...row, silentSince: row.silentSince || undefined })
  for (const row of positions) restorePosition(picture, row)
  const since = last === undefined || last.version === 0n ? 0 : writtenAt(last.version) - OVERLAP_MS
  await restoreRecent(clickhouse, { world, picture, since: since as EpochMillis })
  await restoreReports(clickhouse, { world, picture, since: 0 as EpochMillis })
}

export interface Since {
  readonly world: WorldNo
  readonly picture: PictureStore
  /** Machine time. */
  readonly since: EpochMillis
}

/** Takes in what any server recorded since a moment. @throws ClickHouseError */
export async function restoreRecent(clickhouse: ClickHouse, { world, picture, since }: Since): Promise<void> {
  const asked = { world, since: Math.max(0, Math.floor(since / 1000)) }
  const [readings, positions, silences] = await Promise.all([
    recentReadings(clickhouse, asked),
    recentPositions(clickhouse, asked),
    recentSilences(clickhouse, asked),
  ])
  for (const row of readings) restoreReading(picture, row)
  for (const row of positions) restorePosition(picture, row)
  for (const { body } of silences) restoreSilence(picture, Silence.parse(JSON.parse(body)))
}

/** Takes in the newest Reports recorded since a moment. @throws ClickHouseError */
export async function restoreReports(clickhouse: ClickHouse, { world, picture, since }: Since): Promise<void> {
  const asked = { world, since: Math.max(0, Math.floor(since / 1000)), limit: REPORTS_ON_SCREEN }
  const rows = await newestReports(clickhouse, asked)
  const reports = rows.map((row) => Report.parse(JSON.parse(row.body)))
  const head = {
    world,
    feed: 0 as FeedNo,
    epoch: 0,
    offset: 0,
    traceId: '' as TraceId,
    recordedAt: since,
    knownTime: since,
  }
  foldSituation(picture, { kind: 'reported', batch: { ...head, kind: 'reports', reports } })
}

/**
 * What commands decide is in PostgreSQL: open Alarms, Incidents with their Tasks and Decisions, activations. They replace
 * what the picture has. @throws Unavailable
 */
export async function restoreCommands(postgres: Postgres, world: WorldNo, picture: PictureStore): Promise<void> {
  const [row] = await commandedNow(postgres, { world })
  if (row === undefined || row.n < picture.outboxN) return
  const { n, ...documents } = row
  replace(picture.alarms, picture.changed.alarms, documents.alarms)
  replace(picture.incidents, picture.changed.incidents, documents.incidents)
  replace(picture.tasks, picture.changed.tasks, documents.tasks)
  replace(picture.decisions, picture.changed.decisions, documents.decisions)
  replace(picture.activations, picture.changed.activations, documents.activations)
  picture.outboxN = n
}

function replace<Document extends { readonly id: string }>(
  held: Map<string, Document>,
  changed: Set<string>,
  documents: readonly Document[],
): void {
  for (const id of held.keys()) changed.add(id)
  held.clear()
  for (const document of documents) {
    held.set(document.id, document)
    changed.add(document.id)
  }
}
