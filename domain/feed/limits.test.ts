import { expect, test } from 'vitest'
import { FeedMapping } from './mapping'
import { declaredStreams, draftOfKey } from './streams'

const name = { 'zh-CN': '名', en: 'Name' }
const limit = (value: number) => ({ key: 'heavy', name, op: '>=', value, level: 3, source: 'HJ 633-2012' })
const document = (limits: unknown[], streams: unknown[] = []) => ({
  version: 1,
  feed: 'air',
  name,
  contract: {
    owner: { 'zh-CN': '局', en: 'Bureau' },
    steward: 'somebody',
    periodSeconds: 3600,
    latenessSeconds: 0,
    licence: 'none',
    classification: 'public',
    legalBasis: 'none',
    onBreach: 'none',
  },
  world: { key: 'w', kind: 'exercise', name, timeZone: 'UTC', view: { longitude: 0, latitude: 0, zoom: 1 } },
  source: { kind: 'push' },
  properties: [
    { key: 'pm25', name, unit: 'µg/m³' },
    { key: 'co', name, unit: 'µg/m³' },
  ],
  things: { list: [{ key: 'a' }] },
  streams,
  limits,
})
const thresholdsOf = (mapping: FeedMapping, property: string) =>
  declaredStreams(mapping, mapping.things.list)
    .find((stream) => stream.property === property)
    ?.thresholds.map(({ value, source }) => [value, source])

test('a limit of a property holds wherever it is measured, also for a stream that a record makes', () => {
  const mapping = FeedMapping.parse(document([{ property: 'pm25', thresholds: [limit(150)] }]))
  expect(thresholdsOf(mapping, 'pm25')).toEqual([[150, 'HJ 633-2012']])
  expect(thresholdsOf(mapping, 'co')).toEqual([])
  expect(draftOfKey(mapping, 'new.pm25')?.thresholds).toHaveLength(1)
})

test('a stream that lists its own limits has those and no others', () => {
  const own = { thing: 'a', property: 'pm25', thresholds: [] }
  const mapping = FeedMapping.parse(document([{ property: 'pm25', thresholds: [limit(150)] }], [own]))
  expect(thresholdsOf(mapping, 'pm25')).toEqual([])
})

test('a limit of an undeclared property is refused with what to do', () => {
  const parsed = FeedMapping.safeParse(document([{ property: 'o3', thresholds: [limit(1)] }]))
  expect(parsed.error?.issues[0]?.message).toContain('names o3, which is not under properties')
})

test('an owner that was kept as one text stands in both languages', () => {
  const mapping = FeedMapping.parse(document([]))
  expect(mapping.contract.steward).toEqual({ 'zh-CN': 'somebody', en: 'somebody' })
  expect(mapping.contract.owner.en).toBe('Bureau')
})
