import type { ObservationBatch, OutboxBatch, OutboxEvent, PositionBatch, ReportBatch, SilenceBatch } from '../batch'
import type { FeedHealth } from '../feedHealth'
import { isOver } from '../incident/incidentState'
import { isActivationOpen } from '../plan/activation'
import { Quality } from '../quality'
import type { Report } from '../report'
import { canonicalJson } from './canonicalJson'
import { type MoverColumns, type ReadingColumns, RowState } from './columns'
import type { ChangedKeys, PictureStore } from './picture'

/** Everything the Situation is folded from. Quarantined records are no part of it. */
export type CityEvent =
  | { kind: 'observed'; batch: ObservationBatch }
  | { kind: 'positioned'; batch: PositionBatch }
  | { kind: 'reported'; batch: ReportBatch }
  | { kind: 'fellSilent'; batch: SilenceBatch }
  | { kind: 'commanded'; batch: OutboxBatch }
  | { kind: 'feedMeasured'; health: FeedHealth }

/** Reports kept on screens; older ones stay in the store. */
export const REPORTS_ON_SCREEN = 2_000

/**
 * Mutates the store it owns and returns the keys that wait to be taken. The newest phenomenon time wins and, at equal
 * times, the newest record: so the order of arrival does not change the result. A record from the future never stands
 * before one that is not, or one wrong clock would freeze its stream.
 */
export function foldSituation(now: PictureStore, event: CityEvent): ChangedKeys {
  switch (event.kind) {
    case 'observed':
      return withReadings(now, event.batch)
    case 'positioned':
      return withPositions(now, event.batch)
    case 'reported':
      return withReports(now, event.batch)
    case 'fellSilent':
      return withSilences(now, event.batch)
    case 'commanded':
      return withCommands(now, event.batch)
    case 'feedMeasured':
      return withFeed(now, event.health)
  }
}

interface Ordered {
  readonly phenomenonTime: Float64Array
  readonly epoch: Uint32Array
  readonly offset: Float64Array
  readonly quality: Uint16Array
  readonly state: Uint8Array
}

/** What decides which of two records of one row stands: not from the future, then phenomenon time, then seq. */
interface Rank {
  future: number
  time: number
  epoch: number
  offset: number
}

/** True when a record of this rank replaces what row `no` holds. */
function isNewer(rows: Ordered, no: number, rank: Rank): boolean {
  if (rows.state[no] === RowState.never) return true
  const heldFuture = (rows.quality[no] ?? 0) & Quality.future
  if (rank.future !== heldFuture) return rank.future === 0
  const held = rows.phenomenonTime[no] ?? 0
  if (rank.time !== held) return rank.time > held
  const heldEpoch = rows.epoch[no] ?? 0
  return rank.epoch !== heldEpoch ? rank.epoch > heldEpoch : rank.offset >= (rows.offset[no] ?? 0)
}

// Hot path: half a million rows a second pass here; plain loops over columns, no objects.
function withReadings(now: PictureStore, batch: ObservationBatch): ChangedKeys {
  const rows: ReadingColumns = now.readings
  const rank: Rank = { future: 0, time: 0, epoch: batch.epoch, offset: 0 }
  const { stream, phenomenonTime, value, quality } = batch
  for (let i = 0; i < stream.length; i++) {
    const no = stream[i] as number
    const flags = quality[i] as number
    rank.future = flags & Quality.future
    rank.time = phenomenonTime[i] as number
    rank.offset = batch.offset + i
    rows.reach(no)
    if (!isNewer(rows, no, rank)) continue
    rows.value[no] = value[i] as number
    rows.phenomenonTime[no] = rank.time
    rows.knownTime[no] = batch.knownTime
    rows.epoch[no] = rank.epoch
    rows.offset[no] = rank.offset
    rows.quality[no] = flags
    settle(rows, no)
    now.changed.readings.add(no)
  }
  return now.changed
}

function withPositions(now: PictureStore, batch: PositionBatch): ChangedKeys {
  const rows: MoverColumns = now.movers
  const rank: Rank = { future: 0, time: 0, epoch: batch.epoch, offset: 0 }
  for (let i = 0; i < batch.track.length; i++) {
    const no = batch.track[i] as number
    const flags = batch.quality[i] as number
    rank.future = flags & Quality.future
    rank.time = batch.phenomenonTime[i] as number
    rank.offset = batch.offset + i
    rows.reach(no)
    if (!isNewer(rows, no, rank)) continue
    rows.longitude[no] = batch.longitude[i] as number
    rows.latitude[no] = batch.latitude[i] as number
    rows.speed[no] = batch.speed[i] as number
    rows.heading[no] = batch.heading[i] as number
    rows.phenomenonTime[no] = rank.time
    rows.knownTime[no] = batch.knownTime
    rows.epoch[no] = rank.epoch
    rows.offset[no] = rank.offset
    rows.quality[no] = flags
    rows.state[no] = RowState.fresh
    now.changed.movers.add(no)
  }
  return now.changed
}

