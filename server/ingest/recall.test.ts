import { describe, expect, onTestFinished, test } from 'vitest'
import type { LogRecord } from '@/domain/batch'
import { FeedNo, TraceId, WorldNo } from '@/domain/ids'
import { Report } from '@/domain/report'
import { epochMillis } from '@/domain/time'
import { connectClickHouse } from '@/platform/clickhouse/connect'
import { createLog } from '@/platform/log'
import { uuidv5 } from '@/platform/uuidv5'
import { placeValue } from './judge'
import { recall } from './recall'
import { ReportMemory } from './reportMemory'
import { RING, StreamMemory, Verdict } from './streamMemory'

const head = {
  world: WorldNo.parse(1),
  feed: FeedNo.parse(1),
  epoch: 1,
  offset: 0,
  knownTime: epochMillis(5),
  recordedAt: epochMillis(1_000_000),
  traceId: TraceId.parse('0'.repeat(32)),
}

const observed = (times: readonly number[]): LogRecord => ({
  ...head,
  kind: 'observations',
  stream: Uint32Array.from(times, () => 7),
  phenomenonTime: Float64Array.from(times),
  value: Float64Array.from(times, () => 3),
  quality: new Uint16Array(times.length),
})

function memories() {
  const log = createLog('test', { level: 'silent' })
  // Never asked here: what a log gives back is known without the store.
  const clickhouse = connectClickHouse({ url: 'http://127.0.0.1:9', log })
  onTestFinished(() => clickhouse.close())
  return { streams: new StreamMemory(), tracks: new StreamMemory(), reports: new ReportMemory({ clickhouse, log }) }
}

describe('after a start, what the log holds', () => {
  test('is a re-send also past the ring, while ClickHouse may lack it', () => {
    const held = memories()
    const count = 3 * RING
    recall(held, observed(Array.from({ length: count }, (_, i) => i)), 1_000)
    held.streams.advance(1_010, 990)
    held.streams.warm(7, Number.NEGATIVE_INFINITY)
    for (let time = 0; time < count; time++) expect(held.streams.judge(7, time, 3)).toBe(Verdict.duplicate)
    expect(held.streams.judge(7, 0, 4)).toBe(Verdict.correction)
    expect(held.streams.judge(7, count, 3)).toBe(Verdict.fresh)
  })

  test('is a re-send for positions and reports too', () => {
    const held = memories()
    const position: LogRecord = {
      ...head,
      kind: 'positions',
      track: Uint32Array.of(2),
      phenomenonTime: Float64Array.of(10),
      longitude: Float64Array.of(116.4),
      latitude: Float64Array.of(39.9),
      speed: Float32Array.of(1),
      heading: Float32Array.of(1),
      quality: Uint16Array.of(0),
    }
    recall(held, position, 1_000)
    expect(held.tracks.judge(2, 10, placeValue(116.4, 39.9))).toBe(Verdict.duplicate)
    expect(held.tracks.judge(2, 10, placeValue(116.4, 40))).toBe(Verdict.correction)
    const report = Report.parse({
      ...{ id: uuidv5('report', 1, 'f', 'a'), feed: 1, kind: 'quake', key: 'a', title: { 'zh-CN': '甲', en: 'A' } },
      ...{ phenomenonTime: 1, knownTime: 5, revisedAt: 2 },
    })
    recall(held, { ...head, kind: 'reports', reports: [report] }, 1_000)
    expect(held.reports.fresh([{ ...report, knownTime: epochMillis(99) }])).toEqual([])
    expect(held.reports.fresh([{ ...report, magnitude: 4 }])).toHaveLength(1)
  })
})
