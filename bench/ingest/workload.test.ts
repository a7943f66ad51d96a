import { expect, test } from 'vitest'
import { BodyMaker, LINES } from './workload'

test('the workload has the shares that it says, about 120 bytes a line, and no accidental repetition', () => {
  const iso = (ms: number): string => new Date(ms).toISOString()
  const makers = [new BodyMaker(0), new BodyMaker(1)]
  const total = { bad: 0, resent: 0, late: 0 }
  const seen = new Map<string, number>()
  let bytes = 0
  const bodies = 200
  for (let i = 0; i < bodies; i++) {
    const body = makers[i % 2]!.make(1_800_000_000_000 + i * 7, iso)
    for (const kind of ['bad', 'resent', 'late'] as const) total[kind] += body[kind]
    bytes += body.text.length + 1
    for (const line of body.text.split('\n')) {
      if (line.includes('broken')) continue
      const key = line.slice(0, line.indexOf('"result"'))
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
  }
  const lines = bodies * LINES
  expect(total).toEqual({ bad: lines / 1_000, resent: lines / 200, late: lines / 100 })
  expect([...seen.values()].filter((count) => count > 1)).toHaveLength(total.resent)
  expect(bytes / lines).toBeGreaterThan(105)
  expect(bytes / lines).toBeLessThan(130)
})
