import { canonicalJson } from './canonicalJson'
import { RowState } from './columns'
import type { PictureStore } from './picture'

/**
 * 64 bits of FNV-1a over what the picture says (not over how it came to say it), as 16 hexadecimal digits.
 * Two folds of the same facts have the same hash, whatever the order of arrival.
 */
export function pictureHash(picture: PictureStore): string {
  const hash = new Fnv64()
  const { readings, movers } = picture
  for (let no = 0; no < readings.length; no++) {
    if (readings.state[no] === RowState.never) continue
    hash.numbers([
      no,
      readings.value[no],
      readings.phenomenonTime[no],
      readings.quality[no],
      readings.state[no],
      readings.silentSince[no],
    ])
  }
  for (let no = 0; no < movers.length; no++) {
    if (movers.state[no] === RowState.never) continue
    hash.numbers([
      no,
      movers.longitude[no],
      movers.latitude[no],
      movers.speed[no],
      movers.heading[no],
      movers.phenomenonTime[no],
      movers.quality[no],
    ])
  }
  const { reports, alarms, incidents, tasks, activations, decisions } = picture
  for (const documents of [reports, alarms, incidents, tasks, activations, decisions]) {
    for (const id of [...documents.keys()].sort()) hash.text(canonicalJson(documents.get(id)))
  }
  return hash.digits()
}

class Fnv64 {
  #high = 0xcbf29ce4
  #low = 0x84222325
  readonly #number = new Float64Array(1)
  readonly #bytes = new Uint8Array(this.#number.buffer)

  numbers(values: readonly (number | undefined)[]): void {
    for (const value of values) {
      this.#number[0] = value ?? Number.NaN
      for (const byte of this.#bytes) this.#byte(byte)
    }
  }

  text(value: string): void {
    for (const byte of new TextEncoder().encode(value)) this.#byte(byte)
  }

  digits(): string {
    return [this.#high, this.#low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }

  // Multiplication by the 64-bit FNV prime 2^40 + 0x1b3, in halves of 32 bits.
  #byte(byte: number): void {
    const low = (this.#low ^ byte) >>> 0
    const product = low * 0x1b3
    const carry = Math.floor(product / 2 ** 32)
    this.#high = (Math.imul(this.#high, 0x1b3) + carry + (low << 8)) >>> 0
    this.#low = product >>> 0
  }
}
