import { describe, expect, test } from 'vitest'
import { Alarm } from '@/domain/alarm'
import { Catalogue } from '@/domain/catalogue'
import { MoverColumns, ReadingColumns, RowState } from '@/domain/fold/columns'
import { CatalogueIndex } from './catalogueIndex'
import { chooseTrends } from './chooseTrends'
import { leading, openAlarms, silences } from './occurrences'
import { placedThings } from './sensors'
import { countStreams, streamState } from './streamState'
import { placedMovers, Trails } from './trails'

const name = { 'zh-CN': '站', en: 'Station' }
const limit = { key: 'alert', name, op: '>=', value: 3, level: 2 }
const stream = (no: number, more: object = {}) => ({
  no,
  feed: 1,
  key: `s${no}`,
  name,
  thing: `t${no % 2}`,
  property: 'level',
  periodSeconds: 60,
  staleAfterSeconds: 180,
  ...more,
})
const index = new CatalogueIndex(
  Catalogue.parse({
    version: 1,
    feeds: [],
    things: [
      { key: 't0', name, longitude: 114, latitude: 30 },
      { key: 't1', name },
    ],
    properties: [
      { key: 'level', name, unit: 'm' },
      { key: 'rain', name, unit: 'mm', baseline: 'hourOfDay' },
    ],
    datastreams: [
      stream(0),
      stream(1, { thresholds: [limit] }),
      stream(2, { property: 'rain' }),
      stream(3, { covered: false }),
      stream(4),
    ],
    tracks: [{ no: 0, feed: 1, key: 'a', name, subjectKind: 'team', staleAfterSeconds: 60 }],
  }),
)
const now = 1_700_000_000_000
function readings(): ReadingColumns {
  const rows = new ReadingColumns()
  rows.reach(2)
  for (const no of [0, 1, 2]) {
    rows.state[no] = RowState.fresh
    rows.phenomenonTime[no] = now - 30_000
  }
  rows.state[1] = RowState.silent
  rows.silentSince[1] = now - 600_000
  return rows
}

test('a series is fresh, overdue, never heard or not covered', () => {
  const states = index.catalogue.datastreams.map((of) => streamState(readings(), of, now))
  expect(states).toEqual(['fresh', 'stale', 'fresh', 'notCovered', 'unknown'])
  expect(streamState(readings(), index.stream(0)!, now + 180_000)).toBe('stale')
  expect(countStreams(readings(), index.catalogue.datastreams, now)).toEqual({
    streams: 4,
    onTime: 2,
    overdue: 1,
    neverHeard: 1,
  })
})

test('a thing without a place is on no map; one speaks while any of its series speaks', () => {
  expect(placedThings(index, readings(), now)).toEqual([{ key: 't0', position: [114, 30], state: 'fresh' }])
})

test('silences are told by feed with their longest age', () => {
  expect(silences(readings(), index)).toMatchObject([{ feed: 1, since: now - 600_000, streams: [{ no: 1 }] }])
})

describe('alarms', () => {
  const alarm = (n: number, level: number, raisedAt: number, state = 'raised') =>
    Alarm.parse({
      id: `00000000-0000-4000-8000-00000000000${n}`,
      no: 20 + n,
      detector: 'threshold',
      key: `k${n}`,
      state,
      level,
      stream: 1,
      threshold: 'alert',
      raisedAt,
      movedAt: raisedAt,
      movedBy: 'detector',
    })
  test('the most urgent first, with the number each was given; cleared and shelved are away', () => {
    const list = openAlarms(
      [alarm(1, 3, 50), alarm(2, 1, 90), alarm(3, 2, 10), alarm(4, 1, 5, 'cleared'), alarm(5, 1, 6, 'shelved')],
      index,
    )
    expect(list.map(({ alarm: { level }, label }) => [level, label])).toEqual([
      [1, '22'],
      [2, '23'],
      [3, '21'],
    ])
    expect(list[0]?.threshold?.value).toBe(3)
    expect(leading(list)).toEqual([list[0]])
  })
})

test('trends: what is in alarm first, then each property once', () => {
  expect(chooseTrends(index, readings(), new Set(), 3).map(({ no }) => no)).toEqual([1, 2, 0])
  expect(chooseTrends(index, readings(), new Set([4]), 2).map(({ no }) => no)).toEqual([4, 2])
})

test('a mover that is overdue is nowhere; trails keep the last places and no standing still', () => {
  const movers = new MoverColumns()
  const trails = new Trails()
  movers.reach(0)
  movers.state[0] = RowState.fresh
  movers.phenomenonTime[0] = now
  for (let i = 0; i < 30; i++) {
    movers.longitude[0] = 114 + Math.floor(i / 2) * 0.001
    movers.latitude[0] = 30
    trails.take(movers, [0])
  }
  expect(trails.of(0)).toHaveLength(14)
  expect(placedMovers(movers, trails, index, now)).toHaveLength(1)
  expect(placedMovers(movers, trails, index, now + 61_000)).toHaveLength(0)
})
