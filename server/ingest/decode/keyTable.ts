import { HASH_START, hashStep } from './canonicalLine'

const NONE = -1
const FIRST_SLOTS = 1_024

/**
 * Numbers of names by their UTF-8 bytes as they lie in a body: no string is made to look one up. Open addressing,
 * at most half full.
 */
export class KeyTable {
  #slots = new Int32Array(FIRST_SLOTS).fill(NONE)
  #bytes = new Uint8Array(FIRST_SLOTS * 16)
  #used = 0
  /** Per name: where its bytes end (they begin where those of the one before end), its hash and its number. */
  readonly #ends: number[] = []
  readonly #hashes: number[] = []
  readonly #nos: number[] = []

  /** Adds a name, or gives one that is known another number. */
  set(key: string, no: number): void {
    const bytes = Buffer.from(key)
    let hash = HASH_START
    for (const byte of bytes) hash = hashStep(hash, byte)
    const known = this.#index(bytes, 0, bytes.length, hash)
    if (known !== NONE) this.#nos[known] = no
    else this.#add(bytes, hash, no)
  }

  /** The number of the name at `bytes[start, end)`, -1 when there is none. Hot path. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const index = this.#index(bytes, start, end, hash)
    return index === NONE ? NONE : (this.#nos[index] as number)
  }

  #index(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const index = this.#slots[slot] as number
      if (index === NONE || (this.#hashes[index] === hash && this.#isAt(index, bytes, start, end))) return index
    }
  }

  #isAt(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = index === 0 ? 0 : (this.#ends[index - 1] as number)
    if ((this.#ends[index] as number) - from !== end - start) return false
    for (let i = start, at = from; i < end; i++, at++) if (this.#bytes[at] !== bytes[i]) return false
    return true
  }

  #add(bytes: Uint8Array, hash: number, no: number): void {
    if (2 * this.#nos.length >= this.#slots.length) this.#widen()
    while (this.#used + bytes.length > this.#bytes.length) {
      const wider = new Uint8Array(2 * this.#bytes.length)
      wider.set(this.#bytes)
      this.#bytes = wider
    }
    this.#bytes.set(bytes, this.#used)
    this.#used += bytes.length
    this.#ends.push(this.#used)
    this.#hashes.push(hash)
    this.#nos.push(no)
    this.#place(this.#nos.length - 1)
  }

  #widen(): void {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(NONE)
    for (let index = 0; index < this.#nos.length; index++) this.#place(index)
  }

  #place(index: number): void {
    const mask = this.#slots.length - 1
    let slot = (this.#hashes[index] as number) & mask
    while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask
    this.#slots[slot] = index
  }
}
