/**
 * Chance without state: a number that depends on its keys alone, so that the same seed, stream and moment give the same
 * value in every process and after every restart.
 */
export function hash32(...keys: readonly number[]): number {
  let h = 0x9e3779b9
  for (const key of keys) {
    // Both halves of the number count: epoch milliseconds pass 2^32.
    h = mix(h ^ (key >>> 0))
    h = mix(h ^ Math.floor(key / 4_294_967_296))
  }
  return h >>> 0
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return h ^ (h >>> 16)
}

/** Evenly spread in [0, 1). */
export const unit = (...keys: readonly number[]): number => hash32(...keys) / 4_294_967_296

/** Evenly spread in [low, high). */
export const between = (low: number, high: number, ...keys: readonly number[]): number =>
  low + (high - low) * unit(...keys)

/** Near-normal, mean 0, deviation 1, never beyond ±3.5: the sum of four even numbers. */
export function noise(...keys: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < 4; i++) sum += unit(...keys, i)
  return (sum - 2) * 1.732
}

/** A number for a text, to key chance by a name. */
export function textKey(text: string): number {
  let h = 2_166_136_261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16_777_619)
  return h >>> 0
}

/** A run of chance from one key: each call moves on. For building a city, where order is fixed. */
export class Dice {
  #state: number

  constructor(...keys: readonly number[]) {
    this.#state = hash32(...keys)
  }

  /** Evenly spread in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!
  }
}
