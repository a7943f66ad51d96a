import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ObservationRecord } from '@/domain/api/ingest'
import { FeedMapping } from '@/domain/feed/mapping'
import { type CanonicalLine, readCanonicalLine } from './canonicalLine'
import { decodeBody } from './decodeBody'
import { FeedDecoder } from './feedDecoder'
import { maskSample } from './maskSample'
import { compileRecordCheck } from './recordSchema'

const mapping = (newStreams: 'create' | 'refuse', personalFields: readonly string[] = []): FeedMapping =>
  FeedMapping.parse({
    version: 1,
    feed: 'gauges',
    name: { 'zh-CN': '水尺', en: 'Gauges' },
    contract: {
      owner: 'a',
      steward: 'b',
      periodSeconds: 60,
      latenessSeconds: 60,
      licence: 'x',
      classification: 'public',
      legalBasis: 'x',
      onBreach: 'x',
      newStreams,
      personalFields,
    },
    world: {
      key: 'w',
      kind: 'exercise',
      name: { 'zh-CN': '演', en: 'w' },
      timeZone: 'UTC',
      view: { longitude: 0, latitude: 0, zoom: 3 },
    },
    source: { kind: 'push' },
    properties: [{ key: 'level', name: { 'zh-CN': '水位', en: 'Level' }, unit: 'm' }],
  })

function decoderOf(newStreams: 'create' | 'refuse' = 'refuse', personalFields: readonly string[] = []): FeedDecoder {
  const decoder = new FeedDecoder(mapping(newStreams, personalFields))
  decoder.learnStreams(['a.level', 'b.level'], [3, 4])
  return decoder
}

const ndjson = (decoder: FeedDecoder, text: string) => {
  const decoded = decodeBody(decoder, { bytes: Buffer.from(text), encoding: '', format: 'ndjson' })
  if (!decoded.ok) throw new Error(decoded.error.message)
  return decoded.value
}

describe('the compiled check', () => {
  const isRecord = compileRecordCheck()
  const time = fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.string({ maxLength: 45 }),
    fc.double(),
    fc.integer(),
  )
  const record = fc.record(
    {
      datastream: fc.oneof(fc.constantFrom('a.level', '水位-1', 'é', '', ' a', 'x'.repeat(121)), fc.string()),
      phenomenonTime: time,
      result: fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constant(null)),
      resultTime: time,
      resultQuality: fc.oneof(fc.constantFrom('good', 'suspect', 'estimated', 'manual'), fc.string()),
      extra: fc.anything(),
    },
    { requiredKeys: [] },
  )

  test('accepts and refuses exactly what zod does', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: record }, { weight: 1, arbitrary: fc.anything() }), (value) => {
        const verdict = ObservationRecord.safeParse(value).success
        if (verdict) accepted += 1
        expect(isRecord(value)).toBe(verdict)
      }),
      { numRuns: 3_000 },
    )
    expect(accepted).toBeGreaterThan(20)
  })
})

describe('the fast line reader', () => {
  const fields: CanonicalLine = { key: '', time: 0, value: 0 }
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.double({ min: -1000, max: 1000, noNaN: true }).map((value) => Number(value.toFixed(3))),
  )

  test('reads the numbers and times that JSON.parse reads, or leaves them to it', () => {
    let read = 0
    const line = fc.record({
      datastream: fc.oneof(fc.constantFrom('a.level', '水位'), fc.string()),
      phenomenonTime: fc.oneof(
        fc.integer(),
        fc
          .date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2298-01-01') })
          .map((date) => date.toISOString()),
      ),
      result: number,
    })
    fc.assert(
      fc.property(line, fc.constantFrom('', ' '), (record, space) => {
        const text = `{"datastream":${space}${JSON.stringify(record.datastream)},${space}"phenomenonTime":${space}${JSON.stringify(record.phenomenonTime)},${space}"result":${space}${JSON.stringify(record.result)}}`
        if (!readCanonicalLine(text, 0, text.length, fields)) return
        read += 1
        const slow = JSON.parse(text) as { datastream: string; phenomenonTime: string | number; result: number }
        expect(fields.key).toBe(slow.datastream)
        expect(fields.value).toBe(slow.result)
        expect(fields.time).toBe(
          typeof slow.phenomenonTime === 'number' ? slow.phenomenonTime : Date.parse(slow.phenomenonTime),
        )
      }),
      { numRuns: 3_000 },
    )
    expect(read).toBeGreaterThan(500)
  })

  test('never takes a line that JSON.parse refuses', () => {
    const whole = '{"datastream":"a.level","phenomenonTime":1700000000000,"result":-12.5}'
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(3),
        fc.constantFrom('', '0', '.', '"', '}', ' ', '-', '\n', 'e1', '\\'),
        (at, cut, put) => {
          const text = whole.slice(0, at) + put + whole.slice(at + cut)
          const taken = readCanonicalLine(text, 0, text.length, fields)
          if (taken) expect(() => JSON.parse(text) as unknown).not.toThrow()
        },
      ),
      { numRuns: 3_000 },
    )
  })
})

