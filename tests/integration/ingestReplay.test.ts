import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FeedMapping } from '@/domain/feed/mapping'
import { systemClock } from '@/platform/clock'
import { FileReplays } from '@/server/ingest/replay/fileReplays'
import { type IntakeBench, gaugesMapping, openIntake } from '../support/ingestBench'
import { type TestServices, openServices } from '../support/services'

let services: TestServices
let bench: IntakeBench
let data: string
const HOURS = 400

beforeAll(async () => {
  services = await openServices()
  bench = await openIntake(services)
  data = await mkdtemp(join(tmpdir(), 'belfry-data-'))
  await mkdir(join(data, 'hours'))
  const start = Date.UTC(2020, 0, 1)
  const csv = (thing: string, bad: boolean) =>
    [
      'thing,time,level',
      ...Array.from(
        { length: HOURS },
        (_, i) =>
          `${thing},${new Date(start + i * 3_600_000).toISOString()},${bad && i === 9 ? 'wet' : String(i / 100)}`,
      ),
    ].join('\n')
  await writeFile(join(data, 'hours', 'a.csv.gz'), gzipSync(csv('a', false)))
  await writeFile(join(data, 'hours', 'b.csv'), csv('b', true))
})
afterAll(async () => {
  await bench.close()
  await services.close()
  await rm(data, { recursive: true, force: true })
})

// 100 hours of the World in a second of the machine: the whole file in 4 s.
const mapping = (): FeedMapping => {
  const gauges = gaugesMapping()
  return FeedMapping.parse({
    ...gauges,
    feed: 'hours',
    contract: { ...gauges.contract, periodSeconds: 3600, latenessSeconds: 7200 },
    world: { ...gauges.world, key: 'past', kind: 'replay' },
    clock: { mode: 'original', speed: 100_000 },
    source: {
      kind: 'files',
      folder: 'hours',
      inputs: [
        {
          files: ['*.csv*'],
          format: { kind: 'csv' },
          time: { kind: 'column', column: 'time' },
          records: {
            kind: 'observations',
            thing: { from: 'column', column: 'thing' },
            columns: [{ column: 'level', property: 'level', unit: 'm' }],
          },
        },
      ],
    },
  })
}

const replays = (): FileReplays =>
  new FileReplays({
    ...services,
    catalogue: bench.catalogue,
    ingest: bench.ingest,
    clock: systemClock,
    data,
    varFolder: bench.folder,
    mappings: [mapping()],
  })

async function count(): Promise<Record<string, number>> {
  await expect.poll(() => bench.ingest.state().pendingRows, { timeout: 10_000 }).toBe(0)
  const sql = `SELECT count() AS rows, uniqExact(stream, phenomenon_time) AS different FROM observations FINAL WHERE world = (${bench.catalogue.world('past')?.no ?? -1})`
  return (await services.clickhouse.rows({ name: 'test', sql }))[0] as Record<string, number>
}

test('a replay stopped in the middle goes on where it was, loses nothing, doubles nothing and ends with its clock at rest', async () => {
  const first = replays()
  first.start()
  await expect
    .poll(() => bench.catalogue.world('past') !== undefined && bench.live.length > 5, { timeout: 20_000 })
    .toBe(true)
  await first.stop()
  const stoppedAt = await count()
  expect(stoppedAt['rows']).toBeGreaterThan(0)
  expect(stoppedAt['rows']).toBeLessThan(2 * HOURS - 1)
  const second = replays()
  second.start()
  await expect.poll(() => bench.catalogue.world('past')?.clock.rate, { timeout: 40_000 }).toBe(0)
  await second.stop()
  expect(await count()).toEqual({ rows: 2 * HOURS - 1, different: 2 * HOURS - 1 })
  const refused = await services.clickhouse.rows({
    name: 'test',
    // The very moment of the stop is read again: a line refused at that moment stands twice in the quarantine.
    sql: 'SELECT DISTINCT line, reason, sample FROM quarantine FINAL',
  })
  expect(refused).toMatchObject([{ line: 11, reason: 'valueUnreadable', sample: `b,2020-01-01T09:00:00.000Z,wet` }])
})
