import { appendFile, mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LogRecord } from '@/domain/batch'
import { FeedNo, TraceId, WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import { manualClock } from '@/platform/clock'
import { createLog } from '@/platform/log'
import type { RecordDraft } from './recordDraft'
import { type OpenSegment, openSegment } from './segmentFile'
import { SegmentLog, type SegmentLogOptions } from './segmentLog'

let folder: string
let epochs: number
let durable: LogRecord[]
const clock = manualClock(1_000)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-log-'))
  epochs = 0
  durable = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const draft = (values: readonly number[]): RecordDraft => ({
  kind: 'observations',
  world: WorldNo.parse(1),
  feed: FeedNo.parse(1),
  knownTime: epochMillis(5),
  traceId: TraceId.parse('0'.repeat(32)),
  stream: Uint32Array.from(values, (_, i) => i),
  phenomenonTime: Float64Array.from(values, () => 7),
  value: Float64Array.from(values),
  quality: new Uint16Array(values.length),
})

async function opened(options: Partial<SegmentLogOptions> = {}): Promise<SegmentLog> {
  const log = new SegmentLog({
    folder,
    clock,
    log: createLog('test', { level: 'silent' }),
    durability: 'logFsync',
    maxBytes: 1024 ** 2,
    nextEpoch: () => Promise.resolve(++epochs),
    onDurable: (records) => void durable.push(...records),
    ...options,
  })
  await log.open()
  return log
}

async function valuesOf(log: SegmentLog, from = { epoch: 0, offset: 0 }): Promise<number[]> {
  const values: number[] = []
  for await (const record of log.read(from)) if (record.kind === 'observations') values.push(...record.value)
  return values
}

describe('the segment log', () => {
  test('gives offsets without gaps in the order of the appends, and reads them back', async () => {
    const log = await opened()
    const answers = await Promise.all([log.append([draft([1, 2])]), log.append([draft([3]), draft([4, 5])])])
    expect(answers.flat().map(({ epoch, offset }) => [epoch, offset])).toEqual([
      [1, 0],
      [1, 2],
      [1, 3],
    ])
    expect(durable).toEqual(answers.flat())
    expect(await valuesOf(log)).toEqual([1, 2, 3, 4, 5])
    expect(await valuesOf(log, { epoch: 1, offset: 2 })).toEqual([3, 4, 5])
    await log.close()
  })

  test('opens again with a new epoch and keeps what was acknowledged', async () => {
    const first = await opened()
    await first.append([draft([1])])
    await first.close()
    const second = await opened()
    await second.append([draft([2])])
    expect(second.epoch).toBe(2)
    expect(await valuesOf(second)).toEqual([1, 2])
    await second.close()
  })

  test.each([1, 5, 9, 40])('cuts a tail that was torn %d bytes before its end', async (bytes) => {
    const first = await opened()
    await first.append([draft([1])])
    const whole = first.state().bytes
    await first.append([draft([2, 3])])
    const size = first.state().bytes
    await first.close()
    const [name] = await readdir(folder)
    await truncate(join(folder, String(name)), size - bytes)
    const second = await opened()
    expect(await valuesOf(second)).toEqual([1])
    expect(whole).toBeLessThan(size)
    await second.append([draft([9])])
    expect(await valuesOf(second)).toEqual([1, 9])
    await second.close()
  })

  test('cuts bytes that were never acknowledged', async () => {
    const first = await opened()
    await first.append([draft([1])])
    await first.close()
    const [name] = await readdir(folder)
    await appendFile(join(folder, String(name)), Buffer.alloc(100, 7))
    expect(await valuesOf(await opened())).toEqual([1])
  })

  test('removes segments that the store holds, never the one in use', async () => {
    const log = await opened({ segmentBytes: 100 })
    for (let i = 0; i < 5; i++) await log.append([draft([i])])
    const before = (await readdir(folder)).filter((name) => name.endsWith('.log')).length
    expect(before).toBe(5)
    await log.release(log.end, 0)
    expect((await readdir(folder)).filter((name) => name.endsWith('.log'))).toHaveLength(1)
    await log.close()
    const again = await opened()
    expect(again.checkpoint).toEqual({ epoch: 1, offset: 5 })
    await again.close()
  })

  test('asks for an epoch above what lies in its folder, and takes no lower one', async () => {
    const old = await opened({ nextEpoch: () => Promise.resolve(40) })
    await old.append([draft([1])])
    await old.release(old.end, 0)
    await old.append([draft([2])])
    await old.close()
    const floors: number[] = []
    await expect(
      opened({
        nextEpoch: (floor) => {
          floors.push(floor)
          return Promise.resolve(1)
        },
      }),
    ).rejects.toThrow('not above 40')
    expect(floors).toEqual([40])
    const fresh = await opened({ nextEpoch: (floor) => Promise.resolve(Math.max(1, floor + 1)) })
    await fresh.append([draft([3])])
    expect(await valuesOf(fresh, fresh.checkpoint)).toEqual([2, 3])
    await fresh.release(fresh.end, 0)
    expect((await readdir(folder)).filter((name) => name.endsWith('.log'))).toHaveLength(1)
    await fresh.close()
  })

  test('refuses when its bound is reached and takes again when the store has caught up', async () => {
    const log = await opened({ maxBytes: 600 })
    await expect(
      (async () => {
        for (let i = 0; i < 100; i++) await log.append([draft([i])])
      })(),
    ).rejects.toMatchObject({ code: 'ingest.logFull', retry: true })
    const kept = await valuesOf(log)
    await log.release(log.end, 0)
    await log.append([draft([1000])])
    expect(await valuesOf(log)).toContain(1000)
    expect(kept).toEqual(kept.map((_, i) => i))
    await log.close()
  })

  test('a full disk refuses the group whole, and the log recovers by itself', async () => {
    let room = 400
    const small: OpenSegment = async (path) => {
      const handle = await openSegment(path)
      return {
        ...handle,
        async write(buffers, position) {
          const size = buffers.reduce((sum, buffer) => sum + buffer.length, 0)
          if (size > room) {
            await handle.write([Buffer.concat(buffers).subarray(0, room)], position)
            throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
          }
          room -= size
          await handle.write(buffers, position)
        },
      }
    }
    const log = await opened({ openFile: small })
    await log.append([draft([1])])
    await expect(log.append([draft([2, 3])])).rejects.toMatchObject({ code: 'ingest.diskFull', retry: true })
    await expect(log.append([draft([2, 3])])).rejects.toMatchObject({ code: 'ingest.diskFull' })
    room = 10_000
    clock.advance(2_000)
    const [record] = await log.append([draft([4])])
    expect(record?.offset).toBe(1)
    expect(await valuesOf(log)).toEqual([1, 4])
    expect(durable).toHaveLength(2)
    await log.close()
  })

  test('a log that fills the disk alone takes again when the store holds it', async () => {
    const capacity = 1_500
    const tiny: OpenSegment = async (path) => {
      const handle = await openSegment(path)
      return {
        ...handle,
        async write(buffers, position) {
          const size = buffers.reduce((sum, buffer) => sum + buffer.length, 0)
          if (position + size > capacity) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
          await handle.write(buffers, position)
        },
      }
    }
    const log = await opened({ openFile: tiny })
    const fill = async (): Promise<void> => {
      for (let i = 0; i < 100; i++) await log.append([draft([i])])
    }
    await expect(fill()).rejects.toMatchObject({ code: 'ingest.diskFull' })
    clock.advance(2_000)
    await expect(log.append([draft([500])])).rejects.toMatchObject({ code: 'ingest.diskFull' })
    const held = log.end
    await log.release(held, 0)
    clock.advance(2_000)
    await log.append([draft([501])])
    expect(await valuesOf(log, held)).toEqual([501])
    await log.close()
    const again = await opened()
    expect(await valuesOf(again, again.checkpoint)).toEqual([501])
    await again.close()
  })
})
