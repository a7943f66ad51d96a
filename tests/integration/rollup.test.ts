import { afterAll, beforeAll, expect, test } from 'vitest'
import { worldTimeAt } from '@/domain/world'
import { insertNative } from '@/platform/clickhouse/insert'
import { manualClock } from '@/platform/clock'
import { rollupJob } from '@/workers/rollup/job'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'

const NOON = Date.parse('2026-07-18T12:00:00Z')
const MINUTE = 60_000
let services: TestServices
let seq = 0

beforeAll(async () => {
  services = await openServices()
  const world = (no: number, key: string, kind: string, clock: string): string =>
    `INSERT INTO worlds (no, key, kind, name, time_zone, anchor_world, anchor_real, rate, view)
     VALUES (${no}, '${key}', '${kind}', '{}', 'UTC', ${clock}, '{}')`
  await services.postgres.run(world(1, 'one', 'exercise', `${NOON}, 0, 1`))
  await services.postgres.run(world(2, 'fast', 'replay', `${NOON}, 0, 3600`))
})
afterAll(() => services.close())

interface Row {
  readonly stream: number
  /** World time after noon, ms. */
  readonly at: number
  readonly value: number
  readonly quality?: number
  readonly seq?: number
}

async function store(world: number, rows: readonly Row[]): Promise<void> {
  const column = (pick: (row: Row) => number): Float64Array => Float64Array.from(rows, pick)
  await insertNative(services.clickhouse, {
    table: 'observations',
    rows: rows.length,
    columns: [
      { name: 'world', type: 'UInt16', values: Uint16Array.from(rows, () => world) },
      { name: 'stream', type: 'UInt32', values: Uint32Array.from(rows, (row) => row.stream) },
      { name: 'phenomenon_time', type: 'DateTime64(3)', values: column((row) => NOON + row.at) },
      { name: 'known_time', type: 'DateTime64(3)', values: column((row) => NOON + row.at) },
      { name: 'value', type: 'Float64', values: column((row) => row.value) },
      { name: 'quality', type: 'UInt16', values: Uint16Array.from(rows, (row) => row.quality ?? 0) },
      { name: 'feed', type: 'UInt16', values: Uint16Array.from(rows, () => 1) },
      { name: 'seq', type: 'UInt64', values: BigUint64Array.from(rows, (row) => BigInt(row.seq ?? (seq += 1))) },
      { name: 'recorded_at', type: 'DateTime', values: Uint32Array.from(rows, () => Math.floor(NOON / 1000)) },
    ],
  })
}

const run = (realMs: number) => {
  const { clickhouse, postgres, log } = services
  const host = { varFolder: 'no-folder', nodePath: 'no-node' }
  const { signal } = new AbortController()
  return rollupJob({}, { clickhouse, postgres, log, clock: manualClock(realMs), signal, ...host })
}

const minutes = async (world: number): Promise<unknown[]> =>
  services.clickhouse.rows({
    name: 'test',
    sql: `SELECT stream, toUnixTimestamp(minute) - ${NOON / 1000} AS second, samples, mean, low, high, last, flags
          FROM observations_per_minute FINAL WHERE world = {world:UInt16} ORDER BY stream, minute`,
    params: { world },
  })

const made = (stream: number, second: number, rest: object) => ({ stream, second, flags: 0, ...rest })

test('closed minutes are made once, the open one waits', async () => {
  await store(1, [
    { stream: 3, at: 1_000, value: 2 },
    { stream: 3, at: 31_000, value: 6, quality: 4 },
    { stream: 5, at: 59_999, value: -1 },
    { stream: 3, at: 61_000, value: 9 },
  ])
  await run(MINUTE + 20_000)
  const first = [
    made(3, 0, { samples: 2, mean: 4, low: 2, high: 6, last: 6, flags: 4 }),
    made(5, 0, { samples: 1, mean: -1, low: -1, high: -1, last: -1 }),
  ]
  expect(await minutes(1)).toEqual(first)
  await run(MINUTE + 30_000)
  expect(await minutes(1)).toEqual(first)
  await run(2 * MINUTE + 20_000)
  expect(await minutes(1)).toEqual([first[0], made(3, 60, { samples: 1, mean: 9, low: 9, high: 9, last: 9 }), first[1]])
})

test('a late record and a correction make their minute dirty again; a re-inserted row changes nothing', async () => {
  const late: Row = { stream: 5, at: 2_000, value: 3 }
  await store(1, [late, { stream: 3, at: 31_000, value: 10 }, { stream: 5, at: 59_999, value: -1, seq: 3 }])
  const { dirty } = await run(3 * MINUTE + 20_000)
  expect(dirty).toBeGreaterThanOrEqual(2)
  expect((await minutes(1)).filter((row) => (row as { second: number }).second === 0)).toEqual([
    made(3, 0, { samples: 2, mean: 6, low: 2, high: 10, last: 10 }),
    made(5, 0, { samples: 2, mean: 1, low: -1, high: 3, last: -1 }),
  ])
})

test('a killed run does its last step again: the same minutes', async () => {
  const before = await minutes(1)
  await services.clickhouse.command({ name: 'test', sql: 'TRUNCATE TABLE rollup_progress' })
  await run(3 * MINUTE + 30_000)
  expect(await minutes(1)).toEqual(before)
})

test('a fast world is made as far as its own clock goes, with an hour of sparse rows in one step', async () => {
  await store(
    2,
    Array.from({ length: 120 }, (_, i) => ({ stream: 1, at: i * MINUTE, value: i })),
  )
  const real = 60_000 // an hour of that world each second: it stands 60 hours after noon
  expect(worldTimeAt({ anchorWorld: NOON as never, anchorReal: 0 as never, rate: 3600 }, real as never)).toBe(
    NOON + 60 * 60 * MINUTE,
  )
  await run(real)
  expect(await minutes(2)).toHaveLength(120)
})
