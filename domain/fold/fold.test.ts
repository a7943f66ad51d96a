import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Alarm } from '../alarm'
import type { FeedNo, TraceId, WorldNo } from '../ids'
import { Quality } from '../quality'
import type { Report } from '../report'
import type { EpochMillis } from '../time'
import { RowState } from './columns'
import { applyDelta, applyKeyframe, CHANNELS, PROTOCOL, SequenceGap, takeBody, wholeBody } from './delta'
import type { ChannelPosition, Delta } from './delta'
import { foldSituation } from './foldSituation'
import type { CityEvent } from './foldSituation'
import { mergeBodies } from './mergeBodies'
import { PictureStore } from './picture'
import { pictureHash } from './pictureHash'

const STREAMS = 12
const small = fc.integer({ min: 0, max: STREAMS - 1 })
const time = fc.integer({ min: 0, max: 20 }).map((step) => 1_700_000_000_000 + step * 1000)
const value = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constantFrom(0, -0, Number.NaN))
const uuid = fc.integer({ min: 0, max: 5 }).map((n) => `00000000-0000-4000-8000-00000000000${n}`)

/** One fact, before the log gives it its place. */
const fact = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('observed' as const), no: small, time, value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fellSilent' as const), no: small, time, value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('positioned' as const), no: small, time, value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reported' as const), id: uuid, time, value: fc.nat(9) }) },
)
type Fact = typeof fact extends fc.Arbitrary<infer Value> ? Value : never

const names = { 'zh-CN': '报', en: 'Report' }

/** Some of everything, and every fifth record from the future. */
const flagsOf = (offset: number): number => (offset % 3) | (offset % 5 === 4 ? Quality.future : 0)

function eventOf(made: Fact, offset: number): CityEvent {
  const head = {
    world: 1 as WorldNo,
    feed: 1 as FeedNo,
    epoch: 1,
    offset,
    traceId: '0'.repeat(32) as TraceId,
    knownTime: (made.time + 500) as EpochMillis,
    recordedAt: 0 as EpochMillis,
  }
  switch (made.kind) {
    case 'observed': {
      const columns = { stream: Uint32Array.of(made.no), phenomenonTime: Float64Array.of(made.time) }
      const batch = {
        ...head,
        ...columns,
        value: Float64Array.of(made.value),
        quality: Uint16Array.of(flagsOf(offset)),
      }
      return { kind: 'observed', batch: { kind: 'observations', ...batch } }
    }
    case 'fellSilent': {
      const since = Float64Array.of(made.time + 60_000)
      const columns = { stream: Uint32Array.of(made.no), lastPhenomenonTime: Float64Array.of(made.time), since }
      return { kind: 'fellSilent', batch: { kind: 'silences', ...head, ...columns } }
    }
    case 'positioned': {
      const at = Float64Array.of(made.value)
      const moving = { speed: Float32Array.of(made.no), heading: Float32Array.of(Number.NaN) }
      const columns = { track: Uint32Array.of(made.no), phenomenonTime: Float64Array.of(made.time), ...moving }
      const batch = { ...head, ...columns, longitude: at, latitude: at, quality: Uint16Array.of(flagsOf(offset)) }
      return { kind: 'positioned', batch: { kind: 'positions', ...batch } }
    }
    case 'reported': {
      const about = {
        feed: head.feed,
        kind: 'quake',
        key: made.id,
        title: names,
        magnitude: made.value,
        properties: {},
      }
      const times = { phenomenonTime: head.knownTime, knownTime: head.knownTime, revisedAt: made.time as EpochMillis }
      const reports: Report[] = [{ id: made.id, ...about, ...times }]
      return { kind: 'reported', batch: { kind: 'reports', ...head, reports } }
    }
  }
}

const log = fc.array(fact, { maxLength: 80 }).map((facts) => facts.map(eventOf))

function folded(events: readonly CityEvent[]): PictureStore {
  const picture = new PictureStore()
  for (const event of events) foldSituation(picture, event)
  return picture
}

