import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Datastream, ObservedProperty } from './catalogue'
import { parseEvidenceId } from './evidenceId'
import { ReadingColumns, RowState } from './fold/columns'
import { Measured } from './measured'
import type { LatestObservation } from './measureReading'
import { measureCount, measureObservation, measureReading } from './measureReading'
import { Quality } from './quality'
import { epochMillis } from './time'

const names = { 'zh-CN': '雨量', en: 'Rain' }
const property = ObservedProperty.parse({ key: 'rain', name: names, unit: 'mm', detectionLimit: 0.2 })
const datastream = Datastream.parse({
  no: 3,
  feed: 1,
  key: 'a.rain',
  name: names,
  thing: 'a',
  property: 'rain',
  periodSeconds: 60,
  staleAfterSeconds: 180,
})
const at = 1_700_000_000_000
const context = { datastream, property, worldNow: epochMillis(at + 60_000) }
const heard = (value: number, more: Partial<LatestObservation> = {}): LatestObservation => ({
  value,
  phenomenonTime: at,
  quality: 0,
  epoch: 2,
  offset: 40,
  silentSince: 0,
  ...more,
})

describe('the five zeros are five different things', () => {
  test('a measured zero is a value', () => {
    expect(measureObservation(heard(0), context)).toMatchObject({ kind: 'value', value: 0, provenance: 'measured' })
  })
  test('a trace under the detection limit is below it', () => {
    expect(measureObservation(heard(0.1), context)).toMatchObject({ kind: 'below', limit: 0.2 })
  })
  test('an overdue zero keeps its number and says since when', () => {
    const late = { ...context, worldNow: epochMillis(at + 23 * 60_000) }
    expect(measureObservation(heard(0), late)).toMatchObject({ kind: 'value', value: 0, staleSince: at + 180_000 })
  })
  test('nothing heard is no data', () => {
    expect(measureObservation(undefined, context)).toEqual({ kind: 'absent', reason: 'noData', unit: 'mm' })
  })
  test('a place that is not observed is not covered, whatever lies in its row', () => {
    const uncovered = { ...context, datastream: { ...datastream, covered: false } }
    expect(measureObservation(heard(0), uncovered)).toEqual({ kind: 'absent', reason: 'notCovered', unit: 'mm' })
  })
})

test('a told silence stands even while the value is not overdue by this clock', () => {
  expect(measureObservation(heard(4, { silentSince: at + 1 }), context)).toMatchObject({ staleSince: at + 1 })
})

test('a negative level is a value, not a trace', () => {
  expect(measureObservation(heard(-0.03), context)).toMatchObject({ kind: 'value', value: -0.03 })
})

test('what a person entered is reported, what a source estimated is modelled', () => {
  expect(measureObservation(heard(1, { quality: Quality.manual }), context)).toMatchObject({ provenance: 'reported' })
  expect(measureObservation(heard(1, { quality: Quality.estimated }), context)).toMatchObject({
    provenance: 'modelled',
  })
})

test('the picture and a single row give the same Measured, and its source names that row', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(value, fc.nat(1023), fc.nat(400_000), fc.nat(900_000), (number, quality, age, silent) => {
      const rows = new ReadingColumns()
      rows.reach(datastream.no)
      rows.value[3] = number
      rows.phenomenonTime[3] = at
      rows.quality[3] = quality
      rows.epoch[3] = 2
      rows.offset[3] = 40
      rows.state[3] = silent > 0 ? RowState.silent : RowState.fresh
      rows.silentSince[3] = silent > 0 ? at + silent : 0
      const now = { ...context, worldNow: epochMillis(at + age) }
      const measured = measureReading(rows, now)
      expect(measured).toEqual(
        measureObservation(heard(number, { quality, silentSince: silent > 0 ? at + silent : 0 }), now),
      )
      expect(Measured.safeParse(measured).success).toBe(true)
      if (measured.kind === 'absent') throw new Error('A row that was heard has a number.')
      expect(parseEvidenceId(measured.source.id)).toEqual({
        kind: 'reading',
        stream: 3,
        phenomenonTime: at,
        epoch: 2,
        offset: 40,
      })
    }),
  )
})

test('a row never heard is no data, also when the columns do not reach it', () => {
  expect(measureReading(new ReadingColumns(), context)).toMatchObject({ kind: 'absent', reason: 'noData' })
})

test('a count carries the moment it was counted at, as its question', () => {
  const counted = measureCount('streamsOnTime', 47, epochMillis(at + 0.25))
  expect(counted).toMatchObject({ value: 47, asOf: at, source: { id: `count/streamsOnTime/${at}` } })
})
