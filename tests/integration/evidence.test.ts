import { afterAll, beforeAll, expect, test } from 'vitest'
import { Evidence } from '@/domain/api/evidence'
import type { ObservationBatch } from '@/domain/batch'
import { countStreams } from '@/domain/countStreams'
import { formatEvidenceId } from '@/domain/evidenceId'
import { foldSituation } from '@/domain/fold/foldSituation'
import { PictureStore } from '@/domain/fold/picture'
import type { TraceId } from '@/domain/ids'
import { measureCount, measureReading } from '@/domain/measureReading'
import type { Measured } from '@/domain/measured'
import { Quality } from '@/domain/quality'
import { epochMillis, seconds } from '@/domain/time'
import { withRate } from '@/domain/world'
import { systemClock } from '@/platform/clock'
import { openLoopbackScreen } from '@/server/access/screens'
import { storeObservations } from '../support/liveServer'
import { eventually } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { startWebServer, STREAMS, streamOf } from '../support/webServer'
import type { WebServer } from '../support/webServer'

const START = Date.parse('2026-07-18T08:00:00Z')
let services: TestServices
let server: WebServer
let cookie: string

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services, { anchorWorld: epochMillis(START) })
  cookie = await openLoopbackScreen(server.access)
  const { catalogue } = server.inner
  // The World stands still, so that a number shown now is as old when it is asked for.
  const stopped = { ...withRate(server.world.clock, systemClock.now(), 0), anchorWorld: epochMillis(START) }
  await catalogue.setClock(server.world.no, stopped, 'system:test')
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

async function evidenceOf(id: string): Promise<Evidence> {
  const path = `/api/worlds/trial/evidence?source=${encodeURIComponent(id)}`
  const answer = await fetch(`${server.url}${path}`, { headers: { cookie: `belfry_session=${cookie}` } })
  expect(answer.status).toBe(200)
  return Evidence.parse(await answer.json())
}

/** Small numbers in a fixed order that looks like chance: the same trial on every machine. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

let offset = 0
function batch(
  rows: readonly (readonly [gauge: number, time: number, value: number, quality: number])[],
): ObservationBatch {
  const made: ObservationBatch = {
    kind: 'observations',
    world: server.world.no,
    feed: server.feed.no,
    epoch: 9,
    offset,
    knownTime: epochMillis(START),
    recordedAt: systemClock.now(),
    traceId: '0'.repeat(32) as TraceId,
    stream: Uint32Array.from(rows, ([gauge]) => streamOf(server, gauge)),
    phenomenonTime: Float64Array.from(rows, ([, time]) => time),
    value: Float64Array.from(rows, ([, , value]) => value),
    quality: Uint16Array.from(rows, ([, , , quality]) => quality),
  }
  offset += rows.length
  return made
}

/** Batches that follow each other, as one insert. */
function merged(batches: readonly ObservationBatch[]): ObservationBatch {
  const all = (key: 'stream' | 'phenomenonTime' | 'value' | 'quality'): number[] =>
    batches.flatMap((made) => [...made[key]])
  return {
    ...batches[0]!,
    stream: Uint32Array.from(all('stream')),
    phenomenonTime: Float64Array.from(all('phenomenonTime')),
    value: Float64Array.from(all('value')),
    quality: Uint16Array.from(all('quality')),
  }
}

/** Twenty questions at a time. */
async function inGroups<In, Out>(all: readonly In[], ask: (one: In) => Promise<Out>): Promise<Out[]> {
  const answers: Out[] = []
  for (let i = 0; i < all.length; i += 20) answers.push(...(await Promise.all(all.slice(i, i + 20).map(ask))))
  return answers
}

/** What a screen draws of a stream, from the fold of everything that arrived up to now. */
function shown(picture: PictureStore, gauge: number): Measured {
  const { catalogue } = server.inner
  const datastream = catalogue.datastream(server.world.no, streamOf(server, gauge))!
  const property = catalogue.property(server.world.no, datastream.property)!
  return measureReading(picture.readings, { datastream, property, worldNow: catalogue.worldTime(server.world.no) })
}

test('500 numbers that a screen showed are recomputed equal, with corrections, late records and re-inserts between', async () => {
  const next = chance(5)
  const picture = new PictureStore()
  const seen: Measured[] = []
  const batches: ObservationBatch[] = []
  for (let i = 0; i < 500; i++) {
    const gauge = next(STREAMS)
    const time = START - seconds(600) + seconds(next(12) * 60)
    const quality = [0, 0, Quality.correction, Quality.late, Quality.manual, Quality.suspect][next(6)]!
    const made = batch([[gauge, time, next(200) / 100, quality]])
    foldSituation(picture, { kind: 'observed', batch: made })
    batches.push(made)
    seen.push(shown(picture, gauge))
  }
  await storeObservations(services.clickhouse, merged(batches))
  await storeObservations(services.clickhouse, merged(batches.slice(100, 300)))
  const proved = await inGroups(seen, async (number) => {
    if (number.kind === 'absent') throw new Error('A gauge that spoke has a number.')
    const evidence = await evidenceOf(number.source.id)
    expect(evidence.recomputed).toEqual(number)
    expect(evidence.pending).toBe(false)
    expect(evidence.rows.filter(({ used }) => used)).toHaveLength(1)
    expect(new Set(evidence.rows.map(({ seq }) => seq)).size).toBe(evidence.rows.length)
    expect(evidence.feeds.map(({ key }) => key)).toEqual(['gauges'])
    return evidence.rows.filter(({ phenomenonTime }) => phenomenonTime === number.asOf).length
  })
  const corrected = proved.filter((versions) => versions > 1).length
  expect(new Set(seen.map(({ kind }) => kind))).toEqual(new Set(['value', 'below']))
  expect(corrected).toBeGreaterThan(100)
})

