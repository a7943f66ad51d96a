const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

/** SHA-1 in hexadecimal. CAP names this hash for resources; it guards nothing here. */
export function sha1(bytes: Uint8Array): string {
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000))
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0)
  const state = Int32Array.of(0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0)
  const words = new Int32Array(80)
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(block + 4 * i)
    for (let i = 16; i < 80; i++) {
      words[i] = rotate(at(words, i - 3) ^ at(words, i - 8) ^ at(words, i - 14) ^ at(words, i - 16), 1)
    }
    mix(state, words)
  }
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

const at = (values: Int32Array, i: number): number => values[i] as number

function mix(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d, e] = [at(state, 0), at(state, 1), at(state, 2), at(state, 3), at(state, 4)]
  for (let i = 0; i < 80; i++) {
    const [f, k] = round(i, b, c, d)
    const next = (rotate(a, 5) + f + e + k + at(words, i)) | 0
    ;[e, d, c, b, a] = [d, c, rotate(b, 30), a, next]
  }
  ;[a, b, c, d, e].forEach((value, i) => {
    state[i] = (at(state, i) + value) | 0
  })
}

function round(i: number, b: number, c: number, d: number): readonly [number, number] {
  if (i < 20) return [(b & c) | (~b & d), 0x5a82_7999]
  if (i < 40) return [b ^ c ^ d, 0x6ed9_eba1]
  return i < 60 ? [(b & c) | (b & d) | (c & d), 0x8f1b_bcdc] : [b ^ c ^ d, 0xca62_c1d6]
}

/** The hash of what base64 text stands for; `undefined` when it is none. */
export function sha1OfBase64(text: string): string | undefined {
  const packed = text.replace(/\s+/g, '')
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return undefined
  const letters = atob(packed)
  return sha1(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)))
}
