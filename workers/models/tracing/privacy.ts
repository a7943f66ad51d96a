import { hmacSha256 } from './sha256'

/** Rows by their quasi-identifiers: the smallest class, and the classes too small to be shown. */
export function kAnonymity(
  rows: readonly (readonly string[])[],
  k: number,
): { readonly smallest: number; readonly isAnonymous: boolean; readonly suppressed: readonly string[] } {
  const classes = new Map<string, number>()
  for (const row of rows) classes.set(row.join('|'), (classes.get(row.join('|')) ?? 0) + 1)
  const smallest = classes.size === 0 ? 0 : Math.min(...classes.values())
  const suppressed = [...classes].flatMap(([name, count]) => (count < k ? [name] : []))
  return { smallest, isAnonymous: suppressed.length === 0, suppressed }
}

/** Pseudonym of an id under the key of the day, as hexadecimal text. @throws RangeError for a key that is not hexadecimal. */
export function pseudonym(keyHex: string, id: string): string {
  if (!/^([0-9a-f]{2})*$/i.test(keyHex)) throw new RangeError('A key is pairs of hexadecimal digits.')
  const key = Uint8Array.from(keyHex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return Array.from(hmacSha256(key, new TextEncoder().encode(id)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}
