import type { Chance } from '@/domain/numeric/seeded'
import type { Format } from '@/domain/formats/reading'

const HOSTILE = [
  '<!DOCTYPE a [<!ENTITY x "y">]>',
  '&x;',
  '&#0;',
  '\u0000',
  '"',
  '<',
  '{',
  '[[[[[[[[',
  '-1',
  '1e999',
  '\uFEFF',
  '%[1]s',
  '../../..',
]

/** One payload made from a good one: a few bytes flipped, cut, doubled, moved or replaced by what attackers send. */
export function mutated(bytes: Uint8Array, chance: Chance): Uint8Array {
  let out = Buffer.from(bytes)
  const rounds = 1 + Math.floor(chance.next() * 6)
  for (let i = 0; i < rounds; i++) out = mutatedOnce(out, chance)
  return Uint8Array.from(out)
}

function mutatedOnce(bytes: Buffer, chance: Chance): Buffer<ArrayBuffer> {
  const at = Math.floor(chance.next() * (bytes.length + 1))
  const to = Math.min(bytes.length, at + Math.floor(chance.next() * 24))
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (Math.floor(chance.next() * 7)) {
    case 0:
      return Buffer.concat([head, Buffer.of(Math.floor(chance.next() * 256)), tail.subarray(1)])
    case 1:
      return Buffer.concat([head, bytes.subarray(to)])
    case 2:
      return Buffer.concat([head, bytes.subarray(at, to), bytes.subarray(at, to), bytes.subarray(to)])
    case 3:
      return Buffer.concat([head])
    case 4:
      return Buffer.concat([head, Buffer.from(HOSTILE[Math.floor(chance.next() * HOSTILE.length)] ?? ''), tail])
    case 5:
      return Buffer.concat([head, Buffer.from(bytes.subarray(at, to)).reverse(), bytes.subarray(to)])
    default: {
      const copy = Buffer.from(bytes)
      if (copy.length > 0) copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ (1 << Math.floor(chance.next() * 8))
      return copy
    }
  }
}

export interface FuzzCount {
  readonly payloads: number
  /** Payloads of which something was read, and of which something was refused; both may be. */
  readonly read: number
  readonly refused: number
  /** Payloads that gave neither a row nor a reason: lost. Empty ones have nothing to give. */
  readonly lost: number
  readonly slowestMs: number
}

/** Feeds mutations of `seed` to a format. @throws whatever the format throws: it must not */
export function fuzz(format: Format, seed: Uint8Array, count: number, chance: Chance): FuzzCount {
  let [read, refused, lost, slowestMs] = [0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    const bytes = mutated(seed, chance)
    const began = performance.now()
    const reading = format(bytes, { arrivedAt: 1_784_537_400_000 })
    slowestMs = Math.max(slowestMs, performance.now() - began)
    if (reading.rows.length > 0) read += 1
    if (reading.refused.some(({ reason, message }) => reason !== '' && message !== '')) refused += 1
    if (reading.rows.length === 0 && reading.refused.length === 0 && !isBlank(bytes)) lost += 1
  }
  return { payloads: count, read, refused, lost, slowestMs }
}

const isBlank = (bytes: Uint8Array): boolean => Buffer.from(bytes).toString('utf8').trim() === ''
