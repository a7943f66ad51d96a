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
}, 180_000)

test('while the store is away, and on a full disk, nothing that was acknowledged is lost', async () => {
  await storeAway(run, 2_000)
  await diskFull(run)
  await conclude(run, undefined)
  expect(run.failures).toEqual([])
}, 240_000)

test('a record that is harmed in the store is found', async () => {
  const red = { ...run, figures: {}, failures: [] as string[] }
  await conclude(red, 'double')
  expect(red.failures).toEqual(['1 records doubled.'])
}, 120_000)
