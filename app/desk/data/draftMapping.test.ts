import { expect, test } from 'vitest'
import { FeedMapping } from '@/domain/feed/mapping'
import { World } from '@/domain/world'
import { draftMapping } from './draftMapping'

const world = World.parse({
  ...{ no: 1, key: 'live', kind: 'live', name: { 'zh-CN': '实况', en: 'Live' }, timeZone: 'Asia/Shanghai' },
  ...{ clock: { anchorWorld: 0, anchorReal: 0, rate: 1 }, view: { longitude: 114, latitude: 30, zoom: 9 } },
})

test('an unseen CSV of a water bureau becomes a mapping that the server accepts as it is', () => {
  const sample =
    '站号;时间;水位(m);经度;备注\n6151;2026-07-18 10:00;25.31;114.2;正常\n6151;2026-07-18 10:05;25.4;114.2;\n'
  const mapping = FeedMapping.parse(draftMapping(sample, world))
  expect(mapping.contract.periodSeconds).toBe(300)
  expect(mapping.source).toMatchObject({
    input: {
      format: { kind: 'csv', delimiter: ';' },
      time: { column: '时间' },
      records: { thing: { column: '站号' }, columns: [{ column: '水位(m)', property: '水位-m' }] },
    },
  })
})

test('lines of JSON are read by their names; a sample without a table gives something to correct', () => {
  const mapping = FeedMapping.parse(draftMapping('{"deviceId":"d1","ts":"2026-07-18T10:00:00Z","pm25":31}\n', world))
  expect(mapping.source).toMatchObject({ input: { format: { kind: 'ndjson' }, time: { column: 'ts' } } })
  expect(FeedMapping.safeParse(draftMapping('', world)).success).toBe(false)
})
