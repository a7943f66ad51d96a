import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ping } from './contacts'
import { tracing } from './model'

const limits = { maxGap: 1800, tail: 300 }
const pings = fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom('a', 'b', 'c')), { maxLength: 40 })

describe('stays and contacts', () => {
  test('a gap splits, a change of cell splits, one ping lasts the tail', () => {
    const day: Ping[] = [
      [0, 'a'],
      [1800, 'a'],
      [3601, 'a'],
      [4000, 'b'],
    ]
    expect(tracing.stays(day, limits)).toEqual([
      ['a', 0, 2100],
      ['a', 3601, 3901],
      ['b', 4000, 4300],
    ])
    expect(tracing.stays([], limits)).toEqual([])
  })

  test('the network swapping cells for a moment is no move', () => {
    expect(
      tracing.stays(
        [
          [0, 'a'],
          [100, 'b'],
          [200, 'a'],
        ],
        limits,
      ),
    ).toEqual([['a', 0, 500]])
    expect(
      tracing.stays(
        [
          [0, 'a'],
          [200, 'b'],
          [400, 'a'],
        ],
        limits,
      ),
    ).toHaveLength(3)
  })

  test('meeting is mutual, does not depend on the order of pings, and moves with the clock', () => {
    fc.assert(
      fc.property(pings, pings, (one, other) => {
        const seconds = (a: readonly Ping[], b: readonly Ping[]): number =>
          tracing
            .collide(tracing.stays(a, limits), tracing.stays(b, limits), 900)
            .reduce((sum, [, , , s]) => sum + s, 0)
        expect(seconds(one, other)).toBe(seconds(other, one))
        expect(seconds([...one].reverse(), other)).toBe(seconds(one, other))
        const later = (list: readonly Ping[]): Ping[] => list.map(([t, cell]) => [t + 86_400, cell])
        expect(seconds(later(one), later(other))).toBe(seconds(one, other))
      }),
    )
  })

  test('short meetings add up for a contact, each alone is not shown', () => {
    const two = [
      [0, 'a'],
      [3600, 'a'],
      [7200, 'a'],
    ].flatMap(([t, cell]) => [
      [1, t, cell],
      [2, t, cell],
    ]) as [number, number, string][]
    expect(tracing.contactsOf(1, two, 900, limits)).toEqual([2])
    expect(tracing.contactsOf(1, two, 901, limits)).toEqual([])
    expect(tracing.contactsOf(7, two, 1, limits)).toEqual([])
    expect(() => tracing.stays([[Number.NaN, 'a']], limits)).toThrow(RangeError)
  })
})

test('sitting together is no companionship, moving together is', () => {
  const slots = (cells: string): Ping[] => Array.from(cells, (cell, i) => [300 * i, cell])
  expect(tracing.accompany(slots('aaaaa'), slots('aaaaa'), 300)).toMatchObject({ sharedSlots: 5, isCompanion: false })
  expect(tracing.accompany(slots('abcd'), slots('abcd'), 300)).toMatchObject({ jaccard: 1, isCompanion: true })
  expect(tracing.accompany([], [], 300)).toMatchObject({ jaccard: 0, isCompanion: false })
  expect(() => tracing.accompany([], [], 0)).toThrow(RangeError)
})

test('small classes are suppressed', () => {
  const rows = [
    ['30', 'F'],
    ['30', 'F'],
    ['40', 'M'],
  ]
  expect(tracing.kAnonymity(rows, 2)).toEqual({ smallest: 1, isAnonymous: false, suppressed: ['40|M'] })
  expect(tracing.kAnonymity(rows, 1).isAnonymous).toBe(true)
  expect(tracing.kAnonymity([], 5)).toEqual({ smallest: 0, isAnonymous: true, suppressed: [] })
})

test("pseudonyms are Node's HMAC-SHA256 for keys and texts of any length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 300 }), (key, id) => {
      const hex = Buffer.from(key).toString('hex')
      expect(tracing.pseudonym(hex, id)).toBe(createHmac('sha256', key).update(id).digest('hex'))
    }),
    { numRuns: 40 },
  )
  expect(() => tracing.pseudonym('xyz', 'a')).toThrow(RangeError)
})
