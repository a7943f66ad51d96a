import type { OutboxBatch, OutboxEvent, SilenceBatch } from '@/domain/batch'

interface EventRow {
  readonly n: number
  readonly kind: string
  readonly key: string
  readonly body: string
  readonly actor: string
  readonly at: number
}

/** Rows of `city_events` of a record. */
export function eventRows(record: SilenceBatch | OutboxBatch): EventRow[] {
  if (record.kind === 'outbox') {
    return record.events.map((event) => ({
      n: event.n,
      kind: event.kind,
      key: keyOf(event),
      body: JSON.stringify(event.body),
      actor: event.actor,
      at: event.at,
    }))
  }
  return Array.from(record.stream, (stream, i) => {
    const body = { stream, lastPhenomenonTime: record.lastPhenomenonTime[i], since: record.since[i] }
    return {
      n: 0,
      kind: 'stream.fellSilent',
      key: String(stream),
      body: JSON.stringify(body),
      actor: 'system:silence',
      at: record.knownTime,
    }
  })
}

const keyOf = ({ body }: OutboxEvent): string => ('id' in body ? body.id : '')
