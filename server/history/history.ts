import type { FeedMinute } from '@/domain/api/feedMinutes'
import type { QuarantineList } from '@/domain/api/quarantine'
import type { StreamMinutes } from '@/domain/api/streamMinutes'
import type { Alarm } from '@/domain/alarm'
import type { Datastream } from '@/domain/catalogue'
import { isFlagged } from '@/domain/quality'
import { epochMillis, hours } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import type { World, WorldClock } from '@/domain/world'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Postgres } from '@/platform/postgres/postgres'
import { mendedSeqs } from '../catalogue/queries/layers'
import { alarmsAsOf } from './queries/alarmsAsOf'
import { commandedAsOf } from './queries/commandedAsOf'
import type { CommandedAsOf } from './queries/commandedAsOf'
import { clockAsOf } from './queries/clockAsOf'
import { feedMinutes } from './queries/feedMinutes'
import { feedsHeard } from './queries/feedsHeard'
import { minutesOfFeed } from './queries/minutesOfFeed'
import { minutesOfStreams } from './queries/minutesOfStreams'
import { positionsAsOf } from './queries/positionsAsOf'
import { quarantineReasons, quarantined } from './queries/quarantined'
import { positionRows, readingRows } from './queries/seriesRows'
import { readingsAsOf } from './queries/readingsAsOf'
import { reportsAsOf } from './queries/reportsAsOf'
import { revisionsOfReport } from './queries/revisionsOfReport'
import { seriesThinned, seriesWindow } from './queries/seriesWindow'
import { usualByHour } from './queries/usualByHour'

export interface HistoryStores {
  readonly clickhouse: ClickHouse
  readonly postgres: Postgres
}

/** Latest readings as columns of equal length, ordered by stream; times in epoch ms, `recordedAt` in seconds. */
export type ReadingsAsOf = Awaited<ReturnType<typeof readingsAsOf>>[number]

/** A window of World time as known at `knownTime`. */
export interface Window {
  readonly from: number
  readonly to: number
  readonly knownTime: number
}

/** The end of DateTime64: everything that was ever known. */
export const EVER_KNOWN = epochMillis(Date.UTC(2299, 11, 31))
const SINCE_EVER = Date.UTC(1900, 0, 1)
// Most streams spoke within hours; the few that did not are looked up by name over all time.
const RECENT = hours(6)
const ASKED_BY_NAME = 2_000

const isFuture = (quality: number | undefined): boolean => isFlagged(quality ?? 0, 'future')

/** What the stores answer about one World: a question without a World cannot be asked. */
export class History {
  readonly world: World
  readonly #stores: HistoryStores

  constructor(world: World, stores: HistoryStores) {
    this.world = world
    this.#stores = stores
  }

