import type { Datastream } from '@/domain/catalogue'
import type { ReadingColumns } from '@/domain/fold/columns'
import { RowState } from '@/domain/fold/columns'

/** How a Datastream speaks: one state on every screen. */
export type StreamState = 'fresh' | 'stale' | 'unknown' | 'notCovered'

/** Times in the World's clock, epoch ms. */
export function streamState(readings: ReadingColumns, stream: Datastream, worldNow: number): StreamState {
  if (!stream.covered) return 'notCovered'
  const { no } = stream
  if (no >= readings.length || readings.state[no] === RowState.never) return 'unknown'
  if (readings.state[no] === RowState.silent) return 'stale'
  return worldNow > readings.phenomenonTime[no]! + stream.staleAfterSeconds * 1000 ? 'stale' : 'fresh'
}

export interface StreamCounts {
  readonly streams: number
  readonly onTime: number
  readonly overdue: number
  readonly neverHeard: number
}

/** Of the Datastreams that should speak; what is not covered is not counted as missing. */
export function countStreams(readings: ReadingColumns, streams: readonly Datastream[], worldNow: number): StreamCounts {
  const counts = { fresh: 0, stale: 0, unknown: 0, notCovered: 0 }
  for (const stream of streams) counts[streamState(readings, stream, worldNow)] += 1
  const { fresh, stale, unknown } = counts
  return { streams: fresh + stale + unknown, onTime: fresh, overdue: stale, neverHeard: unknown }
}
