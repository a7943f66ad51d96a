import { expect, test } from 'vitest'
import { createLog } from './log'
import { createShutdown, sendSignal } from './shutdown'
import type { ProcessHooks } from './shutdown'

const log = createLog('test', { level: 'silent' })

function fakeProcess() {
  const handlers = new Map<string, (cause: unknown) => void>()
  let exited: (code: number) => void
  const exit = new Promise<number>((resolve) => (exited = resolve))
  const hooks: ProcessHooks = { on: (event, fn) => void handlers.set(event, fn), exit: (code) => exited(code) }
  return { hooks, exit, emit: (event: string, cause?: unknown) => handlers.get(event)?.(cause) }
}

test('SIGTERM stops the parts in the order added and exits with 0', async () => {
  const { hooks, exit, emit } = fakeProcess()
  const shutdown = createShutdown(log, hooks)
  const order: string[] = []
  shutdown.add('intake', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    order.push('intake')
  })
  shutdown.add('store', () => order.push('store'))
  emit('SIGTERM')
  expect(shutdown.signal.aborted).toBe(true)
  expect(await exit).toBe(0)
  expect(order).toEqual(['intake', 'store'])
})

test('a part that hangs or throws does not hold the others, and shows in the exit code', async () => {
  const { hooks, exit, emit } = fakeProcess()
  const shutdown = createShutdown(log, hooks)
  const order: string[] = []
  shutdown.add('hangs', () => new Promise(() => undefined), 30)
  shutdown.add('throws', () => {
    throw new Error('no')
  })
  shutdown.add('last', () => order.push('last'))
  emit('SIGINT')
  expect(await exit).toBe(1)
  expect(order).toEqual(['last'])
})

test('an uncaught error ends the process with 1, after the parts', async () => {
  const { hooks, exit, emit } = fakeProcess()
  createShutdown(log, hooks)
  emit('uncaughtException', new Error('boom'))
  expect(await exit).toBe(1)
})

test('a process that is gone takes no signal', () => {
  expect(sendSignal(2 ** 22 + 1, 0)).toBe(false)
})

test('a log that cannot be written does not keep the process from ending', async () => {
  const { hooks, exit, emit } = fakeProcess()
  const destination = {
    write: () => {
      throw new Error('ENOSPC')
    },
  }
  const shutdown = createShutdown(createLog('test', { destination }), hooks)
  let stopped = false
  shutdown.add('part', () => (stopped = true))
  emit('SIGTERM')
  expect([await exit, stopped]).toEqual([0, true])
})
