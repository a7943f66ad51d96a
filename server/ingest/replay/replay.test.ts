import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { FeedMapping } from '@/domain/feed/mapping'
import { readEnv } from '@/platform/env'
import { BatchBuilder } from '../decode/batchBuilder'
import { readMapping, withPlaces } from '../mappingFiles'
import { type ReplayItem, replayItems } from './replayItems'

vi.setConfig({ testTimeout: 60_000 })
const data = readEnv().BELFRY_DATA
const names = { streamNo: () => 0, trackNo: () => 0, refuseStream: () => undefined }

async function mappingOf(name: string): Promise<FeedMapping> {
  const mapping = readMapping(readFileSync(join('scenarios/feeds', `${name}.yaml`), 'utf8'), name)
  return mapping.source.kind === 'files' ? withPlaces(mapping, join(data, mapping.source.folder)) : mapping
}

async function decoded(mapping: FeedMapping, only?: string) {
  if (mapping.source.kind !== 'files') throw new Error('not a replay')
  const builder = new BatchBuilder(names)
  const source =
    only === undefined
      ? mapping.source
      : { ...mapping.source, inputs: mapping.source.inputs.map((input) => ({ ...input, files: [only] })) }
  let before = Number.NEGATIVE_INFINITY
  let ordered = true
  for await (const item of replayItems({ ...mapping, source }, join(data, source.folder))) {
    ordered &&= item.at >= before || !Number.isFinite(item.at)
    before = Math.max(before, item.at)
    item.put(builder)
  }
  expect(ordered).toBe(true)
  return builder.finish()
}

// Counted without the mapping, the csv parser or the decoder: lines split by hand.
const linesOf = (path: string): string[] => {
  const bytes = readFileSync(join(data, path))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split(/\r?\n/)
}

describe.skipIf(!existsSync(data))('public data sets, every record against a count of its own', () => {
  test('air of one Beijing site: every cell that is not NA, no row refused', async () => {
    const path = 'PRSA_Data_Dongsi_20130301-20170228.csv.gz'
    const cells = linesOf(`air-beijing-9sites/${path}`)
      .slice(1)
      .flatMap((line) => line.split(',').slice(5, 17))
    const batch = await decoded(await mappingOf('air-beijing-9sites'), path)
    expect(batch.observations.value).toHaveLength(cells.filter((cell) => cell !== 'NA').length)
    expect(batch.rejected).toBe(0)
    expect(new Date(batch.observations.time[0] ?? 0).toISOString()).toBe('2013-02-28T16:00:00.000Z')
  })

  test('Calder levels and rain: every row', async () => {
    const folders = ['river', 'weather'].map((folder) => `rivers-calder-15min/${folder}`)
    const files = folders.flatMap((folder) =>
      readdirSync(join(data, folder))
        .filter((name) => name.endsWith('.csv.gz'))
        .map((name) => `${folder}/${name}`),
    )
    const rows = files.reduce((sum, path) => sum + linesOf(path).length - 1, 0)
    const batch = await decoded(await mappingOf('rivers-calder-15min'))
    expect([batch.observations.value.length, batch.rejected]).toEqual([rows, 0])
  })

  test('the private weather station: units in cells, and the rows of 1900 refused with their reason', async () => {
    const rows = linesOf('rivers-calder-15min/weather/wu/ICALDERD3.csv.gz').slice(8)
    const broken = rows.filter((line) => line.startsWith('1900-01-01')).length
    const mapping = await mappingOf('weather-todmorden')
    const batch = await decoded(mapping)
    expect(broken).toBe(288)
    expect(batch.rejected).toBe(broken)
    expect(new Set(batch.refused.map(({ reason }) => reason))).toEqual(new Set(['timeOutOfBounds']))
    expect(batch.refused[0]?.line).toBe(9)
    const calm = rows.filter((line) => !line.startsWith('1900') && line.split(',')[4] === '').length
    expect(batch.observations.value).toHaveLength((rows.length - broken) * 10 - calm)
    // 55.2 °F of the first good row is 12.9 °C.
    const first = rows[broken]?.split(',')[1] ?? ''
    expect(batch.observations.value[0]).toBeCloseTo(((Number.parseFloat(first) - 32) * 5) / 9, 6)
  })

  test('Los Angeles speeds: 207 columns, 5 minutes apart, mph in km/h', async () => {
    const rows = linesOf('traffic-metr-la-week/los_speed_days1-5.csv.gz')
    const cells = rows.slice(1).flatMap((line) => line.split(','))
    const batch = await decoded(await mappingOf('traffic-metr-la-week'))
    expect([batch.observations.value.length, batch.rejected]).toEqual([
      cells.filter((cell) => Number(cell) !== 0).length,
      0,
    ])
    expect(batch.observations.value[0]).toBeCloseTo(Number(cells[0]) * 1.609344, 9)
    expect((batch.observations.time.at(-1) ?? 0) - (batch.observations.time[0] ?? 0)).toBe((rows.length - 2) * 300_000)
  })

  test('taxis: every fix, in the order of time, speed in m/s', async () => {
    const rows = linesOf('gps-taxi/beijing_taxi_demo_3veh_1day.csv').slice(1)
    const batch = await decoded(await mappingOf('gps-taxi'))
    expect([batch.positions.time.length, batch.rejected]).toEqual([rows.length, 0])
    const fastest = rows.reduce((most, line) => Math.max(most, Number(line.split(',')[5])), 0)
    expect(batch.positions.speed.reduce((most, speed) => Math.max(most, speed), 0)).toBeCloseTo(fastest / 3.6, 4)
  })

  test('earthquakes of the week by USGS, and of 2016 with the blasts by NCEDC', async () => {
    const week = JSON.parse(linesOf('quakes/usgs_all_week_20180207.geojson.gz').join('\n')) as {
      metadata: { count: number }
    }
    const usgs = await decoded(await mappingOf('quakes'))
    expect([usgs.reports.length, usgs.rejected]).toEqual([week.metadata.count, 0])
    expect(usgs.reports.every((report) => report.revisedAt >= report.phenomenonTime)).toBe(true)
    const rows = ['quakes/ncedc_earthquakes.txt.gz', 'quakes/ncedc_blasts.txt.gz'].flatMap((path) =>
      linesOf(path).slice(1),
    )
    const ncedc = await decoded(await mappingOf('quakes-ncedc'))
    expect([ncedc.reports.length, ncedc.rejected]).toEqual([rows.length, 0])
    // Rows that are equal in every column are one report; no two different events share a key.
    const keys = new Set(ncedc.reports.map(({ kind, key }) => `${kind} ${key}`))
    expect(keys.size).toBeGreaterThanOrEqual(new Set(rows).size - 1)
  })
})

