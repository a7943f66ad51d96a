import { createHash } from 'node:crypto'

/** The DNS namespace of RFC 9562; the parts are written as JSON, so that ("a", "bc") and ("ab", "c") differ. */
const NAMESPACE = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex')

/** A UUID of version 5 (RFC 9562) from the parts that make a fact what it is: a replay gives the same id. */
export function uuidv5(...parts: readonly (string | number)[]): string {
  const digest = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts)).digest()
  digest[6] = 0x50 | (digest[6]! & 0x0f)
  digest[8] = 0x80 | (digest[8]! & 0x3f)
  const hex = digest.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