test('folding twice from empty gives the same picture', () => {
  fc.assert(
    fc.property(log, (events) => {
      expect(pictureHash(folded(events))).toBe(pictureHash(folded(events)))
    }),
  )
})

test('the order of arrival and repetition do not change the picture', () => {
  const shuffled = log.chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 })),
  )
  fc.assert(
    fc.property(shuffled, ([events, others]) => {
      expect(pictureHash(folded(others))).toBe(pictureHash(folded(events)))
    }),
  )
})

test('a record from the future never stands before one that is not, whichever comes first', () => {
  const at = (kind: 'observed' | 'positioned', seconds: number) => ({ kind, no: 0, time: seconds * 1000, value: 1 })
  for (const kind of ['observed', 'positioned'] as const) {
    const future = eventOf(at(kind, 900), 4)
    const later = eventOf(at(kind, 950), 9)
    const sound = eventOf(at(kind, 10), 5)
    const timesOf = (...events: CityEvent[]) => {
      const { readings, movers } = folded(events)
      return (kind === 'observed' ? readings : movers).phenomenonTime[0]
    }
    expect([timesOf(future, sound), timesOf(sound, future)]).toEqual([10_000, 10_000])
    expect([timesOf(future, later), timesOf(later, future)]).toEqual([950_000, 950_000])
  }
})

test('the hash sees what the picture says and not how it is stored', () => {
  const events: CityEvent[] = [{ kind: 'observed', no: 3, time: 1000, value: 1 } as const].map(eventOf)
  const hash = pictureHash(folded(events))
  const other = [{ kind: 'observed', no: 3, time: 1000, value: 1.0000001 } as const].map(eventOf)
  expect(pictureHash(folded(other))).not.toBe(hash)
  const [report] = [{ kind: 'reported', id: '00000000-0000-4000-8000-000000000001', time: 5, value: 3 } as const]
  const picture = folded([eventOf(report, 0)])
  const reordered = folded([])
  for (const [id, held] of picture.reports) {
    reordered.reports.set(id, Object.fromEntries(Object.entries(held).reverse()) as unknown as Report)
  }
  expect(pictureHash(reordered)).toBe(pictureHash(picture))
})

test('a silence holds until a newer record, and a correction does not end it', () => {
  const at = (kind: 'observed' | 'fellSilent', seconds: number) => ({ kind, no: 0, time: seconds * 1000, value: 1 })
  const states = [at('observed', 10), at('fellSilent', 10), at('observed', 10), at('observed', 11)].map(
    (_fact, index, facts) => folded(facts.slice(0, index + 1).map(eventOf)).readings.state[0],
  )
  expect(states).toEqual([RowState.fresh, RowState.silent, RowState.silent, RowState.fresh])
})

test('an outbox event is folded once and in order; a cleared alarm leaves', () => {
  const alarm = { id: 'a', state: 'raised' } as unknown as Alarm
  const batch = (n: number, state: string) =>
    ({
      kind: 'commanded',
      batch: { kind: 'outbox', events: [{ n, kind: 'alarm.moved', body: { ...alarm, state } }] },
    }) as unknown as CityEvent
  expect(folded([batch(1, 'raised'), batch(2, 'cleared'), batch(1, 'raised')]).alarms.size).toBe(0)
  expect(folded([batch(1, 'raised')]).alarms.size).toBe(1)
})

test('tasks and decisions are shown with their incident and leave with it', () => {
  const of = (n: number, kind: string, body: object) =>
    ({ kind: 'commanded', batch: { kind: 'outbox', events: [{ n, kind, body }] } }) as unknown as CityEvent
  const events = [
    of(1, 'incident.moved', { id: 'i', state: 'responding' }),
    of(2, 'task.moved', { id: 't', incident: 'i', state: 'issued' }),
    of(3, 'decision.moved', { id: 'd', incident: 'i', state: 'open' }),
    of(4, 'activation.moved', { id: 'p', incident: 'i', state: 'active' }),
    of(5, 'task.moved', { id: 'stray', incident: 'gone', state: 'issued' }),
  ]
  const shown = folded(events)
  expect([...shown.tasks.keys(), ...shown.decisions.keys(), ...shown.activations.keys()]).toEqual(['t', 'd', 'p'])
  const over = folded([...events, of(6, 'incident.moved', { id: 'i', state: 'archived' })])
  expect([over.incidents.size, over.tasks.size, over.decisions.size, over.activations.size]).toEqual([0, 0, 0, 1])
  expect(folded([...events, of(6, 'activation.moved', { id: 'p', state: 'terminated' })]).activations.size).toBe(0)
})