test('a count of streams is counted again as known at its moment', async () => {
  const { catalogue } = server.inner
  const { datastreams } = catalogue.catalogue(server.world.no)
  const now = catalogue.worldTime(server.world.no)
  const rows = await services.clickhouse.rows({
    name: 'latest',
    sql: `SELECT stream, toUnixTimestamp64Milli(max(phenomenon_time)) AS last FROM observations
          WHERE world = {world:UInt16} GROUP BY stream`,
    params: { world: server.world.no },
  })
  const last = new Map((rows as { stream: number; last: number }[]).map((row) => [row.stream, row.last]))
  const counts = countStreams(datastreams, (no) => last.get(no), now)
  for (const what of ['streams', 'streamsOnTime', 'streamsSilent', 'streamsNeverHeard'] as const) {
    const number = measureCount(what, counts[what], now)
    if (number.kind !== 'value') throw new Error('A count is a value.')
    const evidence = await evidenceOf(number.source.id)
    expect(evidence.recomputed).toEqual(number)
    const heard = what === 'streams' ? last.size : counts[what]
    expect(evidence.rows.filter(({ used }) => used)).toHaveLength(what === 'streamsNeverHeard' ? 0 : heard)
  }
})

test('a count of feeds is counted again by their contracts', async () => {
  const now = server.inner.catalogue.worldTime(server.world.no)
  const total = async (what: 'feeds' | 'feedsOnTime' | 'feedsLate' | 'feedsSilent', later: number) => {
    const { recomputed } = await evidenceOf(
      formatEvidenceId({ kind: 'count', what, knownTime: epochMillis(now + later) }),
    )
    return recomputed.kind === 'value' ? recomputed.value : undefined
  }
  // The last record became known at START and speaks of START + 60 s; a period is 60 s and so is the lateness.
  const at = (later: number) =>
    Promise.all((['feeds', 'feedsOnTime', 'feedsLate', 'feedsSilent'] as const).map((what) => total(what, later)))
  expect(await at(0)).toEqual([1, 1, 0, 0])
  expect(await at(120_000)).toEqual([1, 1, 0, 0])
  expect(await at(120_001)).toEqual([1, 0, 0, 1])
  expect(await at(-1)).toEqual([1, 0, 0, 0])
})

test('a number that is acknowledged and not yet stored says so, and is proved as soon as it is', async () => {
  await eventually('leads', () => server.inner.live.state().worlds[0]?.role === 'leading')
  const no = streamOf(server, 0)
  await server.inner.observe(server.world.no, [[no, START + 120_000, 4.25]], false)
  const record = server.inner.log.at(-1) as ObservationBatch
  await eventually('folded', () => server.inner.live.picture(server.world.no)?.readings.value[no] === 4.25)
  const id = formatEvidenceId({
    kind: 'reading',
    stream: no,
    phenomenonTime: epochMillis(START + 120_000),
    epoch: record.epoch,
    offset: record.offset,
  })
  const before = await evidenceOf(id)
  expect([before.pending, before.recomputed.kind]).toEqual([true, 'absent'])
  await storeObservations(services.clickhouse, record)
  const after = await evidenceOf(id)
  expect([after.pending, after.recomputed]).toMatchObject([false, { kind: 'value', value: 4.25, unit: 'm' }])
})

test('an altered row is found out', async () => {
  const made = batch([[6, START + 125_000, 1.11, 0]])
  const picture = new PictureStore()
  foldSituation(picture, { kind: 'observed', batch: made })
  const number = shown(picture, 6)
  await storeObservations(services.clickhouse, { ...made, value: Float64Array.of(9.99) })
  if (number.kind !== 'value') throw new Error('A gauge that spoke has a value.')
  expect((await evidenceOf(number.source.id)).recomputed).not.toEqual(number)
})

test('what is no question, or of no stream, is refused with a code', async () => {
  const ask = async (source: string) => {
    const answer = await fetch(`${server.url}/api/worlds/trial/evidence?source=${encodeURIComponent(source)}`, {
      headers: { cookie: `belfry_session=${cookie}` },
    })
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  expect(await ask('reading/1; DROP TABLE observations')).toEqual([400, 'evidence.unreadable'])
  expect(await ask('reading/999999@1/1-1')).toEqual([404, 'evidence.noSuchStream'])
})
