import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FrameCutter, type Jt808Message, readFrame } from '@/domain/formats/jt808/frame'
import { epochMillis } from '@/domain/time'
import type { Clock } from '@/platform/clock'
import { systemClock } from '@/platform/clock'
import { PartSpool } from './partSpool'
import { SplitParts } from './splitParts'

let folder: string
let now = 0
let broken = false
let carried: number[][]
const clock: Clock = { ...systemClock, now: () => epochMillis(now) }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-parts-'))
  ;[now, broken, carried] = [1_000_000, false, []]
})
afterEach(() => rm(folder, { recursive: true }))

const spoolPath = (): string => join(folder, 'deep', 'buses.parts')
const framesIn = (bytes: Uint8Array): number[] =>
  new FrameCutter().push(bytes).map((frame) => {
    const read = readFrame(frame)
    return read.ok ? (read.value.part?.no ?? 0) : -1
  })

async function opened(): Promise<SplitParts> {
  const carry = (frames: Uint8Array): Promise<void> => {
    if (broken) return Promise.reject(new Error('The disk is full.'))
    carried.push(framesIn(frames))
    return Promise.resolve()
  }
  const split = new SplitParts({ clock, spool: new PartSpool(spoolPath()), carry })
  await split.open()
  return split
}

const part = (no: number, total = 3): Jt808Message => ({
  ...{ id: 0x0801, phone: '013800138000', serial: 40 + no, encryption: 1 },
  ...{ part: { total, no }, body: Uint8Array.of(0x7e, no) },
})

test('an answered package outlives the server; the spool is empty when the message is durable', async () => {
  const before = await opened()
  await before.take(part(1))
  await before.take(part(3))
  expect(framesIn(await readFile(spoolPath()))).toEqual([1, 3])
  const after = await opened()
  expect(carried).toEqual([])
  await after.take(part(2))
  expect(carried).toEqual([[1, 2, 3]])
  expect(await readFile(spoolPath())).toHaveLength(0)
  await after.take(part(2)) // its answer was lost
  expect(await readFile(spoolPath())).toHaveLength(0)
})

test('what could not be written is not answered, and its earlier packages are still there', async () => {
  const split = await opened()
  await split.take(part(1, 2))
  broken = true
  await expect(split.take(part(2, 2))).rejects.toThrow('full')
  broken = false
  await split.take(part(2, 2))
  expect(carried).toEqual([[1, 2]])
})

test('a message whose rest does not come goes to the quarantine after its time', async () => {
  const split = await opened()
  await split.take(part(1))
  await split.giveUpOld()
  expect(carried).toEqual([])
  now += 11 * 60_000
  await split.giveUpOld()
  expect(carried).toEqual([[1]])
  expect(await readFile(spoolPath())).toHaveLength(0)
})
