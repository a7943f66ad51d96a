import { afterAll, beforeAll, expect, test } from 'vitest'
import { conclude } from '@/bench/faults/conclude'
import { diskFull, killEach, sameHourThrice, sixHoursLate, storeAway } from '@/bench/faults/faults'
import type { FaultRun } from '@/bench/faults/faults'
import { Ledger } from '@/bench/faults/ledger'
import { STREAMS, thingKey } from '@/bench/faults/sender'
import { startStand } from '@/bench/faults/stand'

/** The bench `faults` in the size of every run: a few kills, seconds instead of minutes. */
let run: FaultRun

beforeAll(async () => {
  const things = Array.from({ length: STREAMS }, (_, no) => thingKey(no))
  const stand = await startStand({ things, diskMib: 10, say: () => undefined })
  run = { stand, ledger: new Ledger(), figures: {}, failures: [], say: () => undefined }
})
afterAll(() => run.stand.stop())

test('the same hour three times is taken once, and what is six hours late is kept and marked', async () => {
  await sameHourThrice(run)
  await sixHoursLate(run)
  expect(run.failures).toEqual([])
})

test('server, store and PostgreSQL killed under a poisoned load: every acknowledged record is stored once', async () => {
  await killEach(run, 4, ['server', 'store', 'server', 'postgres'])
  await conclude(run, undefined)
  expect(run.failures).toEqual([])
  expect(run.ledger.size).toBeGreaterThan(3_000)
}, 120_000)

test('while the store is away nothing that was acknowledged is lost', async () => {
  await storeAway(run, 2_000)
  await conclude(run, undefined)
  expect(run.failures).toEqual([])
}, 120_000)

test('on a full disk pushes are refused, and nothing that was acknowledged is lost', async ({ skip }) => {
  skip(!run.stand.smallDisk, 'a small disk of its own can only be mounted by root with the right to mount')
  await diskFull(run)
  await conclude(run, undefined)
  expect(run.failures).toEqual([])
}, 120_000)

// One after another on one store; each harms another stream, and what was harmed before is still found.
test.each([
  { how: 'alter', found: ['1 records altered.'] },
  { how: 'double', found: ['1 records doubled.', '1 records altered.'] },
  { how: 'drop', found: ['1 records lost.', '1 records doubled.', '1 records altered.'] },
] as const)(
  'a record that is harmed in the store is found: $how',
  async ({ how, found }) => {
    const red = { ...run, figures: {}, failures: [] as string[] }
    await conclude(red, how)
    expect(red.failures).toEqual(found)
  },
  60_000,
)
