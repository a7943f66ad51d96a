import type { FeedMinute } from '@/domain/api/feedMinutes'
import type { FeedHealth } from '@/domain/feedHealth'
import type { PictureStore } from '@/domain/fold/picture'
import type { FeedNo } from '@/domain/ids'
import { hours, minutes } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import { realTimeAt } from '@/domain/world'
import type { Catalogue } from '@/domain/catalogue'
import { measureFeed } from '../detect/measureFeed'
import type { History } from './history'

const MINUTE = minutes(1)
const HOUR = hours(1)

export interface FeedsQuestion {
  readonly history: History
  /** What was known at `knownTime`. */
  readonly picture: PictureStore
  readonly knownTime: EpochMillis
  readonly catalogue: Catalogue
  readonly latenessMs: (feed: FeedNo) => number
}

/**
 * How each feed kept its contract at a past moment of the World's clock, by the rule of the live picture. Its counts
 * are of the machine minutes that had closed then, over all servers.
 */
export async function feedsAsOf(question: FeedsQuestion): Promise<FeedHealth[]> {
  const { history, picture, knownTime, catalogue, latenessMs } = question
  const clock = await history.clock(knownTime)
  const real = realTimeAt(clock, knownTime)
  const to = Math.floor(real / MINUTE) * MINUTE - MINUTE
  const counted = { from: to - HOUR + MINUTE, to, by: '' }
  const found = Number.isFinite(to) ? await history.feedMinutes(0, counted.from, to) : []
  return catalogue.feeds.map((feed) => {
    const own = found.filter((minute) => minute.feed === feed.no)
    const total = (field: Exclude<keyof FeedMinute, 'feed' | 'minute'>): number =>
      own.reduce((sum, minute) => sum + minute[field], 0)
    return measureFeed({
      feed,
      latenessMs: latenessMs(feed.no),
      catalogue,
      picture,
      now: knownTime,
      rate: clock.rate,
      heard: undefined,
      counts: {
        receivedPerMinute: receivedIn(own, to),
        accepted: total('accepted'),
        duplicates: total('duplicates'),
        corrections: total('corrections'),
        late: total('late'),
        rejected: total('rejected'),
        flagged: total('flagged'),
        counted,
      },
    })
  })
}

const receivedIn = (own: readonly FeedMinute[], minute: number): number =>
  own.find((one) => one.minute === minute)?.received ?? 0
