import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HASH_START, hashStep } from './canonicalLine'
import { KeyTable } from './keyTable'

const hashOf = (bytes: Uint8Array): number => bytes.reduce(hashStep, HASH_START)

test('finds what a map of strings finds, wherever the bytes lie', () => {
  const name = fc.stringMatching(/^[a-c水é]{1,6}$/u)
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.nat(0xffff_ffff)), { maxLength: 60 }), fc.array(name), (pairs, asked) => {
      const table = new KeyTable()
      const map = new Map(pairs)
      for (const [key, no] of pairs) table.set(key, no)
      for (const key of [...asked, ...map.keys()]) {
        const bytes = Buffer.from(`xx${key}yy`)
        const end = bytes.length - 2
        expect(table.find(bytes, 2, end, hashOf(bytes.subarray(2, end)))).toBe(map.get(key) ?? -1)
      }
    }),
  )
})

test('holds a city, and tells names of one hash apart', () => {
  const table = new KeyTable()
  const keys = Array.from({ length: 50_000 }, (_, i) => `gauge-${i}.level`)
  keys.forEach((key, no) => table.set(key, no))
  keys.forEach((key, no) => {
    const bytes = Buffer.from(key)
    if (table.find(bytes, 0, bytes.length, hashOf(bytes)) !== no) throw new Error(`${key} is not ${no}`)
  })
  const [one, other] = [Buffer.from('gauge-1.level'), Buffer.from('gauge-2.level')]
  expect(table.find(other, 0, other.length, hashOf(one))).toBe(-1)
})