  /** The latest reading of each of `streams` as known at `knownTime`, however old; of two of one stream the first holds. */
  async readings(knownTime: EpochMillis, streams: readonly Datastream[]): Promise<ReadingsAsOf[]> {
    const recent = await this.#readingsSince(knownTime, knownTime - RECENT, [])
    const found = new Set(recent.flatMap(({ stream, quality }) => stream.filter((_no, i) => !isFuture(quality[i]))))
    const missing = streams.filter(({ no }) => !found.has(no)).map(({ no }) => no)
    if (missing.length === 0) return recent
    const byName = missing.length <= ASKED_BY_NAME
    // First in line: a stream with nothing but the future in the last hours may have a sound reading before.
    return [...(await this.#readingsSince(knownTime, SINCE_EVER, byName ? missing : [])), ...recent]
  }

  #readingsSince(knownTime: number, from: number, streams: readonly number[]): Promise<ReadingsAsOf[]> {
    return readingsAsOf(this.#stores.clickhouse, { world: this.world.no, knownTime, from, streams: [...streams] })
  }

  positions(knownTime: EpochMillis) {
    return positionsAsOf(this.#stores.clickhouse, { world: this.world.no, knownTime })
  }

  async reports(knownTime: EpochMillis, limit: number) {
    const rows = await reportsAsOf(this.#stores.clickhouse, { world: this.world.no, knownTime, limit })
    return rows.map(({ body }) => body)
  }

  async alarms(knownTime: EpochMillis): Promise<Alarm[]> {
    return (await alarmsAsOf(this.#stores.postgres, { world: this.world.no, knownTime })).map(({ body }) => body)
  }

  /** The last event of each Incident, Task, Decision and activation up to `knownTime`, Incidents first. */
  commanded(knownTime: EpochMillis): Promise<CommandedAsOf[]> {
    return commandedAsOf(this.#stores.postgres, { world: this.world.no, knownTime })
  }

  feedsHeard(knownTime: EpochMillis) {
    return feedsHeard(this.#stores.clickhouse, { world: this.world.no, knownTime })
  }

  /** At most `limit` points of a stream, the earliest first. */
  series(stream: number, window: Window, limit: number) {
    return seriesWindow(this.#stores.clickhouse, { world: this.world.no, stream, ...window, limit })
  }

  /** Lowest and highest of each bucket of `width` ms. */
  seriesThinned(stream: number, window: Window, width: number) {
    return seriesThinned(this.#stores.clickhouse, { world: this.world.no, stream, ...window, width })
  }

  /** What is usual by hour of the day in the World's zone. */
  usualByHour(stream: number, window: Window) {
    const { no, timeZone } = this.world
    return usualByHour(this.#stores.clickhouse, { world: no, stream, ...window, zone: timeZone })
  }

  /** Records of one phenomenon time and those of the `back` ms before it, newest first. */
  readingRows(stream: number, phenomenonTime: number, back: number) {
    const from = phenomenonTime - back
    return readingRows(this.#stores.clickhouse, { world: this.world.no, stream, from, phenomenonTime, limit: 200 })
  }

  /** Positions of one Track at one phenomenon time and in the `back` ms before it, newest first. */
  positionRows(track: number, phenomenonTime: number, back: number) {
    const from = phenomenonTime - back
    return positionRows(this.#stores.clickhouse, { world: this.world.no, track, from, phenomenonTime, limit: 200 })
  }

  async minutes(streams: readonly number[], from: number, to: number): Promise<StreamMinutes> {
    const asked = { world: this.world.no, streams: [...streams], from, to }
    const [columns] = await minutesOfStreams(this.#stores.clickhouse, asked)
    return columns ?? { stream: [], minute: [], samples: [], mean: [], low: [], high: [] }
  }

  /** The World's clock as it ran at `knownTime`. */
  async clock(knownTime: EpochMillis): Promise<WorldClock> {
    const [set] = await clockAsOf(this.#stores.postgres, { world: this.world.no, knownTime })
    return set?.body ?? this.world.clock
  }

  /** `feed` 0 means every feed; machine time. */
  feedMinutes(feed: number, from: number, to: number): Promise<FeedMinute[]> {
    return feedMinutes(this.#stores.clickhouse, { world: this.world.no, feed, from, to })
  }

  /** Machine minutes from `from` to `to`, newest first; `by` empty means every server. */
  minutesOfFeed(asked: { feed: number; by: string; from: number; to: number }) {
    return minutesOfFeed(this.#stores.clickhouse, { world: this.world.no, ...asked })
  }

  /** Every recorded revision of a Report, newest first. */
  revisions(report: string) {
    return revisionsOfReport(this.#stores.clickhouse, { world: this.world.no, report })
  }

  async quarantine(feed: number, limit: number): Promise<QuarantineList> {
    const { clickhouse, postgres } = this.#stores
    const { no } = this.world
    const [entries, byReason, mends] = await Promise.all([
      quarantined(clickhouse, { world: no, feed, limit }),
      quarantineReasons(clickhouse, { world: no, feed }),
      mendedSeqs(postgres, { world: no }),
    ])
    return { entries, byReason, mended: mends.map(({ seq }) => seq) }
  }
}
