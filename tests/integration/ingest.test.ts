import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Quality } from '@/domain/quality'
import { systemClock } from '@/platform/clock'
import { type IntakeBench, openIntake } from '../support/ingestBench'
import { type TestServices, openServices } from '../support/services'

let services: TestServices
let bench: IntakeBench
const HOUR = 3_600_000

beforeAll(async () => {
  services = await openServices()
  bench = await openIntake(services)
})
afterAll(async () => {
  await bench.close()
  await services.close()
})

const line = (datastream: string, phenomenonTime: number | string, result: number) => ({
  datastream,
  phenomenonTime,
  result,
})

async function stored(sql: string): Promise<unknown[]> {
  await expect.poll(() => bench.ingest.state().pendingRows, { timeout: 10_000 }).toBe(0)
  return services.clickhouse.rows({ name: 'test', sql })
}
const rowsOf = (stream: number | undefined) =>
  stored(
    `SELECT toUnixTimestamp64Milli(phenomenon_time) AS t, value, quality, toString(seq) AS seq FROM observations WHERE world = ${bench.world.no} AND stream = ${stream ?? -1} ORDER BY t, seq`,
  )
const noOf = (key: string) => bench.catalogue.streamNo(bench.world.no, key)

describe('a push', () => {
  test('is acknowledged, folded and stored with its trace, its two clocks and its seq', async () => {
    const now = systemClock.now()
    const receipt = await bench.push([
      line('a.level', now - 1_000, 3.5),
      line('b.level', new Date(now).toISOString(), 25),
    ])
    expect(receipt).toMatchObject({ received: 2, accepted: 2, duplicates: 0, corrections: 0, late: 0, rejected: 0 })
    const [record] = bench.live
    if (record?.kind !== 'observations') throw new Error('nothing was folded')
    expect(record.traceId).toBe(receipt.traceId)
    // 25 m is outside the range of the contract: flagged, not dropped.
    expect([...record.quality]).toEqual([0, Quality.outOfRange])
    const rows = (await rowsOf(noOf('b.level'))) as { t: number; value: number; quality: number; seq: string }[]
    expect(rows).toEqual([
      { t: now, value: 25, quality: Quality.outOfRange, seq: String(BigInt(record.epoch) * 2n ** 40n + 1n) },
    ])
  })

  test('creates an undeclared Datastream once, with a dense number, and tells the catalogue', async () => {
    const before = bench.catalogue.catalogue(bench.world.no)
    const [one, two] = await Promise.all([
      bench.push([line('c.level', systemClock.now(), 1)]),
      bench.push([line('c.level', systemClock.now() + 5, 2)]),
    ])
    expect([one.accepted, two.accepted]).toEqual([1, 1])
    const after = bench.catalogue.catalogue(bench.world.no)
    expect(after.datastreams.map(({ no }) => no)).toEqual(after.datastreams.map((_, i) => i))
    expect(after.datastreams.length - before.datastreams.length).toBe(1)
    expect(after.version).toBeGreaterThan(before.version)
  })

  test('with one bad line in a hundred keeps the rest, says which, and quarantines them with reason and sample', async () => {
    const base = systemClock.now() - 200_000
    const lines = Array.from({ length: 1_000 }, (_, i) =>
      i % 100 === 7
        ? `{"datastream":"a.level","phenomenonTime":${base + i},"result":`
        : line('a.level', base + i, i / 1_000),
    )
    const receipt = await bench.push(lines)
    expect(receipt).toMatchObject({ received: 1_000, accepted: 990, rejected: 10 })
    expect(receipt.refused.map((refused) => refused.line)).toEqual([8, 108, 208, 308, 408, 508, 608, 708, 808, 908])
    const rows = (await stored(
      `SELECT line, reason, sample, trace_id FROM quarantine WHERE world = ${bench.world.no} AND reason = 'notJson' ORDER BY line`,
    )) as { line: number; sample: string }[]
    expect(rows).toHaveLength(10)
    expect(rows[0]).toMatchObject({ line: 8, sample: lines[7] })
  })

  test('six hours late is kept with both clocks and the flag of lateness', async () => {
    const then = systemClock.now() - 6 * HOUR
    const receipt = await bench.push([line('late.level', then, 2)])
    expect(receipt).toMatchObject({ accepted: 1, late: 1 })
    const [row] = (await stored(
      `SELECT dateDiff('second', phenomenon_time, known_time) AS apart, quality FROM observations WHERE stream = ${noOf('late.level') ?? -1}`,
    )) as { apart: number; quality: number }[]
    expect(row?.apart).toBeGreaterThanOrEqual(6 * 3_600 - 1)
    expect(row?.quality).toBe(Quality.late)
  })

  test('a body that cannot be read is refused whole', async () => {
    await expect(bench.push(['not a gzip'], 'gzip')).rejects.toMatchObject({ status: 400 })
    await expect(bench.push([''])).rejects.toMatchObject({ status: 400 })
  })
})

describe('re-sends', () => {
  test('the same hour three times, over a restart, is one hour', async () => {
    const base = systemClock.now() - 2 * HOUR
    const hour = Array.from({ length: 3_600 }, (_, i) => line('same.level', base + i * 1_000, Math.sin(i)))
    const first = await bench.push(hour)
    const second = await bench.push(hour)
    await stored('SELECT 1')
    await bench.restart()
    const third = await bench.push(hour)
    expect([first.accepted, second.accepted, third.accepted]).toEqual([3_600, 0, 0])
    expect([second.duplicates, third.duplicates]).toEqual([3_600, 3_600])
    expect(await rowsOf(noOf('same.level'))).toHaveLength(3_600)
  })

  test('a correction is kept beside the value that it corrects, in memory and from the store', async () => {
    const base = systemClock.now() - HOUR
    await bench.push([line('right.level', base, 1)])
    expect(await bench.push([line('right.level', base, 2)])).toMatchObject({ accepted: 1, corrections: 1 })
    await stored('SELECT 1')
    await bench.restart()
    expect(await bench.push([line('right.level', base, 3)])).toMatchObject({ accepted: 1, corrections: 1 })
    expect(await bench.push([line('right.level', base, 3)])).toMatchObject({ accepted: 0, duplicates: 1 })
    const rows = (await rowsOf(noOf('right.level'))) as { value: number; quality: number }[]
    expect(rows.map(({ value }) => value)).toEqual([1, 2, 3])
    expect(rows.map(({ quality }) => (quality & Quality.correction) !== 0)).toEqual([false, true, true])
  })
})

test('what each feed delivered stands in feed_minutes', async () => {
  await bench.ingest.stop()
  const sql = `SELECT sum(accepted) AS accepted, sum(received) AS received, sum(rejected) AS rejected FROM feed_minutes FINAL WHERE feed = ${bench.feed.no}`
  const [row] = (await services.clickhouse.rows({ name: 'test', sql })) as Record<string, number>[]
  const [facts] = (await services.clickhouse.rows({
    name: 'test',
    sql: 'SELECT count() AS rows FROM observations FINAL',
  })) as Record<string, number>[]
  expect(row?.['accepted']).toBe(facts?.['rows'])
  expect(row?.['rejected']).toBe(10)
  // 3,600 three times with one of them new, one correction sent twice, and ten refused lines.
  expect(row?.['received']).toBe((facts?.['rows'] ?? 0) + 2 * 3_600 + 1 + 10)
})
