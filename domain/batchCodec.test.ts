import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ObservationBatch, PositionBatch } from './batch'
import { decodeRecord, encodeRecord } from './batchCodec'
import type { FeedNo, TraceId, WorldNo } from './ids'
import type { EpochMillis } from './time'

const head = {
  world: 7 as WorldNo,
  feed: 3 as FeedNo,
  epoch: 5,
  offset: 2 ** 39,
  knownTime: 1_700_000_000_000 as EpochMillis,
  recordedAt: 1_700_000_000_123 as EpochMillis,
  receivedAt: 1_700_000_000_100 as EpochMillis,
  traceId: 'ab'.repeat(16) as TraceId,
}
const observations = fc
  .array(fc.tuple(fc.nat(4_294_967_295), fc.double(), fc.double(), fc.nat(65_535)), { maxLength: 30 })
  .map(
    (rows): ObservationBatch => ({
      ...head,
      kind: 'observations',
      stream: Uint32Array.from(rows, (row) => row[0]),
      phenomenonTime: Float64Array.from(rows, (row) => row[1]),
      value: Float64Array.from(rows, (row) => row[2]),
      quality: Uint16Array.from(rows, (row) => row[3]),
    }),
  )

test('what was written is read again, wherever it lies in a larger buffer', () => {
  fc.assert(
    fc.property(observations, fc.nat(9), (record, shift) => {
      const bytes = encodeRecord(record)
      const page = Buffer.alloc(bytes.length + 20, 0xee)
      page.set(bytes, shift)
      expect(decodeRecord(page.subarray(shift, shift + bytes.length))).toEqual(record)
    }),
  )
})

test('32-bit columns and documents survive too', () => {
  const at = Float64Array.of(113.5, Number.NaN)
  const moving = { speed: Float32Array.of(1.5, Number.NaN), heading: Float32Array.of(359, 0) }
  const columns = { track: Uint32Array.of(1, 2), phenomenonTime: at, longitude: at, latitude: at, ...moving }
  const positions: PositionBatch = { ...head, kind: 'positions', ...columns, quality: Uint16Array.of(0, 512) }
  expect(decodeRecord(encodeRecord(positions))).toEqual(positions)
  const records = [{ line: 1, reason: 'range', message: '数值超限', sample: '{"v":1e9}' }]
  const refused = { ...head, kind: 'quarantine', records } as const
  expect(decodeRecord(encodeRecord(refused))).toEqual(refused)
})

test('cut or foreign bytes are refused with a sentence', () => {
  fc.assert(
    fc.property(observations, (record) => {
      const bytes = encodeRecord(record)
      if (record.stream.length === 0) return
      expect(() => decodeRecord(bytes.subarray(0, bytes.length - 8))).toThrow(RangeError)
      expect(() => decodeRecord(bytes.subarray(0, 3))).toThrow(RangeError)
    }),
  )
})
