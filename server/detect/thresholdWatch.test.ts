import { expect, test } from 'vitest'
import { Datastream } from '@/domain/catalogue'
import { Quality } from '@/domain/quality'
import { ThresholdWatch } from './thresholdWatch'

const gauge = (threshold: object) =>
  Datastream.parse({
    no: 1,
    feed: 1,
    key: 'bridge.level',
    name: { 'zh-CN': '水位', en: 'Level' },
    thing: 'bridge',
    property: 'level',
    periodSeconds: 60,
    staleAfterSeconds: 180,
    thresholds: [{ key: 'alarm', name: { 'zh-CN': '警戒', en: 'Alarm' }, op: '>=', value: 10, level: 2, ...threshold }],
  })

const judge = (
  stream: Datastream,
  samples: readonly (readonly [second: number, value: number, quality?: number])[],
) => {
  const watch = new ThresholdWatch()
  return samples.map(([second, value, quality]) => {
    const [crossing] = watch.judge(stream, { time: second * 1000, value, quality: quality ?? 0, oldest: -1e9 })
    return crossing?.move
  })
}

test('at the line it raises, below the deadband it clears, between nothing moves', () => {
  const stream = gauge({ deadband: 0.5 })
  expect(
    judge(stream, [
      [0, 9],
      [1, 10],
      [2, 9.7],
      [3, 9.5],
      [4, 9.49],
    ]),
  ).toEqual(['clear', 'raise', undefined, undefined, 'clear'])
})

test('a condition raises only after it held without a break, and says since when', () => {
  const stream = gauge({ holdSeconds: 60 })
  expect(
    judge(stream, [
      [0, 11],
      [30, 11],
      [31, 9],
      [32, 11],
      [91, 11],
      [92, 11],
    ]),
  ).toEqual([undefined, undefined, 'clear', undefined, undefined, 'raise'])
  const watch = new ThresholdWatch()
  const at = (time: number) => watch.judge(stream, { time, value: 12, quality: 0, oldest: 0 })
  expect(at(5000)).toEqual([])
  expect(at(65_000)[0]).toMatchObject({ move: 'raise', since: 5000, value: 12 })
})

test('a low line is crossed downwards', () => {
  expect(
    judge(gauge({ op: '<=', value: 2, deadband: 0.1 }), [
      [0, 2],
      [1, 2.05],
      [2, 2.2],
    ]),
  ).toEqual(['raise', undefined, 'clear'])
})

test('late records, records older than the contract allows, and older ones than judged decide nothing', () => {
  const stream = gauge({})
  expect(judge(stream, [[0, 99, Quality.late]])).toEqual([undefined])
  expect(
    judge(stream, [
      [10, 1],
      [9, 99],
    ]),
  ).toEqual(['clear', undefined])
  const watch = new ThresholdWatch()
  expect(watch.judge(stream, { time: 1000, value: 99, quality: 0, oldest: 1001 })).toEqual([])
})

test('a flagged extreme may be true: it raises', () => {
  expect(judge(gauge({}), [[0, 1e6, Quality.outOfRange | Quality.rateOfChange]])).toEqual(['raise'])
})

test('a record from the future decides nothing and does not silence those after it', () => {
  expect(
    judge(gauge({}), [
      [1e6, 99, Quality.future],
      [10, 99],
    ]),
  ).toEqual([undefined, 'raise'])
})
