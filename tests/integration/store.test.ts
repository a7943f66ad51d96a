import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseClient, DataFormat } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openServices } from '@/tests/support/services'
import type { TestServices } from '@/tests/support/services'

// Conformance of the store with the unmodified official client. The same file runs against a server: CLICKHOUSE_URL.
let services: TestServices
let client: ClickHouseClient

beforeAll(async () => {
  services = await openServices({ migrate: false })
  client = createClient({
    url: services.urls.CLICKHOUSE_URL,
    compression: { request: true, response: true },
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { date_time_input_format: 'best_effort', output_format_json_quote_64bit_integers: 0 },
  })
  await client.command({
    query: `CREATE TABLE t (id UInt32, s String, v Nullable(Float64), ts DateTime64(3, 'UTC'), tags Map(String, String))
            ENGINE = MergeTree ORDER BY id`,
  })
})
afterAll(async () => {
  await client.close()
  await services.close()
})

const one = async (query: string, extra: object = {}): Promise<Record<string, unknown>> => {
  const result = await client.query({ query, format: 'JSONEachRow', ...extra })
  return (await result.json<Record<string, unknown>>())[0] ?? {}
}
const bytesOf = async (query: string): Promise<Buffer> => {
  const { stream } = await client.exec({ query })
  return Buffer.concat((await stream.toArray()) as Buffer[])
}
const raw = (query: string, bytes: Uint8Array) =>
  client.exec({ query, values: Readable.from([bytes], { objectMode: false }) })

test('ping answers, with and without a statement', async () => {
  expect((await client.ping()).success).toBe(true)
  expect((await client.ping({ select: true })).success).toBe(true)
})

test('a wrong key is refused', async () => {
  const url = new URL(services.urls.CLICKHOUSE_URL)
  url.password = 'wrong'
  const stranger = createClient({ url: url.toString(), log: { level: ClickHouseLogLevel.OFF } })
  const refusal: unknown = await stranger.query({ query: 'SELECT 1' }).catch((cause: unknown) => cause)
  expect((refusal as ClickHouseError).code).toMatch(/^(516|194)$/)
  await stranger.close()
})

