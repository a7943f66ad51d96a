import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ZoneReader } from './localTime'
import { parseIso, parseTimeOfDay, parseWall } from './timeText'

const read = (zone: string, text: string, ambiguous: 'earlier' | 'later' = 'earlier') => {
  const wall = parseWall(text)
  return wall === undefined ? 'timeUnreadable' : new ZoneReader(zone).toEpoch(wall, ambiguous)
}

describe('a wall time in its zone', () => {
  test('Shanghai is eight hours ahead all year', () => {
    expect(read('Asia/Shanghai', '2013-03-01 00:00:00')).toBe(Date.UTC(2013, 1, 28, 16))
    expect(read('Asia/Shanghai', '2016/07/01 12:30')).toBe(Date.UTC(2016, 6, 1, 4, 30))
  })

  test('the hour that London skips in spring does not exist', () => {
    expect(read('Europe/London', '2025-03-30 01:30:00')).toBe('timeSkipped')
    expect(read('Europe/London', '2025-03-30 00:59:59')).toBe(Date.UTC(2025, 2, 30, 0, 59, 59))
    expect(read('Europe/London', '2025-03-30 02:00:00')).toBe(Date.UTC(2025, 2, 30, 1))
  })

  test('the hour that London has twice in autumn means what the mapping says', () => {
    expect(read('Europe/London', '2025-10-26 01:30:00', 'earlier')).toBe(Date.UTC(2025, 9, 26, 0, 30))
    expect(read('Europe/London', '2025-10-26 01:30:00', 'later')).toBe(Date.UTC(2025, 9, 26, 1, 30))
  })

  test('Shanghai had summer time in 1988', () => {
    expect(read('Asia/Shanghai', '1988-07-01 12:00:00')).toBe(Date.UTC(1988, 6, 1, 3))
  })

  test('a fixed offset and UTC need no table', () => {
    expect(read('+05:30', '2020-01-01 05:30:00')).toBe(Date.UTC(2020, 0, 1))
    expect(read('UTC', '2016/01/04 21:18:48.64')).toBe(Date.UTC(2016, 0, 4, 21, 18, 48, 640))
  })

  test('the 30th of February is refused', () => {
    expect(read('UTC', '2024-02-30 00:00:00')).toBe('timeUnreadable')
  })

  test('what the zone shows at a moment is read back as that moment, except in a repeated hour', () => {
    const zone = new ZoneReader('America/Los_Angeles')
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/Los_Angeles',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2008, 0) / 1000, max: Date.UTC(2030, 0) / 1000 }), (seconds) => {
        const wall = parseWall(format.format(seconds * 1000))
        if (wall === undefined) throw new Error('unreadable')
        expect([zone.toEpoch(wall, 'earlier'), zone.toEpoch(wall, 'later')]).toContain(seconds * 1000)
      }),
    )
  })
})

describe('ISO 8601', () => {
  const isoByZod = z.iso.datetime({ offset: true })

  test('agrees with zod and Date.parse on whatever looks like a time', () => {
    const pad = (n: number, width = 2) => String(n).padStart(width, '0')
    const looksLike = fc
      .tuple(
        fc.integer({ min: 1000, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        fc.integer({ min: 0, max: 25 }),
        fc.integer({ min: 0, max: 61 }),
        fc.integer({ min: 0, max: 61 }),
        fc.constantFrom('', '.5', '.123', '.123456', '.'),
        fc.constantFrom('Z', '+08:00', '-03:30', '+0800', '', '+24:00'),
      )
      .map(
        ([y, mo, d, h, mi, s, f, zone]) =>
          `${pad(y, 4)}-${pad(mo)}-${pad(d)}T${pad(h)}:${pad(mi)}:${pad(s)}${f}${zone}`,
      )
    fc.assert(
      fc.property(looksLike, (text) => {
        const mine = parseIso(text)
        expect(Number.isFinite(mine)).toBe(isoByZod.safeParse(text).success)
        if (Number.isFinite(mine)) expect(mine).toBe(Date.parse(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('reads every moment that toISOString writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -58e12, max: 250e12 }), (moment) => {
        expect(parseIso(new Date(moment).toISOString())).toBe(moment)
      }),
    )
  })
})

test('a time of day', () => {
  expect(parseTimeOfDay('23:59:46')).toBe(86_386_000)
  expect(parseTimeOfDay('7:05')).toBe(25_500_000)
  expect(parseTimeOfDay('24:00:00')).toBeNaN()
})
