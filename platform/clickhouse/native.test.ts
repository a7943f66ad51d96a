import { expect, test } from 'vitest'
import { encodeNative } from './native'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('a block is counts, then each column with name, type and little-endian values', () => {
  const block = encodeNative([{ name: 'a', type: 'UInt16', values: Uint16Array.of(1, 0x0203) }], 2)
  expect(hex(block)).toBe('0102' + '0161' + '06' + Buffer.from('UInt16').toString('hex') + '01000302')
})

test('epoch milliseconds given as numbers become 64-bit integers, also before 1970', () => {
  const at = [1_795_132_800_001, -1, 2 ** 53 - 1]
  const fromNumbers = encodeNative([{ name: 't', type: 'DateTime64(3)', values: Float64Array.from(at) }], 3)
  const fromBigints = encodeNative(
    [{ name: 't', type: 'DateTime64(3)', values: BigInt64Array.from(at.map(BigInt)) }],
    3,
  )
  expect(hex(fromNumbers)).toBe(hex(fromBigints))
})

test('one value stands for every row', () => {
  const column = (values: number | number[]) => encodeNative([{ name: 'w', type: 'UInt16', values }], 3)
  expect(hex(column(7))).toBe(hex(column([7, 7, 7])))
  const wide = (values: bigint | BigUint64Array) => encodeNative([{ name: 's', type: 'UInt64', values }], 2)
  expect(hex(wide(2n ** 63n + 5n))).toBe(hex(wide(BigUint64Array.of(2n ** 63n + 5n, 2n ** 63n + 5n))))
  const words = (values: string | string[]) => encodeNative([{ name: 'k', type: 'String', values }], 2)
  expect(hex(words('水'))).toBe(hex(words(['水', '水'])))
})

test('long strings carry a length of several bytes', () => {
  const block = encodeNative([{ name: 'k', type: 'String', values: ['x'.repeat(300)] }], 1)
  expect(hex(block)).toContain('ac02' + '78'.repeat(300))
})

test('a view into a larger buffer sends its own part only', () => {
  const part = new Float64Array([1, 2, 3, 4]).subarray(1, 3)
  const block = encodeNative([{ name: 'v', type: 'Float64', values: part }], 2)
  expect(hex(block)).toBe(hex(encodeNative([{ name: 'v', type: 'Float64', values: [2, 3] }], 2)))
})

test('columns of another length are refused with a sentence', () => {
  expect(() => encodeNative([{ name: 'v', type: 'Float64', values: [1] }], 2)).toThrow(
    'Column v has 1 values for 2 rows.',
  )
})
