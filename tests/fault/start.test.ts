import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendSignal } from '@/platform/shutdown'
import { isAlive, residentBytes, startBelfry } from '@/tests/support/belfry'
import type { Belfry } from '@/tests/support/belfry'

// `npm start` after its bootstrap: what a stranger does to it in the first hour.
const PARTS = ['store', 'postgres', 'redis', 'server', 'jobs', 'simulator'] as const
let belfry: Belfry
beforeAll(async () => {
  belfry = await startBelfry()
})
afterAll(() => belfry.close())

const ready = async (): Promise<boolean> => {
  const response = await fetch(`${belfry.address}/health/ready`).catch(() => undefined)
  return response?.ok === true
}

test('it says where it is, and it is there', async () => {
  expect(belfry.lines.join('\n')).toContain(`open ${belfry.address}/wall`)
  expect(await ready()).toBe(true)
})

test('all parts together hold less than 8 GB while the city lives', async () => {
  const pids = await Promise.all(PARTS.map((part) => belfry.pidOf(part)))
  await expect.poll(async () => (await residentBytes(pids)) > 0.3e9, { timeout: 30_000 }).toBe(true)
  expect(await residentBytes(pids)).toBeLessThan(8e9)
})

test.each(PARTS)('%s, killed, runs again', async (part) => {
  const before = await belfry.pidOf(part)
  sendSignal(before, 'SIGKILL')
  await expect.poll(() => belfry.pidOf(part).catch(() => before), { timeout: 40_000 }).not.toBe(before)
  await expect.poll(ready, { timeout: 60_000 }).toBe(true)
})

test('after a killed supervisor the next start ends what is left', async () => {
  await belfry.kill()
  belfry = await belfry.restart()
  expect(belfry.lines.join('\n')).toMatch(/ended what a killed Belfry left running: .*postgres/)
  expect(await ready()).toBe(true)
})

test('Ctrl-C ends everything within 5 s and leaves nobody behind', async () => {
  const pids = await Promise.all(PARTS.map((part) => belfry.pidOf(part)))
  expect(pids.every(isAlive)).toBe(true)
  const { code, ms } = await belfry.interrupt()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(5000)
  expect(pids.filter(isAlive)).toEqual([])
})
