import { expect, test } from 'vitest'
import type { Delta } from '@/domain/fold/delta'
import { PRESENTATION_DELAY, PROTOCOL } from '@/domain/fold/delta'
import { PresentationQueue } from './presentationQueue'

const delta = (to: number, at: number): Delta => ({
  protocol: PROTOCOL,
  world: 1,
  epoch: 1,
  from: to - 1,
  to,
  at,
  catalogueVersion: 0,
  traces: [],
  body: { channel: 'feeds', put: [] },
})

test('a delta is shown at its own time plus the delay, wherever it was delivered', () => {
  const queue = new PresentationQueue()
  queue.push(delta(1, 1000), 1010)
  queue.push(delta(2, 1100), 1105)
  expect(queue.takeDue(1000 + PRESENTATION_DELAY - 1)).toEqual([])
  expect(queue.takeDue(1000 + PRESENTATION_DELAY).map((frame) => 'to' in frame && frame.to)).toEqual([1])
  expect(queue.nextDue).toBe(1100 + PRESENTATION_DELAY)
})

test('no delta overtakes another, and a clock that is far off holds nothing longer than a second', () => {
  const queue = new PresentationQueue()
  queue.push(delta(1, 999_000), 1000)
  queue.push(delta(2, 1000), 1000)
  expect(queue.takeDue(1999)).toEqual([])
  expect(queue.takeDue(2000)).toHaveLength(2)
})
