import { Queue, Worker } from 'bullmq'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { connectClickHouse } from '@/platform/clickhouse/connect'
import { forCluster } from '@/platform/clickhouse/cluster'
import { ClickHouseError } from '@/platform/clickhouse/clickhouse'
import { insertNative } from '@/platform/clickhouse/insert'
import { migrateClickHouse } from '@/platform/clickhouse/migrate'
import { defineQuery, UnexpectedRow } from '@/platform/clickhouse/query'
import { splitStatements } from '@/platform/clickhouse/statements'
import { migrationsOf, readMigrations } from '@/platform/migrations'
import { Unavailable } from '@/platform/errors'
import { connectPostgres } from '@/platform/postgres/connect'
import { listen } from '@/platform/postgres/listen'
import { tryAdvisoryLock } from '@/platform/postgres/lock'
import { migratePostgres } from '@/platform/postgres/migrate'
import { isUniqueViolation } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'
import { inTransaction } from '@/platform/postgres/transaction'
import { openServices } from '@/tests/support/services'
import type { TestServices } from '@/tests/support/services'

let services: TestServices
beforeAll(async () => {
  services = await openServices()
})
afterAll(() => services.close())

describe('clickhouse', () => {
  const all = defineQuery({
    name: 'allColumns',
    params: z.object({ least: z.number() }),
    row: z.object({ a: z.number(), at: z.number(), seq: z.string(), v: z.number(), s: z.string(), d: z.number() }),
    sql: `SELECT a, toUnixTimestamp64Milli(at) AS at, toString(seq) AS seq, v, s, toUnixTimestamp(d) AS d
          FROM kinds WHERE a >= {least:UInt8} ORDER BY a`,
  })

  test('a native batch of every kind of column comes back through a question', async () => {
    const { clickhouse } = services
    await clickhouse.command({
      name: 'create',
      sql: `CREATE TABLE kinds (a UInt8, at DateTime64(3, 'UTC'), seq UInt64, v Float64, s LowCardinality(String), d DateTime('UTC'))
            ENGINE = MergeTree ORDER BY a`,
    })
    await insertNative(clickhouse, {
      table: 'kinds',
      rows: 3,
      columns: [
        { name: 'a', type: 'UInt8', values: Uint8Array.of(1, 2, 3) },
        { name: 'at', type: 'DateTime64(3)', values: Float64Array.of(1_795_132_800_001, 0, 2) },
        { name: 'seq', type: 'UInt64', values: BigUint64Array.of(1n, (9000n << 40n) + 7n, 3n) },
        { name: 'v', type: 'Float64', values: Float64Array.of(0.1, -2.5, 1e300) },
        { name: 's', type: 'String', values: ['', '水位', 'x'.repeat(200)] },
        { name: 'd', type: 'DateTime', values: 1_795_132_800 },
      ],
    })
    expect(await all(clickhouse, { least: 1 })).toEqual([
      { a: 1, at: 1_795_132_800_001, seq: '1', v: 0.1, s: '', d: 1_795_132_800 },
      { a: 2, at: 0, seq: '9895604649984007', v: -2.5, s: '水位', d: 1_795_132_800 },
      { a: 3, at: 2, seq: '3', v: 1e300, s: 'x'.repeat(200), d: 1_795_132_800 },
    ])
  })

  test('a large native batch is stored whole', async () => {
    const { clickhouse } = services
    const rows = 200_000
    await clickhouse.command({
      name: 'create',
      sql: 'CREATE TABLE large (n UInt32, v Float64) ENGINE = MergeTree ORDER BY n',
    })
    const n = Uint32Array.from({ length: rows }, (_, i) => i)
    await insertNative(clickhouse, {
      table: 'large',
      rows,
      columns: [
        { name: 'n', type: 'UInt32', values: n },
        { name: 'v', type: 'Float64', values: Float64Array.from(n, (i) => i / 4) },
      ],
    })
    const sums = defineQuery({
      name: 'sums',
      params: z.object({}),
      row: z.object({ count: z.number(), n: z.number(), v: z.number() }),
      sql: 'SELECT count() AS count, sum(n) AS n, sum(v) AS v FROM large',
    })
    const total = (rows * (rows - 1)) / 2
    expect(await sums(clickhouse, {})).toEqual([{ count: rows, n: total, v: total / 4 }])
  })

  test('a row that breaks the schema, a refusal and an absent store are three different errors', async () => {
    const wrong = defineQuery({
      name: 'wrong',
      params: z.object({}),
      row: z.object({ x: z.number() }),
      sql: "SELECT 'text' AS x",
    })
    await expect(wrong(services.clickhouse, {})).rejects.toThrow(UnexpectedRow)
    const refused = services.clickhouse.command({ name: 'no', sql: 'SELECT * FROM nowhere' })
    await expect(refused).rejects.toMatchObject({ retry: false, args: { code: '60', statement: 'no' } })
    const absent = connectClickHouse({ url: 'http://127.0.0.1:9', log: services.log })
    const unanswered = await absent.rows({ name: 'no', sql: 'SELECT 1' }).catch((cause: unknown) => cause)
    expect(unanswered).toBeInstanceOf(ClickHouseError)
    expect(unanswered).toMatchObject({ retry: true, code: 'store.unavailable' })
    expect(await absent.ping(500)).toBe(false)
    await absent.close()
  })

  test('migrations ran once; a second run has nothing to do', async () => {
    const again = await migrateClickHouse(services.clickhouse, {
      folder: migrationsOf('clickhouse'),
      log: services.log,
    })
    expect(again).toEqual([])
  })

  test('every migration, written for a cluster, is parsed by the engine', async () => {
    const explain = async (sql: string) => services.clickhouse.rows({ name: 'explain', sql: `EXPLAIN AST ${sql}` })
    const files = await readMigrations(migrationsOf('clickhouse'))
    const statements = files.flatMap((file) => splitStatements(file.sql).flatMap((sql) => forCluster(sql, 'city')))
    expect(statements.length).toBeGreaterThan(10)
    for (const sql of statements) expect(await explain(sql), sql).not.toHaveLength(0)
    await expect(explain('CREATE TABLE t ON CLUSTER city (a UInt8) ENGINE = = Replicated')).rejects.toThrow(
      ClickHouseError,
    )
  })
})

