import { afterAll, beforeAll, expect, test } from 'vitest'
import { FeedMapping } from '@/domain/feed/mapping'
import type { Finding } from '@/domain/feed/feedQuality'
import { epochMillis, hours, minutes } from '@/domain/time'
import { insertNative } from '@/platform/clickhouse/insert'
import { manualClock, systemClock } from '@/platform/clock'
import { linjiangMapping } from '@/scenarios/linjiang/mapping'
import { type LinjiangFeed, LinjiangSimulation } from '@/scenarios/linjiang/simulation'
import { CatalogueStore } from '@/server/catalogue/catalogueStore'
import { QualityCheck } from '@/server/ingest/qualityCheck'
import { qualityJob } from '@/workers/quality/job'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'

/** Five hours before and in the storm, 13:00 to 18:00 in 临江, of the feeds whose instruments fail in them. */
const START = Date.parse('2026-07-18T13:00:00+08:00')
const LENGTH = hours(5)
const FEEDS: readonly LinjiangFeed[] = ['water', 'rain', 'underpasses', 'pumps', 'weather']
const SEED = 7
const simulation = new LinjiangSimulation({ seed: SEED })

let services: TestServices
let catalogue: CatalogueStore
let world: number
const feedNos = new Map<string, LinjiangFeed>()
/** Machine time at which the World's clock shows START. */
const anchorReal = systemClock.now() - hours(6)

beforeAll(async () => {
  services = await openServices()
  catalogue = new CatalogueStore({ postgres: services.postgres, clock: systemClock, log: services.log })
  await catalogue.start()
  for (const feed of FEEDS) {
    const mapping = FeedMapping.parse(linjiangMapping(feed))
    const clock = { anchorWorld: epochMillis(START), anchorReal: epochMillis(anchorReal), rate: 1 }
    const { no } = await catalogue.ensureWorld({ ...mapping.world, clock })
    world = no
    feedNos.set(String((await catalogue.registerFeed(no, mapping, 'system:test')).no), feed)
  }
  await services.postgres.run("UPDATE feeds SET created_at = now() - interval '2 days'")
  for (const feed of catalogue.feeds()) await store(feed.no, feedNos.get(String(feed.no)) as LinjiangFeed)
}, 200_000)
afterAll(async () => {
  await catalogue.stop()
  await services.close()
})

interface Told {
  readonly stream: number
  readonly at: number
  readonly known: number
  readonly value: number
}

async function store(feed: number, name: LinjiangFeed): Promise<void> {
  const rows: Told[] = []
  for (let from = START; from < START + LENGTH; from += minutes(1)) {
    for (const record of simulation.records(name, from, from + minutes(1))) {
      if (!('datastream' in record)) continue
      const stream = catalogue.streamNo(world as never, record.datastream)
      if (stream === undefined) throw new Error(`${record.datastream} is not in the catalogue.`)
      rows.push({ stream, at: record.phenomenonTime, known: from + minutes(1), value: record.result })
    }
  }
  // The intake drops a record that says the same of the same moment; it counts them by the minute.
  const kept = [...new Map(rows.map((row) => [`${row.stream}/${row.at}`, row])).values()]
  // The intake's own flags: what cannot change so fast is marked when it comes.
  const check = new QualityCheck()
  check.learn(catalogue.catalogue(world as never).datastreams, (key) => catalogue.property(world as never, key))
  const at = { rate: 1, latenessMs: (catalogue.feed(feed as never)?.mapping.contract.latenessSeconds ?? 0) * 1_000 }
  const base = BigInt(feed) * 1_000_000n
  await insertNative(services.clickhouse, {
    table: 'observations',
    rows: kept.length,
    columns: [
      { name: 'world', type: 'UInt16', values: Uint16Array.from(kept, () => world) },
      { name: 'stream', type: 'UInt32', values: Uint32Array.from(kept, (row) => row.stream) },
      { name: 'phenomenon_time', type: 'DateTime64(3)', values: Float64Array.from(kept, (row) => row.at) },
      { name: 'known_time', type: 'DateTime64(3)', values: Float64Array.from(kept, (row) => row.known) },
      { name: 'value', type: 'Float64', values: Float64Array.from(kept, (row) => row.value) },
      {
        name: 'quality',
        type: 'UInt16',
        values: Uint16Array.from(kept, (row) =>
          check.flags(row.stream, row.at, row.value, { ...at, knownTime: row.known }),
        ),
      },
      { name: 'feed', type: 'UInt16', values: Uint16Array.from(kept, () => feed) },
      { name: 'seq', type: 'UInt64', values: BigUint64Array.from(kept, (_row, i) => base + BigInt(i)) },
      {
        name: 'recorded_at',
        type: 'DateTime',
        values: Uint32Array.from(kept, (row) => Math.floor((anchorReal + row.known - START) / 1_000)),
      },
    ],
  })
  const values = Array.from({ length: LENGTH / minutes(1) }, (_, i) => {
    const known = START + minutes(i + 1)
    const received = rows.filter((row) => row.known === known).length
    const accepted = kept.filter((row) => row.known === known).length
    const minute = Math.floor((anchorReal + known - minutes(1) - START) / 60_000) * 60
    return `(${world}, ${feed}, toDateTime(${minute}, 'UTC'), 's', ${received}, ${accepted}, ${received - accepted}, 0, 0, 0, 0, 1)`
  })
  await services.clickhouse.command({
    name: 'test',
    sql: `INSERT INTO feed_minutes (world, feed, minute, server, received, accepted, duplicates, corrections, late, rejected, flagged, version) VALUES ${values.join()}`,
  })
}

