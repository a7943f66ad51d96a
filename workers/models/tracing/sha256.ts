const BLOCK = 64
const ROUNDS = 64

/** HMAC-SHA256 (RFC 2104, FIPS 180-4), here because a kernel takes no module of the platform. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > BLOCK ? sha256(key) : key
  const padded = new Uint8Array(BLOCK)
  padded.set(short)
  const masked = (mask: number): Uint8Array => padded.map((byte) => byte ^ mask)
  return sha256(joined(masked(0x5c), sha256(joined(masked(0x36), message))))
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

/** Fractional bits of the cube roots (or square roots) of the first primes. */
function rootsOfPrimes(count: number, power: number): Uint32Array {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return Uint32Array.from(primes, (prime) => (prime ** power % 1) * 4_294_967_296)
}

const CONSTANTS = rootsOfPrimes(ROUNDS, 1 / 3)
const START = rootsOfPrimes(8, 1 / 2)

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function sha256(message: Uint8Array): Uint8Array {
  const length = Math.ceil((message.length + 9) / BLOCK) * BLOCK
  const bytes = new Uint8Array(length)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setUint32(length - 4, message.length << 3)
  view.setUint32(length - 8, message.length >>> 29)
  const state = Uint32Array.from(START)
  for (let at = 0; at < length; at += BLOCK) compress(state, schedule(view, at))
  const out = new DataView(new ArrayBuffer(32))
  for (const [i, word] of state.entries()) out.setUint32(4 * i, word)
  return new Uint8Array(out.buffer)
}

function schedule(view: DataView, at: number): Uint32Array {
  const words = new Uint32Array(ROUNDS)
  for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + 4 * i)
  for (let i = 16; i < ROUNDS; i++) {
    const [near, far] = [words[i - 2]!, words[i - 15]!]
    const low = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3)
    const high = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10)
    words[i] = words[i - 16]! + low + words[i - 7]! + high
  }
  return words
}

function compress(state: Uint32Array, words: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < ROUNDS; i++) {
    const mixE = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const one = (h + mixE + ((e & f) ^ (~e & g)) + CONSTANTS[i]! + words[i]!) | 0
    const mixA = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const two = (mixA + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i]! += word
}