describe('files of any form', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'belfry-files-'))
    await writeFile(join(folder, 'a.csv'), 'time,a,b\n2020-01-01 00:00:00,1,2\n2020-01-01 00:01:00,3\nnever,4,5\n')
    await writeFile(join(folder, 'b.csv.gz'), gzipSync('time,a,b\n2020-01-01 00:00:30,7,x\n'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const base = (): FeedMapping => {
    const air = readMapping(readFileSync('scenarios/feeds/traffic-metr-la-week.yaml', 'utf8'), 'x')
    return FeedMapping.parse({
      ...air,
      things: { list: [] },
      source: {
        kind: 'files',
        folder: '.',
        inputs: [
          {
            files: ['*.csv*'],
            format: { kind: 'csv' },
            time: { kind: 'column', column: 'time', zone: 'UTC' },
            records: { kind: 'observations', wide: { property: 'speed', unit: 'km/h', except: ['time'] } },
          },
        ],
      },
    })
  }

  test('are merged by time; each bad row is refused by file, line and reason, and its good cells are kept', async () => {
    const items: ReplayItem[] = []
    for await (const item of replayItems(base(), folder)) items.push(item)
    const builder = new BatchBuilder(names)
    for (const item of items) item.put(builder)
    const batch = builder.finish()
    expect([...batch.observations.value]).toEqual([1, 2, 7])
    expect(batch.refused.map(({ line, reason, message }) => [line, reason, message.split(':')[0]])).toEqual([
      [3, 'columnsWrong', 'a.csv'],
      [4, 'timeUnreadable', 'a.csv'],
      [2, 'valueUnreadable', 'b.csv.gz'],
    ])
  })
})

test('a mapping that is wrong is refused with line and advice', () => {
  const good = readFileSync('scenarios/feeds/gps-taxi.yaml', 'utf8')
  const bad = good.replace('unit: km/h', 'unit: furlong')
  const line = bad.split('\n').findIndex((text) => text.includes('furlong')) + 1
  expect(() => readMapping(bad, 'gps-taxi.yaml')).toThrow(
    new RegExp(`line ${line}: .*furlong is no unit of speed: use km/h`),
  )
  expect(() => readMapping(good.replace('kind: replay', 'kind: live'), 'x')).toThrow(/line \d+: world.kind is live/)
  expect(() => readMapping('a: [', 'x')).toThrow(/line 1/)
})
