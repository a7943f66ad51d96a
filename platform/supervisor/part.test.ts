import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChild } from '../embedded/child'
import type { Child } from '../embedded/child'
import { command } from '../embedded/command'
import { hostFacts } from '../env'
import { sendSignal } from '../shutdown'
import { Part } from './part'
import type { Terminal } from './terminal'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-part-'))
})
afterAll(() => rm(folder, { recursive: true }))

const node = (script: string): Promise<Child> =>
  startChild({ command: hostFacts().nodePath, args: ['-e', script] }, () => undefined)
const IDLE = 'setInterval(() => {}, 1000)'

function setUp(launch: (onSpawned: (child: Child) => void) => Promise<Child>) {
  const said: string[] = []
  const terminal: Terminal = { say: (line) => void said.push(line), warn: () => undefined }
  const children: Child[] = []
  const part = new Part({
    name: 'trial',
    run: folder,
    terminal,
    stopSignal: 'SIGTERM',
    async launch(onSpawned) {
      const child = await launch(onSpawned)
      children.push(child)
      return child
    },
  })
  return { part, said, children }
}

test('a part that is killed is started again, and says so', async () => {
  const { part, said, children } = setUp(() => node(IDLE))
  await part.start()
  sendSignal(children[0]!.pid, 'SIGKILL')
  await expect.poll(() => children.length, { timeout: 8000 }).toBe(2)
  expect(said[0]).toBe('trial ended by SIGKILL; starting it again in 0.5 s')
  await part.stop(1000)
  expect(sendSignal(children[1]!.pid, 0)).toBe(false)
})

test('a part that cannot start is tried again with longer pauses', async () => {
  let tries = 0
  const { part, said, children } = setUp(() => {
    tries += 1
    return tries === 2 ? Promise.reject(new Error('no room')) : node(IDLE)
  })
  await part.start()
  sendSignal(children[0]!.pid, 'SIGKILL')
  await expect.poll(() => said.at(-1), { timeout: 8000 }).toBe('trial runs again')
  expect(said[1]).toBe('trial did not start (no room); trying again in 1 s')
  await part.stop(1000)
})

test('a part that does not listen is killed, with what it started', async () => {
  const script = `process.on('SIGTERM', () => {}); ${IDLE}
    console.log(require('child_process').spawn('sleep', ['60']).pid)`
  let helper = ''
  const { part, said } = setUp(() =>
    startChild({ command: hostFacts().nodePath, args: ['-e', script] }, (line) => (helper = line)),
  )
  await part.start()
  await expect.poll(() => helper, { timeout: 8000 }).not.toBe('')
  await part.stop(300)
  expect(said).toEqual(['trial did not stop in 0.3 s and was killed'])
  const stateOf = async () => (await command('ps', ['-o', 'stat=', '-p', helper])).output.charAt(0)
  await expect.poll(stateOf).not.toMatch(/[RSD]/) // gone, or dead and not yet collected
})

test('a part that is stopped while it waits is not started again', async () => {
  const { part, children } = setUp(() => node(IDLE))
  await part.start()
  sendSignal(children[0]!.pid, 'SIGKILL')
  await children[0]!.exited
  await part.stop(1000)
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(children).toHaveLength(1)
})

test('a part that is stopped while it is launched leaves nothing behind', async () => {
  let spawned: Child | undefined
  const { part } = setUp(async (onSpawned) => {
    spawned = await node(IDLE)
    onSpawned(spawned)
    await spawned.exited // it is never ready
    throw new Error('ended before it was ready')
  })
  const started = part.start().catch((cause: unknown) => cause)
  await expect.poll(() => spawned, { timeout: 8000 }).toBeDefined()
  await part.stop(1000)
  expect(await started).toBeInstanceOf(Error)
  expect(sendSignal(spawned!.pid, 0)).toBe(false)
})

test('a part that is stopped before there is a process ends it as soon as there is one', async () => {
  const { part, children } = setUp(async () => {
    await new Promise((resolve) => setTimeout(resolve, 200))
    return node(IDLE)
  })
  const started = part.start()
  await part.stop(3000)
  await started
  expect(children).toHaveLength(1)
  expect(sendSignal(children[0]!.pid, 0)).toBe(false)
})