describe('postgres', () => {
  const insert = defineSql({
    name: 'insertNote',
    params: z.object({ key: z.string(), body: z.string() }),
    row: z.object({ id: z.number(), at: z.number(), body: z.unknown() }),
    sql: 'INSERT INTO notes (key, body) VALUES ($key, $body::jsonb) RETURNING id, at, body',
  })
  const count = defineSql({
    name: 'countNotes',
    row: z.object({ n: z.number() }),
    sql: 'SELECT count(*) AS n FROM notes',
  })
  beforeAll(() =>
    services.postgres.run(`CREATE TABLE notes (
      id bigint GENERATED ALWAYS AS IDENTITY, key text CONSTRAINT notes_key UNIQUE, body jsonb,
      at timestamptz DEFAULT '2026-01-01 00:00:00.5+00')`),
  )

  test('int8 is a number, timestamptz epoch milliseconds, jsonb a value', async () => {
    const rows = await insert(services.postgres, { key: 'a', body: '{"x":[1]}' })
    expect(rows).toEqual([{ id: 1, at: Date.UTC(2026, 0, 1) + 500, body: { x: [1] } }])
  })

  test('a transaction is all or nothing, and a broken constraint is named', async () => {
    const before = await count(services.postgres, {})
    const failed = inTransaction(services.postgres, async (tx) => {
      await insert(tx, { key: 'b', body: '1' })
      await insert(tx, { key: 'b', body: '2' })
    })
    const error = await failed.catch((cause: unknown) => cause)
    expect(isUniqueViolation(error, 'notes_key')).toBe(true)
    expect(isUniqueViolation(error, 'other')).toBe(false)
    expect(await count(services.postgres, {})).toEqual(before)
  })

  test('a lock is held by one; a broken connection is told and frees it', async () => {
    const { postgres } = services
    const lock = await tryAdvisoryLock(postgres, 'leader')
    expect(lock).toBeDefined()
    expect(await tryAdvisoryLock(postgres, 'leader')).toBeUndefined()
    const other = await tryAdvisoryLock(postgres, 'another')
    await other?.release()
    const lost = new Promise((resolve) => lock?.lost.addEventListener('abort', resolve))
    await postgres.run(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
    await lost
    const next = await tryAdvisoryLock(postgres, 'leader')
    expect(next).toBeDefined()
    await next?.release()
    const again = await tryAdvisoryLock(postgres, 'leader')
    await again?.release()
    expect(again).toBeDefined()
  })

  test('a listener hears, and hears again after its connection was cut', async () => {
    const { postgres, log } = services
    const heard: string[] = []
    let listening = 0
    const open = await listen(postgres, {
      channel: 'outbox',
      log,
      onMessage: (payload) => heard.push(payload),
      onListening: () => (listening += 1),
    })
    await postgres.run("NOTIFY outbox, '1'")
    await expect.poll(() => heard).toEqual(['1'])
    await postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN outbox'")
    await expect.poll(() => listening, { timeout: 5000 }).toBe(2)
    await postgres.run("NOTIFY outbox, '2'")
    await expect.poll(() => heard).toEqual(['1', '2'])
    await open.close()
  })

  test('several processes may migrate at once; the second finds nothing to do', async () => {
    const options = { folder: migrationsOf('postgres'), log: services.log }
    const second = connectPostgres({ url: services.urls.DATABASE_URL, log: services.log })
    const runs = await Promise.all([migratePostgres(services.postgres, options), migratePostgres(second, options)])
    expect(runs).toEqual([[], []])
    await second.close()
  })

  test('a server that is not there is Unavailable', async () => {
    const absent = connectPostgres({ url: 'postgres://x@127.0.0.1:9/x', log: services.log })
    await expect(count(absent, {})).rejects.toThrow(Unavailable)
    expect(await absent.ping(500)).toBe(false)
    await absent.close()
  })
})

test('redis carries a job from queue to worker', async () => {
  const { redis, redisPrefix } = services
  const queue = new Queue<{ n: number }>('jobs', { connection: redis, prefix: redisPrefix })
  const done = new Promise<number>((resolve) => {
    const worker = new Worker<{ n: number }>('jobs', (job) => Promise.resolve(job.data.n * 2), {
      connection: redis.duplicate(),
      prefix: redisPrefix,
    })
    worker.on('completed', (_job, result: number) => void worker.close().then(() => resolve(result)))
  })
  await queue.add('double', { n: 21 })
  expect(await done).toBe(42)
  await queue.obliterate({ force: true })
  await queue.close()
})