describe('a pushed body', () => {
  const good = '{"datastream":"a.level","phenomenonTime":"2026-07-18T08:00:00Z","result":1.5}'

  test('keeps the good lines and names the bad ones by number', () => {
    const batch = ndjson(
      decoderOf(),
      [
        good,
        '{"datastream":"b.level"',
        '',
        '{"result":2}',
        good.replace('a.level', 'c.level'),
        '{"datastream":"b.level","phenomenonTime":"yesterday","result":1}',
        '{"resultQuality":"estimated","result":7,"phenomenonTime":1784361600000,"datastream":"b.level"}',
      ].join('\r\n'),
    )
    expect([...batch.observations.stream]).toEqual([3, 4])
    expect([...batch.observations.quality]).toEqual([0, 256])
    expect(batch.observations.time[0]).toBe(Date.UTC(2026, 6, 18, 8))
    expect(batch.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'notJson'],
      [4, 'schema'],
      [5, 'streamUnknown'],
      [6, 'timeUnreadable'],
    ])
    expect([batch.received, batch.rejected]).toEqual([6, 4])
  })

  test('creates streams of declared properties only, when the contract says so', () => {
    const batch = ndjson(
      decoderOf('create'),
      [
        good.replace('a.level', 'new.level'),
        good.replace('a.level', 'new.weight'),
        good.replace('a.level', 'new.level'),
      ].join('\n'),
    )
    expect(batch.unknownStreams).toEqual(['new.level'])
    expect(batch.observations.stream).toHaveLength(2)
    expect(batch.refused[0]?.reason).toBe('propertyUnknown')
  })

  test('a gzip bomb is stopped at its bound', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 ** 2, 32))
    expect(bomb.length).toBeLessThan(200_000)
    expect(decodeBody(decoderOf(), { bytes: bomb, encoding: 'gzip', format: 'ndjson' })).toMatchObject({
      ok: false,
      error: { status: 413 },
    })
  })

  test('other encodings, broken gzip and empty bodies are refused in words', () => {
    const body = { bytes: Buffer.from(good), format: 'ndjson' } as const
    expect(decodeBody(decoderOf(), { ...body, encoding: 'br' })).toMatchObject({ ok: false, error: { status: 415 } })
    expect(decodeBody(decoderOf(), { ...body, encoding: 'gzip' })).toMatchObject({ ok: false, error: { status: 400 } })
    expect(decodeBody(decoderOf(), { ...body, bytes: Buffer.from('\n\n'), encoding: '' })).toMatchObject({
      ok: false,
      error: { status: 400 },
    })
  })

  test('a JSON batch is decoded record by record', () => {
    const decoded = decodeBody(decoderOf(), { bytes: gzipSync(`[${good},{"x":1}]`), encoding: 'gzip', format: 'json' })
    expect(decoded).toMatchObject({ ok: true, value: { received: 2, rejected: 1 } })
  })

  test('personal fields never reach the quarantine', () => {
    const batch = ndjson(decoderOf('refuse', ['caller']), '{"caller":"张三","datastream":"a.level"}\n{"caller":"张三"')
    expect(JSON.stringify(batch.refused)).not.toContain('张三')
    expect(batch.rejected).toBe(2)
  })
})

test('a sample is cut to 2 KB at a whole character', () => {
  const cut = maskSample('水'.repeat(2_000), [])
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(2_048)
  expect(cut).toBe('水'.repeat(682))
})

describe('a body that is nested too deep', () => {
  const deep = '['.repeat(1e5) + ']'.repeat(1e5)
  const good = '{"datastream":"a.level","phenomenonTime":"2020-01-01T00:00:00Z","result":1}'

  test.each([{ personal: [] }, { personal: ['name'] }])('is refused by record as JSON: $personal', ({ personal }) => {
    const body = { bytes: Buffer.from(`[${good},${deep}]`), encoding: '', format: 'json' } as const
    const decoded = decodeBody(decoderOf('refuse', personal), body)
    if (!decoded.ok) throw new Error(decoded.error.message)
    expect([decoded.value.observations.value.length, decoded.value.rejected]).toEqual([1, 1])
  })

  test.each([{ personal: [] }, { personal: ['name'] }])('is refused by line as NDJSON: $personal', ({ personal }) => {
    const line = '['.repeat(3e4) + ']'.repeat(3e4)
    const batch = ndjson(decoderOf('refuse', personal), `${good}\n${line}\n${good}\n`)
    expect([batch.observations.value.length, batch.rejected]).toEqual([2, 1])
    expect(batch.refused[0]?.line).toBe(2)
  })
})
