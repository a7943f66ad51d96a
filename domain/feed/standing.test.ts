import { expect, test } from 'vitest'
import { gradeOf } from './feedQuality'
import { breachesOf, standingAfter } from './standing'

test('an hour breaks the clauses whose share is under the limit, and only those that were judged', () => {
  expect(breachesOf({ aspects: { completeness: 0.89, timeliness: 0.95 } })).toEqual([
    { clause: 'volume', value: 0.89, limit: 0.9 },
  ])
  expect(breachesOf({ aspects: {} })).toEqual([])
})

test('notify changes nothing, degrade passes with the breach, a block stays until a person lifts it', () => {
  const broken = breachesOf({ aspects: { validity: 0.5 } })
  expect(standingAfter('good', 'notify', broken)).toBe('good')
  expect(standingAfter('good', 'degrade', broken)).toBe('degraded')
  expect(standingAfter('degraded', 'degrade', [])).toBe('good')
  expect(standingAfter('good', 'block', broken)).toBe('blocked')
  expect(standingAfter('blocked', 'block', [])).toBe('blocked')
})

test('one bad aspect is not averaged away, and silence is a D', () => {
  const good = { completeness: 1, timeliness: 1, validity: 1, clock: 1, agreement: 1 }
  expect(gradeOf(good)).toEqual({ score: 1, grade: 'A' })
  expect(gradeOf({ ...good, agreement: 0.8 }).grade).toBe('B')
  expect(gradeOf({ ...good, completeness: 0.2 }).grade).toBe('D')
  expect(gradeOf({}).grade).toBe('D')
})
