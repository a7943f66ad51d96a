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
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.double({ min: -1000, max: 1000, noNaN: true }).map((value) => Number(value.toFixed(3))),
  )
  const moment = fc.oneof(
    fc.integer(),
    fc
      .date({ noInvalidDate: true, min: new Date('1890-01-01'), max: new Date('2301-01-01') })
      .map((date) => date.toISOString()),
    fc.constantFrom('2026-07-18T08:00:00+08:00', '2026-07-18T08:00Z', '2026-02-30T00:00:00Z', 'Ã©', ''),
  )
  const quality = fc.constantFrom(undefined, 'good', 'suspect', 'estimated', 'manual', 'excellent')
  const key = fc.oneof(fc.constantFrom('a.level', 'b.level', '水位-1.level', 'é.level', 'c.level'), fc.string())
  const line = fc
    .record({ key, moment, number, quality, space: fc.constantFrom('', ' ', '  ') })
    .map(({ key: name, moment: at, number: result, quality: word, space }) => {
      const last = word === undefined ? '' : `,${space}"resultQuality":${space}"${word}"`
      return `{"datastream":${space}${JSON.stringify(name)},${space}"phenomenonTime":${space}${JSON.stringify(at)},${space}"result":${space}${JSON.stringify(result)}${last}}`
    })
  const decoder = decoderOf()
  decoder.learnStreams(['水位-1.level', 'é.level', '\ufffd.level', '\ud800.level'], [5, 6, 7, 8])

  /** What was read, without the words in which a refusal quotes the line. */
  const readOf = (text: string) => {
    const { observations, refused, received, rejected } = ndjson(decoder, text)
    const rows = Array.from(observations.stream, (stream, i) => [
      ...[stream, observations.time[i], observations.value[i], observations.quality[i]],
    ])
    return { rows, received, rejected, refused: refused.map(({ line: at, reason }) => [at, reason]) }
  }
  // A space before the brace is no common form: such a line is JSON.parse's.
  const slowly = (lines: readonly string[]): string => lines.map((text) => ` ${text}`).join('\n')
  const isRead = (text: string): boolean => {
    const into: CanonicalLine = { keyStart: 0, keyEnd: 0, keyHash: 0, time: 0, value: 0, quality: 0 }
    return readCanonicalLine(Buffer.from(text), 0, into) === Buffer.byteLength(text)
  }

  test('says of a body what JSON.parse and the schema say, or leaves it to them', () => {
    let read = 0
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        read += lines.filter(isRead).length
        expect(readOf(lines.join(end))).toEqual(readOf(slowly(lines)))
      }),
      { numRuns: 500 },
    )
    expect(read).toBeGreaterThan(200)
  })

  test('says the same of lines that were cut and patched', () => {
    const whole =
      '{"datastream":"a.level","phenomenonTime":"2026-07-18T08:00:00.250Z","result":-12.5,"resultQuality":"manual"}'
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(3),
        fc.constantFrom('', '0', '.', '"', '}', ' ', '-', 'e1', '\\', '\r', '\t', 'é', ',', '{'),
        (at, cut, put) => {
          const text = whole.slice(0, at) + put + whole.slice(at + cut)
          expect(readOf([whole, text, whole].join('\n'))).toEqual(readOf(slowly([whole, text, whole])))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('takes no bytes for a name that no stream may have, though somebody registered it', () => {
    const body = Buffer.from('{"datastream":"#.level","phenomenonTime":5,"result":1}')
    body[body.indexOf('#')] = 0xff
    const unreadable = decodeBody(decoder, { bytes: body, encoding: '', format: 'ndjson' })
    expect(unreadable).toMatchObject({ ok: true, value: { received: 1, rejected: 1 } })
    for (const name of ['\ufffd', '\ud800', '\\ud800'])
      expect(readOf(`{"datastream":"${name}.level","phenomenonTime":5,"result":1}`)).toMatchObject({ rejected: 1 })
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
