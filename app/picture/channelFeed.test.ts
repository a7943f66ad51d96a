import { expect, test } from 'vitest'
import type { GapAnswer } from '@/domain/api/socket'
import type { ChannelPosition, Delta, Keyframe } from '@/domain/fold/delta'
import { PROTOCOL } from '@/domain/fold/delta'
import { ChannelFeed } from './channelFeed'
import type { Frame } from './presentationQueue'

const head: Omit<Keyframe, 'epoch' | 'seq'> = {
  protocol: PROTOCOL,
  world: 1,
  at: 0,
  catalogueVersion: 0,
  traces: [],
  body: { channel: 'feeds', put: [] },
}
const delta = (from: number, to: number, epoch = 7): Delta => ({ ...head, epoch, from, to })
const keyframe = (seq: number, epoch = 7): Keyframe => ({ ...head, epoch, seq })

function started(answer: (held: ChannelPosition) => GapAnswer | undefined) {
  const taken: Frame[] = []
  const asked: ChannelPosition[] = []
  const feed = new ChannelFeed(
    'feeds',
    (frame) => taken.push(frame),
    (held) => {
      asked.push(held)
      return Promise.resolve(answer(held))
    },
  )
  feed.keyframe(keyframe(10))
  return { feed, taken, asked }
}

test('deltas that follow are taken; one that comes twice is taken once', async () => {
  const { feed, taken, asked } = started(() => undefined)
  await feed.delta(delta(10, 11))
  await feed.delta(delta(10, 11))
  await feed.delta(delta(11, 13))
  expect(taken).toHaveLength(3)
  expect(asked).toEqual([])
  expect(feed.received).toEqual({ epoch: 7, seq: 13 })
})

test('a gap is fetched by number, and what arrives meanwhile is not taken twice', async () => {
  const { feed, taken, asked } = started(() => ({ deltas: [delta(10, 11), delta(11, 12), delta(12, 13)] }))
  const first = feed.delta(delta(11, 12))
  const second = feed.delta(delta(12, 13))
  await Promise.all([first, second])
  await feed.delta(delta(13, 14))
  expect(asked).toEqual([{ epoch: 7, seq: 10 }])
  expect(taken.map((frame) => ('to' in frame ? frame.to : frame.seq))).toEqual([10, 11, 12, 13, 14])
  expect(feed.gaps).toBe(1)
})

test('a merged delta that begins in the past and ends ahead is taken', async () => {
  const { feed, asked } = started(() => undefined)
  await feed.delta(delta(7, 15))
  expect(feed.received).toEqual({ epoch: 7, seq: 15 })
  expect(asked).toEqual([])
})

test('another epoch brings a keyframe', async () => {
  const { feed, taken } = started(() => ({ keyframe: keyframe(3, 8) }))
  await feed.delta(delta(2, 3, 8))
  expect(feed.received).toEqual({ epoch: 8, seq: 3 })
  expect(taken).toHaveLength(2)
})

test('without an answer the next delta asks again', async () => {
  const { feed, asked } = started(() => undefined)
  await feed.delta(delta(20, 21))
  await feed.delta(delta(21, 22))
  expect(asked).toHaveLength(2)
})
