import type { FeedRecord } from '@/server/catalogue/feedRecord'

const LINE_END = Uint8Array.of(10)

/** What may lie between two messages of a feed so that both are read as one body; nothing where that cannot be. */
export function messageJoint({ mapping: { source } }: FeedRecord): Uint8Array | undefined {
  const kind = source.kind === 'files' ? undefined : source.input?.format.kind
  switch (kind) {
    case undefined:
    case 'ndjson':
    case 'ais':
    case 'adsb':
      return LINE_END
    case 'jt808':
      return new Uint8Array()
    default:
      return undefined
  }
}
