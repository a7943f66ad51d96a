import type { Evidence } from '@/domain/api/evidence'
import { formatEvidenceId } from '@/domain/evidenceId'
import type { EvidenceId } from '@/domain/evidenceId'
import { promisedPerMinute } from '@/domain/feedHealth'
import type { Measured } from '@/domain/measured'
import { measureAnswer, measureLimit } from '@/domain/measureReading'
import { NotFound } from '@/platform/errors'
import type { EvidenceWitness } from './evidenceWitness'
import type { History } from './history'

type PromiseId = Extract<EvidenceId, { kind: 'promise' }>
type LimitId = Extract<EvidenceId, { kind: 'limit' }>

/** What a Feed promised, summed again from the periods of its streams in the catalogue. */
export async function promiseEvidence(history: History, id: PromiseId, witness: EvidenceWitness): Promise<Evidence> {
  const { rate } = await history.clock(id.knownTime)
  const perMinute = promisedPerMinute(witness.streams, id.feed) * rate
  const streams = witness.streams.filter(({ feed, covered, masked }) => feed === id.feed && covered && !masked).length
  return {
    ...said(id, measureAnswer(id, perMinute, '', id.knownTime)),
    query: {
      name: 'datastreams',
      sql: 'SELECT no, definition FROM datastreams WHERE world = $world AND feed = $feed',
      params: { world: history.world.no, feed: id.feed, streams, rate },
    },
    rowsTotal: streams,
    feeds: witness.feeds.filter(({ no }) => no === id.feed),
  }
}

/** A limit as the catalogue has it. @throws NotFound */
export function limitEvidence(history: History, id: LimitId, witness: EvidenceWitness): Evidence {
  const stream = witness.streams.find(({ no }) => no === id.stream)
  const threshold = stream?.thresholds.find(({ key }) => key === id.threshold)
  const property = stream && witness.property(stream.property)
  if (stream === undefined || threshold === undefined || property === undefined)
    throw new NotFound('evidence.noSuchStream', { stream: id.stream })
  return {
    ...said(id, measureLimit(stream.no, threshold, property.unit, id.knownTime)),
    query: {
      name: 'datastreams',
      sql: 'SELECT definition FROM datastreams WHERE world = $world AND no = $no',
      params: {
        world: history.world.no,
        no: stream.no,
        threshold: threshold.key,
        ...(threshold.source === undefined ? {} : { source: threshold.source }),
      },
    },
    rowsTotal: 1,
    feeds: witness.feeds.filter(({ no }) => no === stream.feed),
  }
}

const said = (id: EvidenceId, recomputed: Measured) => ({
  source: formatEvidenceId(id),
  recomputed,
  rows: [],
  pending: false,
})
