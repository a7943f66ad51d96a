import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TraceId } from '@/domain/ids'
import { systemClock } from '@/platform/clock'
import { type IntakeBench, openIntake } from '../support/ingestBench'
import { type TestServices, openServices } from '../support/services'

let services: TestServices
let bench: IntakeBench

beforeAll(async () => {
  services = await openServices()
  bench = await openIntake(services)
})
afterAll(async () => {
  await bench.close()
  await services.close()
})

const line = (datastream: string, result: number) => ({ datastream, phenomenonTime: systemClock.now(), result })

test("a row of another feed's stream is refused, and what the feed creates is its own", async () => {
  const { world, catalogue, feed } = bench
  const mapping = { ...feed.mapping, feed: 'others', things: { ...feed.mapping.things, list: [] } }
  const other = await catalogue.registerFeed(world.no, mapping, 'system:test')
  const receipt = await bench.ingest.push({
    feed: other,
    body: Buffer.from([line('a.level', 9), line('z.level', 1)].map((one) => JSON.stringify(one)).join('\n')),
    contentType: 'application/x-ndjson',
    contentEncoding: '',
    traceId: TraceId.parse('e'.repeat(32)),
    receivedAt: systemClock.now(),
  })
  expect(receipt).toMatchObject({ received: 2, accepted: 1, rejected: 1 })
  expect(receipt.refused[0]?.reason).toBe('streamOfAnotherFeed')
  const own = catalogue.streamNo(world.no, 'z.level') ?? -1
  expect(catalogue.datastream(world.no, own)?.feed).toBe(other.no)
  const observed = bench.live.filter((record) => record.kind === 'observations')
  expect(observed.flatMap(({ stream }) => [...stream])).toEqual([own])
})

test('over a database that counts below what lies in the folder, the log goes on above it', async () => {
  await bench.push([line('a.level', 4.5)])
  const epoch = (bench.live.at(-1)?.epoch ?? 0) + 50
  await bench.ingest.stop()
  const path = join(bench.folder, 'segments', 'server1', 'checkpoint.json')
  await writeFile(path, JSON.stringify({ epoch, offset: 7 }))
  await bench.restart()
  await bench.push([line('a.level', 4.6)])
  expect(bench.live.at(-1)?.epoch).toBeGreaterThan(epoch)
})
