/** A stream of chance that its seed alone decides: equal seeds give equal streams in every process. */
export interface Chance {
  /** Evenly spread in [0, 1), 53 bits. */
  next(): number
}

/**
 * Chance from a whole number 0 to 2^53 - 1 (sfc32 of Chris Doty-Humphrey, seeded by both halves of the number).
 * @throws RangeError when the seed is no such number.
 */
export function seeded(seed: number): Chance {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`A seed is a whole number from 0, got ${seed}.`)
  let a = seed >>> 0
  let b = Math.floor(seed / 4_294_967_296) >>> 0
  let c = 0x9e37_79b9
  let counter = 1
  const word = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return t >>> 0
  }
  for (let i = 0; i < 16; i++) word()
  return { next: () => ((word() >>> 5) * 67_108_864 + (word() >>> 6)) / 9_007_199_254_740_992 }
}

/** A standard normal number (Marsaglia's polar method, one of the two thrown away so that the stream has no memory). */
export function normal(chance: Chance): number {
  for (;;) {
    const x = 2 * chance.next() - 1
    const y = 2 * chance.next() - 1
    const s = x * x + y * y
    if (s > 0 && s < 1) return x * Math.sqrt((-2 * Math.log(s)) / s)
  }
}
