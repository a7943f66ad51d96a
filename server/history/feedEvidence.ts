import type { Evidence } from '@/domain/api/evidence'
import { formatEvidenceId } from '@/domain/evidenceId'
import type { EvidenceId } from '@/domain/evidenceId'
import { measureAnswer } from '@/domain/measureReading'
import { minutes } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import type { EvidenceWitness } from './evidenceWitness'
import type { History } from './history'
import { MINUTES_OF_FEED } from './queries/minutesOfFeed'

type FeedId = Extract<EvidenceId, { kind: 'feed' }>

/** The intake writes what it counted each five seconds: a minute that has just closed may not be stored yet. */
const WRITTEN_AFTER = 10_000

/** What a Feed delivered in a span of machine minutes, summed again from what each server wrote. `machineNow` in epoch ms. */
export async function feedEvidence(
  history: History,
  id: FeedId,
  witness: EvidenceWitness,
  machineNow: EpochMillis,
): Promise<Evidence> {
  const { feed, what, from, to, by, knownTime } = id
  const found = await history.minutesOfFeed({ feed, by, from, to })
  const counted = found.map((row) => ({ minute: row.minute, server: row.server, value: row[what] }))
  const total = counted.reduce((sum, { value }) => sum + value, 0)
  return {
    source: formatEvidenceId(id),
    query: {
      name: 'minutesOfFeed',
      sql: MINUTES_OF_FEED.trim(),
      params: { world: history.world.no, feed, by, from, to },
    },
    recomputed: measureAnswer(id, total, '', knownTime),
    rows: [],
    minutes: counted.filter(({ value }) => value > 0),
    rowsTotal: counted.length,
    feeds: witness.feeds.filter(({ no }) => no === feed),
    pending: machineNow - (to + minutes(1)) < WRITTEN_AFTER,
  }
}
