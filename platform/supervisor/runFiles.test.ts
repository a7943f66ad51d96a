import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startChild } from '../embedded/child'
import { hostFacts } from '../env'
import { endOrphans, noteRunning, runningSupervisor } from './runFiles'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-run-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a process that is left over is ended and forgotten', async () => {
  const idle = 'setInterval(() => {}, 1000)'
  const child = await startChild({ command: hostFacts().nodePath, args: ['-e', idle] }, () => undefined)
  await noteRunning(folder, 'jobs', child.pid)
  expect(await endOrphans(folder)).toEqual(['jobs'])
  expect((await child.exited).signal).toBe('SIGTERM')
  expect(await readdir(folder)).toEqual([])
})

test('a pid that belongs to somebody else by now is left alone', async () => {
  const mine = { part: 'server', pid: hostFacts().pid, started: 'long ago' }
  await writeFile(join(folder, 'part-server.json'), JSON.stringify(mine))
  await writeFile(join(folder, 'part-store.json'), 'cut in the mid')
  await writeFile(join(folder, 'simulator.json'), 'not ours')
  expect(await endOrphans(folder)).toEqual([])
  expect(await readdir(folder)).toEqual(['simulator.json'])
})

test('a living supervisor is found, a dead one is not', async () => {
  expect(await runningSupervisor(folder)).toBeUndefined()
  await noteRunning(folder, 'supervisor', hostFacts().pid)
  expect(await runningSupervisor(folder)).toBe(hostFacts().pid)
})
