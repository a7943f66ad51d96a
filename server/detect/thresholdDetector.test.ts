import { expect, test } from 'vitest'
import type { ObservationBatch } from '@/domain/batch'
import { Datastream } from '@/domain/catalogue'
import type { FeedNo, TraceId, WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import { manualClock } from '@/platform/clock'
import { Unavailable } from '@/platform/errors'
import { createLog } from '@/platform/log'
import type { Postgres } from '@/platform/postgres/postgres'
import { systemActor } from '../command/commandContext'
import { ThresholdDetector } from './thresholdDetector'

const world = 1 as WorldNo
const stream = Datastream.parse({
  no: 0,
  feed: 1,
  key: 'gauge.level',
  name: { 'zh-CN': '水位', en: 'Level' },
  thing: 'gauge',
  property: 'level',
  periodSeconds: 60,
  staleAfterSeconds: 180,
  thresholds: [{ key: 'alarm', name: { 'zh-CN': '警戒', en: 'Alarm' }, op: '>=', value: 5, level: 1 }],
})

/** A database that is away: what is asked of it is counted. */
function away() {
  const asked = { connections: 0 }
  const gone = (): Promise<never> => {
    asked.connections += 1
    return Promise.reject(new Unavailable('database.unavailable'))
  }
  const postgres = { connection: gone, query: gone, run: gone } as unknown as Postgres
  return { postgres, asked }
}

function detectorAt(now: number) {
  const clock = manualClock(now)
  const { postgres, asked } = away()
  const command = { actor: systemActor('detect'), postgres, clock, worldTime: () => clock.now() }
  const catalogue = {
    worlds: () => [],
    worldByNo: () => undefined,
    catalogue: () => {
      throw new Error('not asked')
    },
    datastream: () => stream,
    feed: () => ({ mapping: { contract: { latenessSeconds: 300 } } }),
  }
  const log = createLog('test', { level: 'silent' })
  const detector = new ThresholdDetector(world, { command, catalogue, log, picture: () => undefined })
  return { detector, asked, clock }
}

const observed = (recordedAt: number, value: number, time = recordedAt): ObservationBatch => ({
  kind: 'observations',
  world,
  feed: 1 as FeedNo,
  epoch: 1,
  offset: 0,
  knownTime: epochMillis(recordedAt),
  recordedAt: epochMillis(recordedAt),
  traceId: '0'.repeat(32) as TraceId,
  stream: Uint32Array.of(0),
  phenomenonTime: Float64Array.of(time),
  value: Float64Array.of(value),
  quality: Uint16Array.of(0),
})

test('a database that is away loses no alarm: the next value tries again', async () => {
  const { detector, asked, clock } = detectorAt(1_000_000)
  await detector.judge(observed(clock.now(), 6))
  await detector.judge(observed(clock.advance(1000), 6))
  expect(asked.connections).toBe(2)
})

test('a record of a log that is read again raises nothing, nor one that is older than its contract allows', async () => {
  const { detector, asked, clock } = detectorAt(1_000_000)
  await detector.judge(observed(clock.now() - 60_001, 6))
  await detector.judge(observed(clock.now(), 6, clock.now() - 300_001))
  expect(asked.connections).toBe(0)
  await detector.judge(observed(clock.now() - 59_000, 6))
  expect(asked.connections).toBe(1)
})

test('a value that crosses nothing asks nothing', async () => {
  const { detector, asked, clock } = detectorAt(1_000_000)
  await detector.judge(observed(clock.now(), 4))
  expect(asked.connections).toBe(0)
})
