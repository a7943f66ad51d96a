import { expect, test } from 'vitest'
import { Datastream, ObservedProperty, Thing } from '@/domain/catalogue'
import { ReadingColumns, RowState } from '@/domain/fold/columns'
import { Quality } from '@/domain/quality'
import { readingsOfWorld } from './readingsOfWorld'

const NOW = 1_000_000
const name = { 'zh-CN': '试', en: 'Trial' }
const properties = [
  ['speed', 'km/h'],
  ['water-depth', 'cm'],
  ['wind-speed', 'm/s'],
].map(([key, unit]) => ObservedProperty.parse({ key, name, unit }))
const things = [
  Thing.parse({ key: 'loop-1', name, longitude: 118, latitude: 31 }),
  Thing.parse({ key: 'dip-1', name, longitude: 118.1, latitude: 31.1 }),
  Thing.parse({ key: 'nowhere', name }),
]
const stream = (no: number, thing: string, property: string, more: object = {}): Datastream =>
  Datastream.parse({
    no,
    feed: 1,
    key: `${thing}.${property}`,
    name,
    thing,
    property,
    periodSeconds: 60,
    staleAfterSeconds: 180,
    ...more,
  })

function readings(rows: readonly { value: number; age?: number; quality?: number; state?: number }[]): ReadingColumns {
  const columns = new ReadingColumns()
  for (const [no, { value, age = 30_000, quality = 0, state = RowState.fresh }] of rows.entries()) {
    columns.reach(no)
    columns.value[no] = value
    columns.phenomenonTime[no] = NOW - age
    columns.quality[no] = quality
    columns.state[no] = state
  }
  return columns
}

test('speeds and water on roads are taken in their units, with their places', () => {
  const datastreams = [
    stream(0, 'loop-1', 'speed'),
    stream(1, 'dip-1', 'water-depth'),
    stream(2, 'loop-1', 'wind-speed'),
  ]
  expect(
    readingsOfWorld({ things, properties, datastreams }, readings([{ value: 36 }, { value: 27 }, { value: 9 }]), NOW),
  ).toEqual({ speeds: [{ place: [118, 31], kmh: 36 }], depths: [{ place: [118.1, 31.1], metres: 0.27 }] })
})

test('what is old, silent, doubted, masked, without a place or never heard says nothing', () => {
  const datastreams = [
    stream(0, 'loop-1', 'speed'),
    stream(1, 'loop-1', 'speed'),
    stream(2, 'loop-1', 'speed'),
    stream(3, 'loop-1', 'speed', { masked: true }),
    stream(4, 'nowhere', 'speed'),
    stream(5, 'loop-1', 'speed'),
  ]
  const rows = readings([
    { value: 30, age: 181_000 },
    { value: 30, state: RowState.silent },
    { value: 30, quality: Quality.stuck },
    { value: 30 },
    { value: 30 },
  ])
  expect(readingsOfWorld({ things, properties, datastreams }, rows, NOW)).toEqual({ speeds: [], depths: [] })
})
