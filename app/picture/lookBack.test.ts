import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PictureStore } from '@/domain/fold/picture'
import { epochMillis } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import { ASK_EVERY, IDLE_AFTER, LookBack } from './lookBack'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const at = (n: number): EpochMillis => epochMillis(n)

/** A server that takes `takes` ms for an answer and remembers what it was asked. */
function scrubbed(takes: number) {
  const asked: number[] = []
  const lookBack = new LookBack(
    (moment) => {
      asked.push(moment)
      return new Promise((resolve, reject) =>
        setTimeout(() => (moment < 0 ? reject(new Error('no')) : resolve(new PictureStore())), takes),
      )
    },
    () => 'refused',
  )
  return { lookBack, asked }
}

test('a drag of 300 moves in 3 s asks a question per answer or interval, the last place always', async () => {
  const { lookBack, asked } = scrubbed(40)
  for (let i = 0; i < 300; i++) {
    lookBack.to(at(i))
    await vi.advanceTimersByTimeAsync(10)
  }
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked.length).toBeLessThanOrEqual(3000 / ASK_EVERY + 2)
  expect(asked.length).toBeGreaterThan(10)
  expect(asked.at(-1)).toBe(299)
  expect(lookBack.past()?.at).toBe(299)
})

test('a slow server has one question at a time', async () => {
  const { lookBack, asked } = scrubbed(2000)
  for (let i = 0; i < 100; i++) {
    lookBack.to(at(i))
    await vi.advanceTimersByTimeAsync(10)
  }
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toEqual([0, 99])
  expect(lookBack.state()).toMatchObject({ sought: 99, past: { at: 99 } })
})

test('back to now drops what is under way; nothing comes after', async () => {
  const { lookBack } = scrubbed(100)
  lookBack.to(at(5))
  await vi.advanceTimersByTimeAsync(50)
  lookBack.toNow()
  await vi.advanceTimersByTimeAsync(1000)
  expect(lookBack.state()).toEqual({ sought: undefined, past: undefined, refused: undefined })
})

test('untouched for a minute it ends by itself; a touch prolongs it', async () => {
  const { lookBack } = scrubbed(10)
  lookBack.to(at(5))
  await vi.advanceTimersByTimeAsync(IDLE_AFTER - 1000)
  lookBack.touch()
  await vi.advanceTimersByTimeAsync(IDLE_AFTER - 1000)
  expect(lookBack.past()?.at).toBe(5)
  await vi.advanceTimersByTimeAsync(1000)
  expect(lookBack.past()).toBeUndefined()
})

test('a refusal is told and the last picture stays', async () => {
  const { lookBack } = scrubbed(10)
  lookBack.to(at(5))
  await vi.advanceTimersByTimeAsync(20)
  lookBack.to(at(-1))
  await vi.advanceTimersByTimeAsync(400)
  expect(lookBack.state()).toMatchObject({ sought: -1, past: { at: 5 }, refused: 'refused' })
})
