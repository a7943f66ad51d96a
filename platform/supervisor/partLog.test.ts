import { mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loudText, PartLog } from './partLog'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-log-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('warnings and crashes are loud, the rest is not', () => {
  expect(loudText('{"level":"warn","msg":"late","err":{"message":"why"}}')).toBe('warn: late (why)')
  expect(loudText('{"level":"info","msg":"listening"}')).toBeUndefined()
  expect(loudText('{ not json')).toBeUndefined()
  expect(loudText('TypeError: x is not a function')).toBe('TypeError: x is not a function')
  expect(loudText('2026-01-01 UTC [1] ERROR:  duplicate key value')).toBeUndefined()
  expect(loudText('2026-01-01 UTC [1] PANIC:  could not write')).toContain('PANIC')
})

test('a log is bounded: the file turns over, one older file stays', async () => {
  const log = new PartLog(folder, 'server')
  log.write('first')
  await truncate(log.file, 17 * 1024 ** 2)
  const full = new PartLog(folder, 'server')
  full.write('second')
  expect((await readdir(folder)).sort()).toEqual(['server.log', 'server.log.1'])
  expect(await readFile(log.file, 'utf8')).toBe('second\n')
  expect((await stat(`${log.file}.1`)).size).toBe(17 * 1024 ** 2)
})
