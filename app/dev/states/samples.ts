import type { Series } from '@/domain/api/series'
import type { Datastream } from '@/domain/catalogue'
import { Threshold } from '@/domain/catalogue'
import type { Measured } from '@/domain/measured'
import { Quality } from '@/domain/quality'
import { epochMillis } from '@/domain/time'

/** The moment at which every sample is shown; a golden image may not depend on the day it was taken. */
export const SAMPLE_NOW = epochMillis(Date.parse('2026-07-18T17:42:08+08:00'))
export const SAMPLE_ZONE = 'Asia/Shanghai'
const minute = 60_000

const source = { kind: 'query', id: `reading/3@${SAMPLE_NOW - minute}/2-40` } as const
const fresh = {
  unit: 'mm',
  provenance: 'measured',
  quality: 0,
  asOf: epochMillis(SAMPLE_NOW - minute),
  source,
} as const
const stale = {
  asOf: epochMillis(SAMPLE_NOW - 23 * minute),
  staleSince: epochMillis(SAMPLE_NOW - 20 * minute),
} as const

/** The five zeros, in the order of the design system. */
export const ZEROS = {
  zero: { kind: 'value', value: 0, ...fresh },
  below: { kind: 'below', limit: 0.2, unit: 'mm', provenance: 'measured', asOf: fresh.asOf, source },
  stale: { kind: 'value', value: 0, ...fresh, ...stale },
  noData: { kind: 'absent', reason: 'noData', unit: 'mm' },
  notCovered: { kind: 'absent', reason: 'notCovered', unit: 'mm' },
} as const satisfies Record<string, Measured>

/** Every other way in which a number stands, or does not. */
export const FIGURES: readonly { readonly name: string; readonly of: Measured; readonly decimals: number }[] = [
  { name: 'measured', of: { kind: 'value', value: 25.31, ...fresh, unit: 'm' }, decimals: 2 },
  { name: 'negative', of: { kind: 'value', value: -0.12, ...fresh, unit: 'm' }, decimals: 2 },
  { name: 'thousands', of: { kind: 'value', value: 18_612, ...fresh, unit: 'm3/s' }, decimals: 0 },
  {
    name: 'modelled',
    of: { kind: 'value', value: 26.02, ...fresh, unit: 'm', provenance: 'modelled', interval: [25.8, 26.3] },
    decimals: 2,
  },
  {
    name: 'reported',
    of: { kind: 'value', value: 5, ...fresh, unit: '', provenance: 'reported', quality: Quality.manual },
    decimals: 0,
  },
  { name: 'stale', of: { kind: 'value', value: 47, ...fresh, ...stale, unit: 'cm' }, decimals: 0 },
  {
    name: 'staleBelow',
    of: { kind: 'below', limit: 0.2, unit: 'mm', provenance: 'measured', ...stale, source },
    decimals: 1,
  },
  { name: 'notJoined', of: { kind: 'absent', reason: 'notJoined', unit: 'mm' }, decimals: 1 },
  { name: 'modelFailed', of: { kind: 'absent', reason: 'modelFailed', unit: 'mm' }, decimals: 1 },
  { name: 'masked', of: { kind: 'absent', reason: 'masked', unit: 'mm' }, decimals: 1 },
]

const hour = 3_600_000
const FROM = SAMPLE_NOW - 24 * hour
export const SAMPLE_WINDOW = { from: FROM, to: SAMPLE_NOW as number }

/** A level that rises out of its usual band, with an hour of silence in between. */
export const SAMPLE_SERIES: Series = (() => {
  const times = Array.from({ length: 145 }, (_, i) => FROM + i * 10 * minute).filter(
    (at) => at < FROM + 9 * hour || at > FROM + 10.2 * hour,
  )
  const level = (at: number): number =>
    23.2 + 0.25 * Math.sin((at - FROM) / (4 * hour)) + 2.1 / (1 + Math.exp(-(at - FROM - 20 * hour) / hour))
  const hours = Array.from({ length: 25 }, (_, i) => FROM + i * hour)
  const usual = (at: number): number => 23.2 + 0.25 * Math.sin((at - FROM) / (4 * hour))
  return {
    stream: 3 as Series['stream'],
    time: times,
    value: times.map(level),
    quality: times.map(() => 0),
    thinned: false,
    baseline: {
      days: 28,
      time: hours,
      p10: hours.map((at) => usual(at) - 0.3),
      p50: hours.map(usual),
      p90: hours.map((at) => usual(at) + 0.3),
    },
  }
})()

export const SAMPLE_THRESHOLDS: Datastream['thresholds'] = [
  { key: 'alert', name: { 'zh-CN': '警戒', en: 'alert' }, op: '>=', value: 24.5, level: 3 },
  { key: 'guarantee', name: { 'zh-CN': '保证', en: 'guarantee' }, op: '>=', value: 26.2, level: 2 },
].map((limit) => Threshold.parse(limit))
