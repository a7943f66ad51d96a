import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { capStructure } from '@/domain/formats/cap/capStructure'
import { MESSAGE_FORMATS } from '@/domain/formats/openFormat'
import { type FormatReading, fromHex } from '@/domain/formats/reading'
import { decodeXmlText } from '@/domain/formats/text'
import { type XmlElement, parseXml } from '@/domain/formats/xml'
import { seeded } from '@/domain/numeric/seeded'
import { readEnv } from '@/platform/env'

const data = readEnv().BELFRY_DATA
const at = (path: string): string => join(data, path)

function bytesOf(path: string): Uint8Array {
  const bytes = readFileSync(at(path))
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
}

const filesIn = (folder: string, pattern: RegExp): string[] =>
  readdirSync(at(folder))
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(folder, name))

const read = (kind: keyof typeof MESSAGE_FORMATS, path: string): FormatReading =>
  MESSAGE_FORMATS[kind](bytesOf(path), { arrivedAt: 0 })

/** How often each of the values is there. */
function counted(values: readonly (string | number | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}
const reasons = (readings: readonly FormatReading[]): Record<string, number> =>
  counted(readings.flatMap(({ refused }) => refused.map(({ reason }) => reason)))

describe.skipIf(!existsSync(at('cap-alerts')))('CAP samples', () => {
  const files = ['samples', 'edge-or-malformed', 'feeds'].flatMap((folder) => filesIn(`cap-alerts/${folder}`, /./))

  test('every alert of every file is a row; only XML without an alert, and hostile XML, is refused', () => {
    for (const file of files) {
      const { rows, refused } = read('cap', file)
      const text = Buffer.from(bytesOf(file)).toString('latin1')
      // Counted by the tags alone: what a reader that knows nothing of XML sees.
      const alerts = text.match(/<(?:\w+:)?alert[\s>]/g)?.length ?? 0
      expect(rows.length, file).toBe(text.includes('<!DOCTYPE') ? 0 : alerts)
      expect(refused.length, file).toBe(rows.length === 0 ? 1 : 0)
    }
    expect(reasons(files.map((file) => read('cap', file)))).toEqual({ feedWithoutAlert: 8, notCap: 1, xmlHostile: 1 })
  })

  test('the structure check agrees with xmllint and the XSD of OASIS, on the samples and on 150 broken copies', async () => {
    const alerts = files.flatMap((file) => documentOf(file))
    const broken = mangled(alerts.filter(({ contents }) => contents.length < 12_000).slice(0, 15), 150)
    const all = [...alerts, ...broken].map((one, i) => ({ ...one, fileName: `${i}.xml` }))
    const schema = Buffer.from(bytesOf('cap-alerts/schema/CAP-v1.2-oasis.xsd')).toString('utf8')
    const told = await validateXML({ xml: all, schema: [schema], initialMemoryPages: 1_024, maxMemoryPages: 8_192 })
    const wrong = new Set(told.errors.map(({ loc }) => loc?.fileName))
    const ours = all.flatMap(({ fileName, contents }) => {
      const parsed = parseXml(contents)
      return parsed.ok && capStructure(parsed.value).length === 0 ? [] : [fileName]
    })
    expect(wrong.size).toBeGreaterThan(50)
    expect(all.length - wrong.size).toBeGreaterThan(20)
    expect(ours).toEqual(all.map(({ fileName }) => fileName).filter((name) => wrong.has(name)))
  }, 60_000)
})

interface Document {
  readonly fileName: string
  readonly contents: string
}

function documentOf(file: string): Document[] {
  const text = decodeXmlText(bytesOf(file))
  const parsed = text.ok ? parseXml(text.value) : text
  const isAlert = parsed.ok && parsed.value.name === 'alert'
  return text.ok && isAlert ? [{ fileName: file, contents: text.value.replace(/^\uFEFF?\s*<\?xml.*?\?>/, '') }] : []
}

/** Copies with an element taken out, doubled, moved or renamed, or with a text that may not be there. */
function mangled(documents: readonly Document[], count: number): Document[] {
  const chance = seeded(7)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(chance.next() * items.length)] as Item
  return Array.from({ length: count }, (_, i) => {
    const { contents } = pick(documents)
    const parsed = parseXml(contents)
    if (!parsed.ok) throw new Error(parsed.error.message)
    const leaf = pick(leaves(parsed.value))
    const [head, own, tail] = [
      contents.slice(0, leaf.start),
      contents.slice(leaf.start, leaf.end),
      contents.slice(leaf.end),
    ]
    const changes = [
      '',
      own + own,
      own.replace(/>[^<]*</, '>nonsense 7<'),
      own.replaceAll(leaf.name, 'odd'),
      `${own}text`,
      own.replace('>', ' a="1">'),
    ]
    return { fileName: `mangled-${i}`, contents: head + pick(changes) + tail }
  })
}

const leaves = (element: XmlElement): XmlElement[] =>
  element.children.flatMap((child) => (child.children.length === 0 ? [child] : leaves(child)))

