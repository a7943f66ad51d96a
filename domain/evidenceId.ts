import { StreamNo } from './ids'
import { epochMillis } from './time'
import type { EpochMillis } from './time'

/** What Belfry counts and can count again from its stores. */
export const COUNTS = [
  'streams',
  'streamsOnTime',
  'streamsSilent',
  'streamsNeverHeard',
  'feeds',
  'feedsOnTime',
  'feedsLate',
  'feedsSilent',
  'alarmsOpen',
] as const
export type CountSubject = (typeof COUNTS)[number]

/**
 * The question behind a number, small enough for a link. A reading is one stored row, named by stream, phenomenon time
 * and seq; a count is a total as known at a moment of the World's clock.
 */
export type EvidenceId =
  | {
      readonly kind: 'reading'
      readonly stream: StreamNo
      readonly phenomenonTime: EpochMillis
      readonly epoch: number
      readonly offset: number
    }
  | { readonly kind: 'count'; readonly what: CountSubject; readonly knownTime: EpochMillis }

const READING = /^reading\/(\d{1,10})@(-?\d{1,16}(?:\.\d{1,3})?)\/(\d{1,8})-(\d{1,13})$/
const COUNT = /^count\/([A-Za-z]{1,40})\/(-?\d{1,16}(?:\.\d{1,3})?)$/

/** The text of an EvidenceSource of kind `query`. */
export function formatEvidenceId(id: EvidenceId): string {
  return id.kind === 'reading'
    ? `reading/${id.stream}@${id.phenomenonTime}/${id.epoch}-${id.offset}`
    : `count/${id.what}/${id.knownTime}`
}

/** Reads what `formatEvidenceId` wrote; `undefined` for anything else. */
export function parseEvidenceId(text: string): EvidenceId | undefined {
  return readReading(READING.exec(text)) ?? readCount(COUNT.exec(text))
}

function readReading(parts: RegExpExecArray | null): EvidenceId | undefined {
  if (parts === null) return undefined
  const stream = StreamNo.safeParse(Number(parts[1]))
  if (!stream.success) return undefined
  return {
    kind: 'reading',
    stream: stream.data,
    phenomenonTime: epochMillis(Number(parts[2])),
    epoch: Number(parts[3]),
    offset: Number(parts[4]),
  }
}

function readCount(parts: RegExpExecArray | null): EvidenceId | undefined {
  const what = COUNTS.find((subject) => subject === parts?.[1])
  return what === undefined ? undefined : { kind: 'count', what, knownTime: epochMillis(Number(parts?.[2])) }
}
