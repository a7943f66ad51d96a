import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FeedMapping } from '@/domain/feed/mapping'
import { epochMillis } from '@/domain/time'
import type { WorldClock } from '@/domain/world'
import { systemClock } from '@/platform/clock'
import type { Clock } from '@/platform/clock'
import { linjiangMapping } from '@/scenarios/linjiang/mapping'
import { FEEDS, LinjiangSimulation } from '@/scenarios/linjiang/simulation'
import type { LinjiangFeed, SimulatedRecord } from '@/scenarios/linjiang/simulation'
import { SentProgress } from '@/workers/simulator/progress'
import type { PushOutcome } from '@/workers/simulator/push'
import { Simulator } from '@/workers/simulator/simulator'
import { TRACE, openIntake } from '../support/ingestBench'
import type { IntakeBench } from '../support/ingestBench'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'

/** The minutes in which the first underpasses fill: every kind of fault acts. */
const FROM = Date.parse('2026-07-18T17:00:00+08:00')
const MINUTES = 15
const TO = FROM + MINUTES * 60_000
const SPEED = 100
const LIMIT = 240_000
const mappingOf = (feed: LinjiangFeed): FeedMapping => FeedMapping.parse(linjiangMapping(feed))

let services: TestServices
let bench: IntakeBench
let folder = ''

beforeAll(async () => {
  services = await openServices()
  bench = await openIntake(services, { mapping: mappingOf('water'), worldTime: TO })
  for (const feed of FEEDS) await bench.catalogue.registerFeed(bench.world.no, mappingOf(feed), 'system:test')
  folder = await mkdtemp(join(tmpdir(), 'belfry-simulated-'))
}, LIMIT)
afterAll(async () => {
  await bench.close()
  await services.close()
  await rm(folder, { recursive: true, force: true })
})

/** The exercise's clock at 100x, and the machine's clock of a simulator for which time ends with the span. */
function playedClocks(): { readonly world: WorldClock; readonly machine: Clock } {
  const began = systemClock.now()
  const world = { anchorWorld: epochMillis(FROM), anchorReal: began, rate: SPEED }
  const ended = began + (TO - FROM) / SPEED
  return { world, machine: { ...systemClock, now: () => epochMillis(Math.min(systemClock.now(), ended)) } }
}

/** A simulator that has sent everything up to the beginning of the span. */
async function begun(): Promise<SentProgress> {
  const progress = new SentProgress(folder)
  progress.follow(FROM)
  for (const feed of FEEDS) progress.acknowledged(feed, FROM)
  await progress.save()
  return progress
}

/** One record as what makes it itself: a second one of the same series and time is the same. */
const identity = (record: SimulatedRecord): string => {
  if ('datastream' in record) return `${record.datastream} ${record.phenomenonTime}`
  return 'track' in record ? `${record.track} ${record.phenomenonTime}` : record.key
}

async function play(sent: Map<string, SimulatedRecord[]>): Promise<number> {
  let refused = 0
  const push = async (
    _connection: unknown,
    { feed }: { readonly feed: string },
    records: readonly SimulatedRecord[],
  ): Promise<PushOutcome> => {
    const receipt = await bench.ingest.push({
      feed: bench.catalogue.feedByKey(bench.world.no, feed)!,
      body: Buffer.from(records.map((record) => JSON.stringify(record)).join('\n')),
      contentType: 'application/x-ndjson',
      contentEncoding: '',
      traceId: TRACE,
      receivedAt: systemClock.now(),
    })
    refused += receipt.rejected
    sent.set(feed, [...(sent.get(feed) ?? []), ...records])
    return { kind: 'acknowledged', rejected: receipt.rejected }
  }
  const progress = await begun()
  const { world, machine } = playedClocks()
  const simulator = new Simulator({
    simulation: new LinjiangSimulation({ seed: 7 }),
    progress,
    clock: machine,
    log: services.log,
    reachBackMs: 6 * (TO - FROM),
    worldClock: () => Promise.resolve(world),
    readConnection: () => Promise.resolve({ url: 'http://127.0.0.1', keys: {} }),
    push,
  })
  const stopping = new AbortController()
  const running = simulator.run(stopping.signal)
  await expect
    .poll(() => FEEDS.every((feed) => progress.sentTo(feed) === TO), { timeout: LIMIT, interval: 200 })
    .toBe(true)
  stopping.abort()
  await running
  return refused
}

test(
  'all feeds at 100x through the intake: nothing lost, doubled or late at the end, every count equal to the unit',
  async () => {
    const sent = new Map<string, SimulatedRecord[]>()
    const refused = await play(sent)
    const simulation = new LinjiangSimulation({ seed: 7 })
    let all = 0
    const distinct = { observations: 0, positions: 0, reports: 0 }
    for (const feed of FEEDS) {
      const wanted = simulation.records(feed, FROM, TO)
      const came = sent.get(`linjiang-${feed}`) ?? []
      const text = (records: readonly SimulatedRecord[]): string[] => records.map((one) => JSON.stringify(one)).sort()
      expect(text(came), feed).toEqual(text(wanted))
      all += came.length
      const table = feed === 'vehicles' ? 'positions' : feed === 'calls' ? 'reports' : 'observations'
      distinct[table] += new Set(came.map(identity)).size
    }
    expect(all).toBeGreaterThan(20_000)
    await expect.poll(() => bench.ingest.state().pendingRows, { timeout: 60_000 }).toBe(0)
    const stored = async (table: string): Promise<number> => {
      const sql = `SELECT count() AS n FROM ${table} WHERE world = ${bench.world.no}`
      const [row] = await services.clickhouse.rows({ name: 'test', sql })
      return Number((row as { n: string | number }).n)
    }
    const counted = {
      observations: await stored('observations'),
      positions: await stored('positions'),
      reports: await stored('reports'),
    }
    expect([counted, refused]).toEqual([distinct, 0])
  },
  LIMIT,
)