describe('inserts', () => {
  test('an array of objects keeps text, nulls, maps and milliseconds', async () => {
    const values = [
      { id: 1, s: "a'b\\n;", v: null, ts: '2026-01-01T00:00:00.123Z', tags: { a: 'b' } },
      { id: 2, s: 'ü漢字', v: 1.5, ts: '2026-01-01 00:00:01', tags: {} },
    ]
    await client.insert({ table: 't', values, format: 'JSONEachRow' })
    expect(await one('SELECT s, v, tags, toUnixTimestamp64Milli(ts) AS at FROM t WHERE id = 1')).toEqual({
      s: "a'b\\n;",
      v: null,
      tags: { a: 'b' },
      at: Date.UTC(2026, 0, 1) + 123,
    })
    expect((await one('SELECT s FROM t WHERE id = 2'))['s']).toBe('ü漢字')
  })

  test('a stream of objects, columns and CSV', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({ id: 10_000 + i, s: `x${i}`, ts: 0, tags: {} }))
    await client.insert({ table: 't', values: Readable.from(rows), format: 'JSONEachRow' })
    await client.insert({ table: 't', columns: ['id', 's'], values: [[6000, 'q']], format: 'JSONCompactEachRow' })
    const csv = Readable.from(['7000,"a, b"\n', '7001,c\n'], { objectMode: false })
    await client.insert({ table: 't', columns: ['id', 's'], values: csv, format: 'CSV' })
    expect(await one('SELECT count() AS n FROM t WHERE id >= 10000 AND id < 15000')).toEqual({ n: 5000 })
    expect(await one('SELECT s FROM t WHERE id = 7000')).toEqual({ s: 'a, b' })
  })

  test.each(['Parquet', 'RowBinary', 'Native', 'ArrowStream'])('binary %s comes back as it went', async (format) => {
    await client.command({ query: `CREATE TABLE copy_${format} (id UInt32, s String) ENGINE = MergeTree ORDER BY id` })
    const bytes = await bytesOf(
      `SELECT toUInt32(number) AS id, toString(number) AS s FROM numbers(30000) FORMAT ${format}`,
    )
    await raw(`INSERT INTO copy_${format} (id, s) FORMAT ${format}`, bytes)
    const sum = `count() AS n, sum(id) AS ids, sum(length(s)) AS letters`
    expect(await one(`SELECT ${sum} FROM copy_${format}`)).toEqual(
      await one(`SELECT ${sum} FROM (SELECT number AS id, toString(number) AS s FROM numbers(30000))`),
    )
  })

  test('INSERT SELECT, VALUES and an empty array', async () => {
    await client.command({ query: "INSERT INTO t (id, s) SELECT number + 90000, 'z' FROM numbers(10)" })
    await client.command({ query: "INSERT INTO t (id, s) VALUES (200000, 'v;1 FORMAT x')" })
    expect((await client.insert({ table: 't', values: [], format: 'JSONEachRow' })).executed).toBe(false)
    expect(await one('SELECT count() AS n FROM t WHERE id >= 90000 AND id < 90010')).toEqual({ n: 10 })
    expect(await one('SELECT s FROM t WHERE id = 200000')).toEqual({ s: 'v;1 FORMAT x' })
  })

  test('an asynchronous insert that is waited for is there', async () => {
    await client.insert({
      table: 't',
      columns: ['id'],
      values: [{ id: 55_555 }],
      format: 'JSONEachRow',
      clickhouse_settings: { async_insert: 1, wait_for_async_insert: 1 },
    })
    expect(await one('SELECT count() AS n FROM t WHERE id = 55555')).toEqual({ n: 1 })
  })

  test('a bad row is refused with its code', async () => {
    const insert = client.insert({ table: 't', values: [{ id: 'abc' }], format: 'JSONEachRow' })
    await expect(insert).rejects.toBeInstanceOf(ClickHouseError)
  })
})

describe('answers', () => {
  test.each<DataFormat>([
    'JSON',
    'JSONEachRow',
    'JSONCompact',
    'JSONCompactEachRow',
    'JSONStrings',
    'JSONColumnsWithMetadata',
  ])('format %s is readable', async (format) => {
    const result = await client.query({ query: 'SELECT number AS n FROM numbers(3)', format })
    expect(JSON.stringify(await result.json())).toMatch(/0.*1.*2/s)
  })

  test.each<DataFormat>(['CSV', 'CSVWithNames', 'TabSeparated', 'TabSeparatedWithNamesAndTypes'])(
    'text %s',
    async (format) => {
      const result = await client.query({ query: 'SELECT number AS n FROM numbers(2)', format })
      expect((await result.text()).trim().split('\n').slice(-2)).toEqual(['0', '1'])
    },
  )

  test('half a million rows stream', async () => {
    const result = await client.query({ query: 'SELECT number AS n FROM numbers(500000)', format: 'JSONEachRow' })
    let rows = 0
    for await (const part of result.stream()) rows += part.length
    expect(rows).toBe(500_000)
  })
})

