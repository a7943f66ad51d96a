import { expect, test } from 'vitest'
import { migrationsOf, readMigrations } from '../migrations'
import { forCluster, NotClusterable } from './cluster'
import { splitStatements } from './statements'

test('a table becomes a replicated local one and a Distributed one that keeps versions on one shard', () => {
  const [local, all] = forCluster(
    `CREATE TABLE IF NOT EXISTS t (a UInt8, b UInt8) -- why
     ENGINE = ReplacingMergeTree(b) ORDER BY (a, b, c)`,
    'city',
  )
  expect(local).toBe(
    'CREATE TABLE IF NOT EXISTS t_local ON CLUSTER city (a UInt8, b UInt8) ENGINE = ReplicatedReplacingMergeTree' +
      "('/clickhouse/tables/{shard}/{database}/t_local', '{replica}', b) ORDER BY (a, b, c)",
  )
  expect(all).toBe(
    'CREATE TABLE IF NOT EXISTS t ON CLUSTER city AS t_local ' +
      'ENGINE = Distributed(city, currentDatabase(), t_local, cityHash64(a, b))',
  )
})

test('a new column is added to both tables, an index to the local one', () => {
  expect(forCluster('ALTER TABLE t ADD COLUMN IF NOT EXISTS c UInt8', 'city')).toEqual([
    'ALTER TABLE t_local ON CLUSTER city ADD COLUMN IF NOT EXISTS c UInt8',
    'ALTER TABLE t ON CLUSTER city ADD COLUMN IF NOT EXISTS c UInt8',
  ])
  expect(forCluster('ALTER TABLE t ADD INDEX i c TYPE minmax', 'city')).toHaveLength(1)
})

test('a dropped table is dropped twice, a truncated one where its rows are', () => {
  expect(forCluster('DROP TABLE IF EXISTS t', 'city')).toEqual([
    'DROP TABLE IF EXISTS t ON CLUSTER city',
    'DROP TABLE IF EXISTS t_local ON CLUSTER city',
  ])
  expect(forCluster('TRUNCATE TABLE t', 'city')).toEqual(['TRUNCATE TABLE t_local ON CLUSTER city'])
})

test('what has no rule is refused', () => {
  expect(() => forCluster('INSERT INTO t VALUES (1)', 'city')).toThrow(NotClusterable)
  expect(() => forCluster('CREATE TABLE t (a UInt8) ENGINE = Memory', 'city')).toThrow('MergeTree family')
})

test('every statement of every migration has a form for a cluster', async () => {
  const files = await readMigrations(migrationsOf('clickhouse'))
  const made = files.flatMap((file) => splitStatements(file.sql).flatMap((sql) => forCluster(sql, 'city')))
  expect(made.length).toBeGreaterThan(files.length)
  for (const sql of made) expect(sql).toContain('ON CLUSTER city')
})