async function judgedAt(worldTime: number): Promise<Map<string, { grade: string; findings: Finding[] }>> {
  const { clickhouse, postgres, log } = services
  const host = { varFolder: 'no-folder', nodePath: 'no-node', signal: new AbortController().signal }
  const clock = manualClock(anchorReal + worldTime - START + 5_000)
  await qualityJob({}, { clickhouse, postgres, log, clock, ...host })
  const hour = Math.floor((worldTime - 1) / hours(1)) * 3_600
  const rows = await clickhouse.rows({
    name: 'test',
    sql: `SELECT feed, argMax(grade, version) AS grade, argMax(findings, version) AS found FROM feed_quality
      WHERE world = ${world} AND hour = toDateTime(${hour}, 'UTC') GROUP BY feed`,
  })
  return new Map(
    (rows as { feed: number; grade: string; found: string }[]).map(({ feed, grade, found }) => [
      feedNos.get(String(feed)) as string,
      { grade, findings: JSON.parse(found) as Finding[] },
    ]),
  )
}

/** Faults that the simulator's own log tells, as `series kind`: those that act all through the hour, and those at any time. */
function truth(hour: number): { whole: Set<string>; ever: Set<string> } {
  const told = Array.from({ length: 6 }, (_, i) => new Set(simulation.faultsAt(hour + minutes(5 + i * 10))))
  const ever = new Set(told.flatMap((one) => [...one]))
  return { whole: new Set([...ever].filter((fault) => told.every((one) => one.has(fault)))), ever }
}

/** From outside a delay and a slow clock look alike. */
const FOUND_AS: Readonly<Record<string, readonly string[]>> = {
  outage: ['outage'],
  delay: ['behind'],
  clock: ['behind', 'ahead'],
}

test('outages, delays and clocks that the simulator tells of are found in their hour, and few are accused who are sound', async () => {
  const streams = new Set(catalogue.catalogue(world as never).datastreams.map(({ key }) => key))
  const missed: string[] = []
  const accused = new Set<string>()
  let found = 0
  for (const hour of [START + hours(3), START + hours(4)]) {
    const findings = [...(await judgedAt(hour + hours(1))).values()].flatMap((one) => one.findings)
    const { whole, ever } = truth(hour)
    for (const fault of whole) {
      const [series = '', kind = ''] = fault.split(' ')
      const wanted = FOUND_AS[kind]
      if (wanted === undefined || !streams.has(series)) continue
      if (findings.some((one) => one.subject === series && wanted.includes(one.kind))) found += 1
      else missed.push(fault)
    }
    const guilty = new Set([...ever].map((fault) => fault.split(' ')[0]))
    for (const { kind, subject } of findings) if (kind !== 'duplicates' && !guilty.has(subject)) accused.add(subject)
  }
  expect(missed).toEqual([])
  expect(found).toBeGreaterThan(20)
  expect(accused.size / streams.size).toBeLessThan(0.02)
})

test('a lie is found in the hour in which it begins', async () => {
  const disagreeing = async (hour: number): Promise<string[]> =>
    [...(await judgedAt(hour + hours(1))).values()].flatMap(({ findings }) =>
      findings.flatMap(({ kind, subject }) => (kind === 'disagrees' || kind === 'jumps' ? [subject] : [])),
    )
  expect(await disagreeing(START + hours(1))).toContain('rain-donghu-3.rain-5min')
  expect(await disagreeing(START + hours(3))).toContain('river-dongmatou.water-level')
})

test('re-sends of a tenth of the gauges are seen in the feeds that send twice, and in no other', async () => {
  const verdicts = await judgedAt(START + hours(5))
  const twice = [...verdicts].flatMap(([feed, { findings }]) =>
    findings.some(({ kind }) => kind === 'duplicates') ? [feed] : [],
  )
  expect(twice.toSorted()).toEqual(['rain', 'underpasses'])
})