describe.skipIf(!existsSync(at('payload-samples')))('payload samples', () => {
  test('JT/T 808: the frames whose check byte is right by the published list are those that pass it here', () => {
    const lines = Buffer.from(bytesOf('payload-samples/jt808/frames.csv')).toString().trim().split('\n').slice(1)
    const readings = lines.map((line) => {
      const [hex = '', , , check] = line.trim().split(',')
      return { check, reading: MESSAGE_FORMATS.jt808(fromHex(hex) ?? new Uint8Array()) }
    })
    const wrong = readings.filter(({ reading }) => reading.refused[0]?.reason === 'checksumWrong')
    expect(counted(wrong.map(({ check }) => check))).toEqual({ bad: 16 })
    expect(lines).toHaveLength(104)
    const read = readings.filter(({ reading }) => reading.rows.length > 0)
    expect(counted(read.map(({ check }) => check))).toEqual({ ok: 78 })
    expect(reasons(readings.map(({ reading }) => reading))).toEqual({
      checksumWrong: 16,
      lengthWrong: 7,
      notFixed: 3,
      partMissing: 1,
    })
  })

  test('CoT: events are read, templates with blanks in them are refused for the time or the point that they lack', () => {
    const readings = filesIn('payload-samples/cot/events', /xml$/).map((file) => read('cot', file))
    expect(readings.filter(({ rows }) => rows.length === 1)).toHaveLength(11)
    expect(reasons(readings)).toEqual({ timeUnreadable: 9, pointMissing: 10 })
  })

  test('NGSI-LD: the forms of one entity say the same; a schema is no entity', () => {
    for (const model of ['FloodMonitoring', 'AirQualityObserved', 'NoiseLevelObserved']) {
      const files = filesIn(`payload-samples/ngsi-ld/${model}`, /^example.*json/)
      const ids = files.flatMap((file) => read('ngsiLd', file).rows.map(({ fields }) => fields['type']))
      expect(ids).toEqual(files.map(() => model))
      expect(read('ngsiLd', `payload-samples/ngsi-ld/${model}/schema.json`).refused[0]?.reason).toBe('notNgsiLd')
    }
    const [flood] = read('ngsiLd', 'payload-samples/ngsi-ld/FloodMonitoring/example-normalized.jsonld').rows
    expect(flood?.fields).toMatchObject({
      currentLevel: 1.98,
      'currentLevel.unitCode': 'MTR',
      observedAt: '2020-09-16T13:30:00+05:30',
    })
  })

  test('SensorThings: as many Observations as the documents have results', () => {
    for (const name of ['dataBatchPost', 'entitiesDefault']) {
      const path = `payload-samples/sensorthings/${name}.json`
      const results = Buffer.from(bytesOf(path))
        .toString()
        .match(/"result"\s*:/g)?.length
      const { rows, refused } = read('sensorThings', path)
      expect(rows.filter(({ fields }) => fields['kind'] === 'observation')).toHaveLength(results ?? 0)
      expect(refused).toEqual([])
    }
  })
})

test.skipIf(!existsSync(at('ais-adsb')))('AIS and ADS-B captures: each line is a row or has its reason', () => {
  const ais = read('ais', 'ais-adsb/ais_nmea_sample.txt')
  const lines = Buffer.from(bytesOf('ais-adsb/ais_nmea_sample.txt'))
    .toString()
    .split('\n')
    .filter((line) => line.trim() !== '')
  const empty = lines.filter((line) => line.split(',')[5] === '').length
  const lonely = lines.filter((line) => line.split(',')[1] === '2').length
  expect(reasons([ais])).toEqual({ payloadEmpty: empty, partMissing: lonely })
  expect(ais.rows).toHaveLength(lines.length - empty - lonely)
  const adsb = read('adsb', 'ais-adsb/sample_data_adsb.csv.gz')
  const listed = Buffer.from(bytesOf('ais-adsb/sample_data_adsb.csv.gz'))
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','))
  expect(adsb.refused).toEqual([])
  expect(adsb.rows.map(({ fields }) => [fields['icao'], fields['typeCode']])).toEqual(
    listed.map(([, , icao, code]) => [icao, Number(code)]),
  )
  const places = adsb.rows.filter(({ fields }) => fields['kind'] === 'position')
  expect(places.length).toBeGreaterThan(900)
})

test.skipIf(!existsSync(at('transit-gtfs-rt')))(
  'GTFS-realtime: 122 captures, 33 492 entities, none refused',
  () => {
    const folders = [
      'transit-gtfs-rt',
      'transit-gtfs-rt/obs/nyct_multi_trips',
      'transit-gtfs-rt/obs/wmata_service_day_4',
    ]
    const files = folders.flatMap((folder) => filesIn(folder, /\.pbf?(\.gz)?$|^gtfs-06242024/))
    const readings = files.map((file) => read('gtfsRt', file))
    expect(files).toHaveLength(122)
    expect(readings.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(33_492)
    expect(reasons(readings)).toEqual({})
  },
  60_000,
)

test.skipIf(!existsSync(at('quakes')))('USGS: 1 707 events with place, depth and magnitude', () => {
  const { rows, refused } = read('geojson', 'quakes/usgs_all_week_20180207.geojson.gz')
  expect([rows.length, refused.length]).toEqual([1_707, 0])
  expect(rows[0]?.fields).toMatchObject({
    id: expect.any(String) as string,
    longitude: expect.any(Number) as number,
    depth: expect.any(Number) as number,
  })
})
