import { expect, test } from 'vitest'
import { PacketLimit } from './packetLimit'

const packet = (length: number): Uint8Array => {
  const head = [0x32]
  let left = length
  do {
    head.push((left % 128) | (left >= 128 ? 0x80 : 0))
    left = Math.floor(left / 128)
  } while (left > 0)
  return Uint8Array.from([...head, ...new Uint8Array(length).fill(0xff)])
}

test('packets within the limit pass, cut anywhere', () => {
  const stream = Uint8Array.from([...packet(0), ...packet(300), ...packet(127), ...packet(128), ...packet(1000)])
  for (const cut of [1, 2, 3, 7, stream.length]) {
    const limit = new PacketLimit(1000)
    const pieces: boolean[] = []
    for (let at = 0; at < stream.length; at += cut) pieces.push(limit.takes(stream.subarray(at, at + cut)))
    expect(pieces.every(Boolean)).toBe(true)
  }
})

test('a packet that announces more is refused by its header alone, and so is a length without end', () => {
  expect(new PacketLimit(1000).takes(packet(1001).subarray(0, 3))).toBe(false)
  expect(new PacketLimit(2 ** 40).takes(Uint8Array.of(0x32, 0xff, 0xff, 0xff, 0xff))).toBe(false)
})
