import type { Datastream } from './catalogue'
import type { EpochMillis } from './time'

/** Totals over the Datastreams that should speak: those not covered are no part of any of them. */
export interface StreamCounts {
  readonly streams: number
  readonly streamsOnTime: number
  readonly streamsSilent: number
  readonly streamsNeverHeard: number
}

/** How a Datastream stands at a moment of the World's clock, by the phenomenon time of its latest value. */
export function streamStanding(
  stream: Datastream,
  lastHeard: number | undefined,
  now: EpochMillis,
): keyof Omit<StreamCounts, 'streams'> {
  if (lastHeard === undefined) return 'streamsNeverHeard'
  return now > lastHeard + stream.staleAfterSeconds * 1000 ? 'streamsSilent' : 'streamsOnTime'
}

/** Counts every Datastream once; `lastHeard` gives epoch ms of the World, or undefined for one never heard. */
export function countStreams(
  streams: readonly Datastream[],
  lastHeard: (no: number) => number | undefined,
  now: EpochMillis,
): StreamCounts {
  const counts = { streams: 0, streamsOnTime: 0, streamsSilent: 0, streamsNeverHeard: 0 }
  for (const stream of streams) {
    if (!stream.covered) continue
    counts.streams++
    counts[streamStanding(stream, lastHeard(stream.no), now)]++
  }
  return counts
}
