import { expect, test } from 'vitest'
import { seeded } from '@/domain/numeric/seeded'
import { fuzz } from './mutate'
import { SEEDS } from './seeds'

/** The bench `feeds` does ten thousand of each. */
const PAYLOADS = 400
/** Formats whose heading alone, or an empty list, is a whole document that says nothing. */
const MAY_SAY_NOTHING = new Set(['csv', 'json', 'geojson', 'gtfsRt'])

test.each(SEEDS)(
  '$name: the seed is read, mutations of it are read or refused with a reason',
  ({ name, format, bytes }) => {
    const whole = format(bytes, { arrivedAt: 0 })
    expect(whole.rows.length).toBeGreaterThan(0)
    expect(whole.refused).toEqual([])
    const count = fuzz(format, bytes, PAYLOADS, seeded(20_260_720))
    if (!MAY_SAY_NOTHING.has(name)) expect(count.lost).toBe(0)
    expect(count.refused).toBeGreaterThan(PAYLOADS / 20)
    expect(count.slowestMs).toBeLessThan(1_000)
  },
)