function withReports(now: PictureStore, batch: ReportBatch): ChangedKeys {
  for (const report of batch.reports) {
    const held = now.reports.get(report.id)
    if (held !== undefined && !supersedes(report, held)) continue
    now.reports.set(report.id, report)
    now.changed.reports.add(report.id)
  }
  dropOldest(now)
  return now.changed
}

/** The later revision stands; two of one moment are told apart by their text, so every order of arrival ends alike. */
function supersedes(next: Report, held: Report): boolean {
  if (next.revisedAt !== held.revisedAt) return next.revisedAt > held.revisedAt
  return next.knownTime !== held.knownTime
    ? next.knownTime > held.knownTime
    : canonicalJson(next) >= canonicalJson(held)
}

/** Keeps the reports of the newest phenomenon times; ties fall by id, so every fold keeps the same ones. */
function dropOldest(now: PictureStore): void {
  if (now.reports.size <= REPORTS_ON_SCREEN) return
  const byAge = [...now.reports.values()].sort(olderFirst)
  for (const report of byAge.slice(0, now.reports.size - REPORTS_ON_SCREEN)) {
    now.reports.delete(report.id)
    now.changed.reports.add(report.id)
  }
}

const olderFirst = (a: Report, b: Report): number => a.phenomenonTime - b.phenomenonTime || (a.id < b.id ? -1 : 1)

function withSilences(now: PictureStore, batch: SilenceBatch): ChangedKeys {
  const rows = now.readings
  for (let i = 0; i < batch.stream.length; i++) {
    const no = batch.stream[i] as number
    const last = batch.lastPhenomenonTime[i] as number
    const since = batch.since[i] as number
    rows.reach(no)
    const held = rows.silenceOf[no] as number
    if (last < held || (last === held && since <= (rows.silenceSince[no] as number))) continue
    rows.silenceOf[no] = last
    rows.silenceSince[no] = since
    if (rows.state[no] === RowState.never) continue
    settle(rows, no)
    now.changed.readings.add(no)
  }
  return now.changed
}

/** A row is silent while no record is newer than the one its silence speaks of; a correction of that one ends nothing. */
function settle(rows: ReadingColumns, no: number): void {
  const silent = (rows.silenceOf[no] as number) >= (rows.phenomenonTime[no] as number)
  rows.state[no] = silent ? RowState.silent : RowState.fresh
  rows.silentSince[no] = silent ? (rows.silenceSince[no] as number) : 0
}

function withCommands(now: PictureStore, batch: OutboxBatch): ChangedKeys {
  for (const event of batch.events) {
    if (event.n <= now.outboxN) continue
    now.outboxN = event.n
    withCommand(now, event)
  }
  return now.changed
}

function withCommand(now: PictureStore, event: OutboxEvent): void {
  switch (event.kind) {
    case 'alarm.moved':
      now.changed.alarms.add(event.body.id)
      if (event.body.state === 'cleared') now.alarms.delete(event.body.id)
      else now.alarms.set(event.body.id, event.body)
      return
    case 'catalogue.changed':
      now.catalogueVersion = Math.max(now.catalogueVersion, event.body.version)
      return
    case 'incident.moved':
      put(now.incidents, now.changed.incidents, event.body, !isOver(event.body.state))
      if (isOver(event.body.state)) dropOf(now, event.body.id)
      return
    case 'task.moved':
      return put(now.tasks, now.changed.tasks, event.body, now.incidents.has(event.body.incident))
    case 'decision.moved':
      return put(now.decisions, now.changed.decisions, event.body, now.incidents.has(event.body.incident))
    case 'activation.moved':
      return put(now.activations, now.changed.activations, event.body, isActivationOpen(event.body.state))
    case 'world.clockSet':
      return
  }
}

function put<Document extends { readonly id: string }>(
  held: Map<string, Document>,
  changed: Set<string>,
  document: Document,
  isShown: boolean,
): void {
  if (isShown) held.set(document.id, document)
  else held.delete(document.id)
  changed.add(document.id)
}

/** What belonged to an Incident leaves the picture with it. */
function dropOf(now: PictureStore, incident: string): void {
  for (const channel of ['tasks', 'decisions'] as const) {
    for (const document of now[channel].values()) {
      if (document.incident !== incident) continue
      now[channel].delete(document.id)
      now.changed[channel].add(document.id)
    }
  }
}

function withFeed(now: PictureStore, health: FeedHealth): ChangedKeys {
  now.feeds.set(health.feed, health)
  now.changed.feeds.add(health.feed)
  return now.changed
}
