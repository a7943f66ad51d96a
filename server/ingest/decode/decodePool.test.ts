import { expect, onTestFinished, test } from 'vitest'
import { FeedMapping } from '@/domain/feed/mapping'
import { createLog } from '@/platform/log'
import { DecodePool } from './decodePool'

const text = { 'zh-CN': '水', en: 'Water' }
const mapping = FeedMapping.parse({
  version: 1,
  feed: 'gauges',
  name: text,
  contract: {
    ...{ owner: 'a', steward: 'b', periodSeconds: 60, latenessSeconds: 60, licence: 'x' },
    ...{ classification: 'public', legalBasis: 'x', onBreach: 'x', newStreams: 'refuse' },
  },
  world: { key: 'w', kind: 'exercise', name: text, timeZone: 'UTC', view: { longitude: 0, latitude: 0, zoom: 3 } },
  source: { kind: 'push' },
  properties: [{ key: 'level', name: text, unit: 'm' }],
})

test('every thread knows every name, and work goes to more than one', async () => {
  const log = createLog('test', { level: 'silent' })
  const pool = new DecodePool({ log, onSpent: () => undefined, threads: 2 })
  onTestFinished(() => pool.stop())
  pool.start()
  pool.setFeed(1, { mapping, streams: ['a.level'], streamNos: [3], tracks: [], trackNos: [] })
  pool.learn(1, { streams: ['b.level'], streamNos: [4], tracks: [], trackNos: [] })
  const line = (key: string): Buffer => Buffer.from(`{"datastream":"${key}","phenomenonTime":5,"result":1}`)
  const decoded = await Promise.all(
    Array.from({ length: 6 }, () => ['a.level', 'b.level'])
      .flat()
      .map((key) => pool.decode(1, { bytes: line(key), encoding: '', format: 'ndjson' })),
  )
  const streams = decoded.map((result) => (result.ok ? [...result.value.observations.stream] : []))
  expect(streams).toEqual(Array.from({ length: 6 }, () => [[3], [4]]).flat())
}, 30_000)
