import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyDelta, applyKeyframe } from '@/domain/fold/delta'
import type { ChannelPosition } from '@/domain/fold/delta'
import { PictureStore } from '@/domain/fold/picture'
import { pictureHash } from '@/domain/fold/pictureHash'
import type { FeedNo, TraceId, WorldNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { createMetrics } from '@/platform/metrics'
import type { LogRecord } from '@/domain/batch'
import { decodeFrame } from './frame'
import type { Frame } from './frame'
import { createLiveMeters } from './liveMeters'
import type { ScreenLink } from './screenLink'
import { LATE_TICK, mayTick, sheddingOrder } from './shedding'
import { WorldLive } from './worldLive'

/** A screen behind a network of its own pace. */
class FakeScreen implements ScreenLink {
  readonly picture = new PictureStore()
  readonly held: ChannelPosition = { epoch: 0, seq: 0 }
  readonly merged: number[] = []
  keyframes = 0
  unsent = 0
  readonly #queue: Frame[] = []

  unsentBytes(): number {
    return this.unsent
  }

  send(frame: Frame): void {
    this.#queue.push(frame)
  }

  /** What is on the way arrives. */
  receive(): void {
    for (const frame of this.#queue.splice(0)) {
      const received = decodeFrame(frame)
      if (received.name === 'pulse') continue
      if (received.name === 'keyframe') this.keyframes += 1
      else if (received.payload.merged !== undefined) this.merged.push(received.payload.merged)
      if (received.name === 'delta') applyDelta(this.picture, this.held, received.payload)
      else applyKeyframe(this.picture, this.held, received.payload)
    }
  }
}

const world = { no: 1 as WorldNo, key: 'trial' } as World

function started(epoch = 1): WorldLive {
  const of = new WorldLive(world, createLiveMeters(createMetrics('test')))
  of.live.begin(epoch)
  return of
}

let offset = 0
function observed(rows: readonly (readonly [stream: number, time: number, value: number])[]): LogRecord {
  offset += rows.length
  return {
    kind: 'observations',
    world: world.no,
    feed: 1 as FeedNo,
    epoch: 1,
    offset,
    knownTime: 0 as EpochMillis,
    recordedAt: 0 as EpochMillis,
    traceId: 'a'.repeat(32) as TraceId,
    stream: Uint32Array.from(rows, ([stream]) => stream),
    phenomenonTime: Float64Array.from(rows, ([, time]) => time),
    value: Float64Array.from(rows, ([, , value]) => value),
    quality: new Uint16Array(rows.length),
  }
}

let ticks = 0
const tick = (of: WorldLive, at = 0): void => of.number({ no: ++ticks, lateBy: 0, at }, () => undefined)

test('a slow screen is left where it stands and gets the latest per key as one delta', () => {
  const of = started()
  const [fast, slow] = [new FakeScreen(), new FakeScreen()]
  for (const screen of [fast, slow]) of.room('readings')?.join(screen)
  tick(of)
  slow.receive()
  slow.unsent = 1_000_001
  for (let value = 1; value <= 5; value++) {
    of.fold(observed([[value % 2, value, value]]))
    tick(of)
  }
  slow.receive()
  expect(slow.held.seq).toBe(0)
  slow.unsent = 0
  tick(of)
  for (const screen of [fast, slow]) screen.receive()
  expect(slow.merged).toEqual([5])
  expect(fast.merged).toEqual([])
  expect(fast.held).toEqual({ epoch: 1, seq: 5 })
  expect(slow.held).toEqual(fast.held)
  expect(pictureHash(slow.picture)).toBe(pictureHash(fast.picture))
})

test('a new term sends everyone a keyframe of the new epoch', () => {
  const of = started(1)
  const screen = new FakeScreen()
  of.room('readings')?.join(screen)
  of.fold(observed([[0, 1, 1]]))
  tick(of)
  of.live.begin(2)
  tick(of)
  screen.receive()
  expect(screen.held).toEqual({ epoch: 2, seq: 0 })
  expect(screen.picture.readings.value[0]).toBe(1)
})

test('a screen that holds the newest number is sent nothing, one out of the ring a keyframe', () => {
  const of = started()
  for (let value = 0; value < 700; value++) {
    of.fold(observed([[0, value, value]]))
    tick(of)
  }
  const [newest, lost, recent] = [new FakeScreen(), new FakeScreen(), new FakeScreen()]
  of.room('readings')?.join(newest, { epoch: 1, seq: 700 })
  of.room('readings')?.join(lost, { epoch: 1, seq: 3 })
  of.room('readings')?.join(recent, { epoch: 1, seq: 690 })
  Object.assign(recent.held, { epoch: 1, seq: 690 })
  tick(of)
  for (const screen of [newest, lost, recent]) screen.receive()
  expect([newest.keyframes, lost.keyframes, recent.keyframes]).toEqual([0, 1, 0])
  expect(recent.merged).toEqual([10])
})

test('whatever the network does, a screen ends with the picture of the server', () => {
  const row = fc.tuple(fc.nat(20), fc.nat(50), fc.double({ noNaN: true }))
  const step = fc.oneof(
    fc.record({ rows: fc.array(row, { minLength: 1, maxLength: 5 }) }),
    fc.record({ unsent: fc.constantFrom(0, 600_000, 2_000_000) }),
    fc.record({ rejoin: fc.boolean() }),
    fc.constant({ receive: true }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const of = started()
      const screen = new FakeScreen()
      of.room('readings')?.join(screen)
      for (const one of steps) {
        if ('rows' in one) of.fold(observed(one.rows))
        if ('unsent' in one) screen.unsent = one.unsent
        if ('receive' in one) screen.receive()
        if ('rejoin' in one) {
          screen.receive()
          of.leave(screen)
          of.room('readings')?.join(screen, one.rejoin && screen.held.epoch > 0 ? { ...screen.held } : undefined)
        }
        tick(of)
      }
      screen.unsent = 0
      tick(of)
      screen.receive()
      expect(screen.held).toEqual(of.live.position('readings'))
      expect(pictureHash(screen.picture)).toBe(pictureHash(of.live.picture))
    }),
  )
})

test('under load alarms and commands go first, then readings, then movers', () => {
  const channels = sheddingOrder.map((shedding) => shedding.channel)
  const commands = ['alarms', 'incidents', 'tasks', 'activations', 'decisions']
  expect(channels.filter((channel) => channel !== 'reports' && channel !== 'feeds')).toEqual([
    ...commands,
    'readings',
    'movers',
  ])
  for (const [index, shedding] of sheddingOrder.entries()) {
    const before = sheddingOrder[index - 1]
    if (before === undefined) continue
    expect(shedding.waitsAboveBytes).toBeLessThanOrEqual(before.waitsAboveBytes)
    expect(shedding.ticksWhenLate).toBeGreaterThanOrEqual(before.ticksWhenLate)
  }
  expect(sheddingOrder.find(({ channel }) => channel === 'readings')?.waitsAboveBytes).toBe(1_000_000)
})

test('a late server numbers alarms at every tick and movers at every tenth', () => {
  const share = (channel: string): number => {
    const shedding = sheddingOrder.find((one) => one.channel === channel)
    const all = Array.from({ length: 30 }, (_, no) => shedding !== undefined && mayTick(shedding, no, LATE_TICK + 1))
    return all.filter(Boolean).length
  }
  expect([share('alarms'), share('readings'), share('movers')]).toEqual([30, 10, 3])
  expect(sheddingOrder.every((shedding) => mayTick(shedding, 7, LATE_TICK))).toBe(true)
})
