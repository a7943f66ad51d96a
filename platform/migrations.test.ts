import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrationsOf, pendingMigrations, readMigrations } from './migrations'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-migrations-'))
  await writeFile(join(folder, '0002_b.sql'), 'SELECT 2')
  await writeFile(join(folder, '0001_a.sql'), 'SELECT 1')
})
afterAll(() => rm(folder, { recursive: true }))

test('files come in the order of their numbers', async () => {
  expect((await readMigrations(folder)).map((file) => file.name)).toEqual(['0001_a', '0002_b'])
})

test('only what has not run is pending; a changed file and a newer database are refused', async () => {
  const files = await readMigrations(folder)
  const first = { number: 1, sha256: files[0]!.sha256 }
  expect(pendingMigrations(files, [first]).map((file) => file.number)).toEqual([2])
  expect(() => pendingMigrations(files, [{ number: 1, sha256: 'other' }])).toThrow('0001_a was changed after it ran')
  expect(() => pendingMigrations(files, [first, { number: 9, sha256: 'x' }])).toThrow('run a newer Belfry')
})

test('a number used twice is refused', async () => {
  const twice = await mkdtemp(join(tmpdir(), 'belfry-migrations-'))
  await writeFile(join(twice, '0001_a.sql'), '')
  await writeFile(join(twice, '0001_b.sql'), '')
  await expect(readMigrations(twice)).rejects.toThrow('Two migrations have number 1')
  await rm(twice, { recursive: true })
})

test.each(['clickhouse', 'postgres'] as const)('the migrations of %s are well named', async (store) => {
  expect((await readMigrations(migrationsOf(store))).length).toBeGreaterThan(0)
})
