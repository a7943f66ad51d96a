import { expect, test } from 'vitest'
import { hours } from '@/domain/time'
import { momentAt, percent, shareAt } from './ribbonScale'
import { RIBBON_HOURS } from './wallLayout'

const present = Date.parse('2026-07-18T09:42:00Z')

test('a place on the ribbon and its moment are each other’s inverse; now stands where the past ends', () => {
  for (const share of [0, 0.1, 0.5, 2 / 3, 1]) expect(shareAt(momentAt(share, present), present)).toBeCloseTo(share, 9)
  expect(shareAt(present, present)).toBeCloseTo(RIBBON_HOURS.past / (RIBBON_HOURS.past + RIBBON_HOURS.ahead), 9)
  expect(momentAt(0, present)).toBe(present - hours(RIBBON_HOURS.past))
})

test('what lies outside stands at the edge', () => {
  expect(percent(shareAt(present - hours(20), present))).toBe('0.000%')
  expect(percent(1.4)).toBe('100.000%')
})