/** A server that numbers one channel set, and what its network does to each delta. */
const network = fc.array(fc.constantFrom('take', 'lose', 'twice', 'merge', 'keyframe' as const), { maxLength: 80 })

test('a screen that loses, repeats, merges and fetches ends with the picture of the server', () => {
  fc.assert(
    fc.property(log, network, (events, fates) => {
      const server = new PictureStore()
      const screen = new PictureStore()
      const held = positions()
      const at = positions()
      const sent = new Map<string, Delta[]>()
      const tell = (delta: Delta): void => {
        const { channel } = delta.body
        try {
          applyDelta(screen, held[channel], delta)
        } catch (cause) {
          if (!(cause instanceof SequenceGap)) throw cause
          for (const missed of (sent.get(channel) ?? []).filter((one) => one.from >= held[channel].seq)) {
            applyDelta(screen, held[channel], missed)
          }
        }
      }
      events.forEach((event, index) => {
        foldSituation(server, event)
        for (const channel of CHANNELS) {
          const body = takeBody(server, channel)
          if (body === undefined) continue
          const delta = deltaOf(body, at[channel].seq)
          at[channel].seq += 1
          sent.set(channel, [...(sent.get(channel) ?? []), delta])
          const fate = fates[index] ?? 'lose'
          if (fate === 'take' || fate === 'twice') tell(delta)
          if (fate === 'twice') tell(delta)
          if (fate === 'merge') {
            const missed = (sent.get(channel) ?? []).filter((one) => one.from >= held[channel].seq)
            const merged = mergeBodies(
              server,
              channel,
              missed.map((one) => one.body),
            )
            tell({ ...delta, from: held[channel].seq, merged: missed.length, body: merged })
          }
          if (fate === 'keyframe') {
            const { from: _from, to, ...head } = delta
            applyKeyframe(screen, held[channel], { ...head, seq: to, body: wholeBody(server, channel) })
          }
        }
      })
      for (const channel of CHANNELS) {
        for (const missed of (sent.get(channel) ?? []).filter((one) => one.from >= held[channel].seq)) tell(missed)
      }
      expect(held).toEqual(at)
      expect(pictureHash(screen)).toBe(pictureHash(server))
    }),
  )
})

test('a delta that does not follow is a gap; one of an earlier term is passed over', () => {
  const picture = new PictureStore()
  const held = { epoch: 2, seq: 5 }
  const delta = deltaOf({ channel: 'reports', put: [], drop: [] }, 7)
  expect(() => applyDelta(picture, held, { ...delta, epoch: 2 })).toThrow(SequenceGap)
  expect(() => applyDelta(picture, held, { ...delta, epoch: 3, from: 5, to: 6 })).toThrow(SequenceGap)
  applyDelta(picture, held, { ...delta, epoch: 1, from: 5, to: 6 })
  expect(held).toEqual({ epoch: 2, seq: 5 })
})

function positions(): Record<(typeof CHANNELS)[number], ChannelPosition> {
  const start = (): ChannelPosition => ({ epoch: 1, seq: 0 })
  return Object.fromEntries(CHANNELS.map((channel) => [channel, start()])) as ReturnType<typeof positions>
}

function deltaOf(body: Delta['body'], from: number): Delta {
  const head = { protocol: PROTOCOL, world: 1, epoch: 1, at: 0, catalogueVersion: 0, traces: [] } as const
  return { ...head, from, to: from + 1, body }
}
