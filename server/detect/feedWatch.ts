import type { LogRecord } from '@/domain/batch'
import type { FeedHealth, LastHeard } from '@/domain/feedHealth'
import type { PictureStore } from '@/domain/fold/picture'
import type { FeedNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import type { Clock } from '@/platform/clock'
import { latenessMs } from './detectCatalogue'
import type { DetectCatalogue } from './detectCatalogue'
import type { FeedMeasure, FeedMeter } from '../ingest/feedMeter'
import { measureFeed } from './measureFeed'
import type { FeedCounts } from './measureFeed'

export interface FeedRound {
  readonly world: World
  readonly picture: PictureStore
  readonly now: EpochMillis
  readonly catalogue: DetectCatalogue
  readonly meter: Pick<FeedMeter, 'measure'>
  readonly clock: Clock
}

/** Remembers when each feed last spoke, and which health was told last: only what changed is told again. */
export class FeedWatch {
  readonly #heard = new Map<FeedNo, LastHeard>()

  hear(record: LogRecord): void {
    const phenomenon = newestTime(record)
    if (phenomenon === undefined) return
    const before = this.#heard.get(record.feed)
    this.#heard.set(record.feed, {
      known: Math.max(before?.known ?? record.knownTime, record.knownTime),
      phenomenon: Math.max(before?.phenomenon ?? phenomenon, phenomenon),
    })
  }

  /** The feeds of one World whose health is not what the picture says. */
  measure({ world, picture, now, catalogue, meter, clock }: FeedRound): FeedHealth[] {
    const whole = catalogue.catalogue(world.no)
    const measured = whole.feeds.map((feed) =>
      measureFeed({
        feed,
        latenessMs: latenessMs(catalogue, feed.no),
        catalogue: whole,
        picture,
        now,
        rate: world.clock.rate,
        heard: this.#heard.get(feed.no),
        counts: countsOf(meter.measure(feed.no, clock.now())),
      }),
    )
    return measured.filter((health) => JSON.stringify(picture.feeds.get(health.feed)) !== JSON.stringify(health))
  }
}

function countsOf({ lastHour, lastMinute, counted }: FeedMeasure): FeedCounts {
  const { received: _received, ...hour } = lastHour
  return { ...hour, receivedPerMinute: lastMinute.received, counted }
}

function newestTime(record: LogRecord): number | undefined {
  switch (record.kind) {
    case 'observations':
    case 'positions':
      return largest(record.phenomenonTime)
    case 'reports':
      return largest(record.reports.map((report) => report.phenomenonTime))
    case 'silences':
    case 'quarantine':
    case 'outbox':
      return undefined
  }
}

function largest(times: ArrayLike<number>): number | undefined {
  let newest: number | undefined
  for (let i = 0; i < times.length; i++) if (newest === undefined || times[i]! > newest) newest = times[i]
  return newest
}
