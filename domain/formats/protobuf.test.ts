import { expect, test } from 'vitest'
import { ProtoWriter, bytesOf, intOf, messageOf, readMessage, realOf, textOf } from './protobuf'

test.each([0, 1, 127, 128, 300, 2 ** 31, 2 ** 49 - 1, 2 ** 49, 2 ** 53 - 1, -1, -(2 ** 40)])(
  'varint %d comes back',
  (value) => {
    const message = readMessage(new ProtoWriter().uint(3, BigInt(value)).bytes())
    expect(message === undefined ? undefined : (intOf(message, 3) ?? 0)).toBe(value)
  },
)

test('fields of all kinds come back; the last one wins, lists keep all', () => {
  const inner = new ProtoWriter().text(1, '中').bytes()
  const bytes = new ProtoWriter().double(1, -1.5).text(2, 'a').text(2, 'b').message(4, inner).bytes()
  const message = readMessage(bytes) ?? new Map()
  expect([realOf(message, 1), textOf(message, 2), bytesOf(message, 2).length]).toEqual([-1.5, 'b', 2])
  expect(textOf(messageOf(message, 4) ?? new Map(), 1)).toBe('中')
})

test('a broken message is none: cut, a field 0, a group, a length past the end, a varint without end', () => {
  const broken = [[8], [0, 1], [0x0b], [0x12, 0x7f, 1], [0x08, ...Array.from({ length: 11 }, () => 0xff)], [0x0d, 1, 2]]
  for (const bytes of broken) expect(readMessage(Uint8Array.from(bytes)), String(bytes)).toBeUndefined()
})