describe('parameters and settings', () => {
  test('text and lists survive every special character', async () => {
    const s = 'it\'s \\ \t\n ü " `'
    const query = 'SELECT {s:String} AS s, {list:Array(String)} AS list, {n:Nullable(String)} AS n'
    const query_params = { s, list: [s, '', "z,'"], n: null }
    expect(await one(query, { query_params })).toEqual({ s, list: [s, '', "z,'"], n: null })
  })

  test('dates, maps, booleans and identifiers', async () => {
    const query = `SELECT toUnixTimestamp64Milli({d:DateTime64(3, 'UTC')}) AS d, {m:Map(String, UInt8)} AS m, {b:Bool} AS b,
                   count() AS n FROM {table:Identifier}`
    const query_params = { d: new Date('2026-02-03T04:05:06.789Z'), m: { k: 1 }, b: true, table: 't' }
    const row = await one(query, { query_params })
    expect({ ...row, n: typeof row['n'] }).toEqual({ d: 1_770_091_506_789, m: { k: 1 }, b: true, n: 'number' })
  })

  test('parameters too long for an address', async () => {
    const list = Array.from({ length: 20_000 }, (_, i) => i)
    const row = await one('SELECT length({list:Array(UInt32)}) AS n, arraySum({list:Array(UInt32)}) AS sum', {
      query_params: { list },
    })
    expect(row).toEqual({ n: 20_000, sum: 199_990_000 })
  })

  test('a setting holds for its own request only', async () => {
    const query = "SELECT getSetting('max_block_size') AS x"
    expect(await one(query, { clickhouse_settings: { max_block_size: '1234' } })).toEqual({ x: 1234 })
    expect((await one(query))['x']).not.toBe(1234)
  })

  test('a session keeps its temporary table', async () => {
    const session_id = randomUUID()
    await client.command({ query: 'CREATE TEMPORARY TABLE tt (a UInt8)', session_id })
    await client.insert({ table: 'tt', values: [{ a: 1 }], format: 'JSONEachRow', session_id })
    expect(await one('SELECT count() AS n FROM tt', { session_id })).toEqual({ n: 1 })
  })
})

describe('refusals carry ClickHouse numbers', () => {
  test.each([
    ['syntax', 'SELEC', 62, {}],
    ['unknown table', 'SELECT * FROM nope', 60, {}],
    ['unknown setting', 'SELECT 1', 115, { nope_setting: 1 }],
    ['unknown database', 'SELECT * FROM nodb.x', 81, {}],
    ['time', 'SELECT sum(sipHash64(number)) FROM numbers(20000000000)', 159, { max_execution_time: 1 }],
    ['memory', 'SELECT groupArray(number) FROM numbers(100000000)', 241, { max_memory_usage: '10000000' }],
    ['missing parameter', 'SELECT {z:UInt8}', 456, {}],
    [
      'in the middle of the stream',
      'SELECT throwIf(number = 400000) FROM numbers(1000000)',
      395,
      { max_block_size: '1000' },
    ],
  ])('%s', async (_name, query, code, clickhouse_settings) => {
    await expect(one(query, { clickhouse_settings })).rejects.toMatchObject({ code: String(code) })
  })
})

describe('control', () => {
  const HEAVY = 'SELECT sum(sipHash64(number)) FROM numbers(30000000000)'
  const stillRunning = async () =>
    (
      await one(
        "SELECT count() AS n FROM system.processes WHERE query LIKE '%30000000000%' AND query NOT LIKE '%processes%'",
      )
    )['n']

  test('the id of a query is echoed', async () => {
    const query_id = randomUUID()
    expect((await client.query({ query: 'SELECT 1', query_id })).query_id).toBe(query_id)
  })

  test('a client that goes away stops its statement', async () => {
    const controller = new AbortController()
    const asked = client.query({ query: HEAVY, abort_signal: controller.signal })
    setTimeout(() => controller.abort(), 300)
    await expect(asked).rejects.toThrow()
    await expect.poll(stillRunning, { timeout: 5000 }).toBe(0)
  })

  test('a statement can be killed by its id', async () => {
    const query_id = randomUUID()
    const asked = client.query({ query: HEAVY, query_id })
    const ended = expect(asked).rejects.toMatchObject({ code: '394' })
    await expect.poll(stillRunning, { timeout: 5000 }).toBe(1)
    await client.command({ query: `KILL QUERY WHERE query_id = '${query_id}'` })
    await ended
  })

  test('forty questions at once, each with its own parameter', async () => {
    const asked = Array.from({ length: 40 }, (_, i) =>
      one('SELECT {i:UInt32} AS i, sleep(0.01) AS s', { query_params: { i } }),
    )
    expect((await Promise.all(asked)).map((row) => row['i'])).toEqual(Array.from({ length: 40 }, (_, i) => i))
  })
})
