import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SeenFilter } from './seenFilter'

const MINUTE = 60_000

describe('what was remembered once', () => {
  test('is never said to be missing, whatever was dropped', () => {
    const record = fc.tuple(fc.nat(0xffff_ffff), fc.integer({ min: -9 * MINUTE, max: 9 * MINUTE }))
    fc.assert(
      fc.property(fc.array(record, { maxLength: 300 }), fc.constantFrom(600, 1_200, 10_000), (records, maxBytes) => {
        const filter = new SeenFilter(maxBytes)
        for (const [stream, time] of records) {
          filter.add(stream, time)
          expect(filter.lacks(stream, time)).toBe(false)
        }
        for (const [stream, time] of records) expect(filter.lacks(stream, time)).toBe(false)
      }),
    )
  })

  test('leaves less than one in fifty of the others in doubt, at a million records a minute', () => {
    const filter = new SeenFilter(64 * 1024 ** 2)
    for (let i = 0; i < 1_000_000; i++) filter.add(i % 10_000, 7 * MINUTE + Math.floor(i / 10_000) * 2)
    let doubted = 0
    for (let i = 0; i < 100_000; i++)
      if (!filter.lacks(i % 10_000, 7 * MINUTE + 1 + Math.floor(i / 10_000) * 2)) doubted += 1
    expect(doubted).toBeLessThan(2_000)
    expect(filter.lacks(3, 9 * MINUTE)).toBe(true)
  })

  test('is not answered for any more when its minute had to go, and only then', () => {
    const filter = new SeenFilter(3 * 512)
    for (const minute of [1, 2, 3]) filter.add(5, minute * MINUTE)
    expect(filter.lacks(6, MINUTE)).toBe(true)
    filter.add(5, MINUTE + 1) // used last: the second minute goes first
    filter.add(5, 4 * MINUTE)
    expect([1, 2, 3, 4, 5].map((minute) => filter.lacks(6, minute * MINUTE))).toEqual([true, false, true, true, true])
    filter.add(6, 2 * MINUTE)
    expect(filter.lacks(7, 2 * MINUTE)).toBe(false)
  })
})
