import { type Result, err, ok } from '@/domain/result'
import type { CprHalf } from './cpr'

/** What one extended squitter says. Altitude in feet, speed in knots, heading in degrees, climb in feet per minute. */
export interface AdsbMessage {
  readonly icao: string
  readonly typeCode: number
  readonly callsign?: string
  readonly altitudeFt?: number
  readonly half?: CprHalf
  readonly speed?: number
  readonly heading?: number
  readonly climb?: number
}

export interface AdsbRefusal {
  readonly reason: 'notAdsb' | 'parityWrong'
  readonly message: string
}

const GENERATOR = 0xfff409
const LETTERS = '#ABCDEFGHIJKLMNOPQRSTUVWXYZ##### ###############0123456789######'

/** Reads a frame of 112 bits; its last 24 are the remainder of the rest by the Mode S generator. */
export function readAdsb(bytes: Uint8Array): Result<AdsbMessage, AdsbRefusal> {
  const format = bytes.length === 14 ? (bytes[0] as number) >> 3 : 0
  if (format !== 17 && format !== 18) {
    return err({ reason: 'notAdsb', message: 'The frame is no extended squitter of 14 bytes.' })
  }
  if (remainder(bytes) !== 0) return err({ reason: 'parityWrong', message: 'The parity of the frame is wrong.' })
  const icao = bits(bytes, 8, 24).toString(16).toUpperCase().padStart(6, '0')
  const typeCode = bits(bytes, 32, 5)
  return ok({ icao, typeCode, ...bodyOf(bytes, typeCode) })
}

function bodyOf(bytes: Uint8Array, typeCode: number): Omit<AdsbMessage, 'icao' | 'typeCode'> {
  if (typeCode >= 1 && typeCode <= 4) return { callsign: callsignOf(bytes) }
  if (typeCode >= 9 && typeCode <= 18) {
    const altitude = altitudeOf(bits(bytes, 40, 12))
    return { ...(altitude === undefined ? {} : { altitudeFt: altitude }), half: halfOf(bytes) }
  }
  return typeCode === 19 ? velocityOf(bytes) : {}
}

const halfOf = (bytes: Uint8Array): CprHalf => ({
  odd: bits(bytes, 53, 1) === 1,
  latitude: bits(bytes, 54, 17),
  longitude: bits(bytes, 71, 17),
})

function callsignOf(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < 8; i++) text += LETTERS[bits(bytes, 40 + 6 * i, 6)] ?? ''
  return text.replace(/#/g, '').trim()
}

/** Twelve bits with the Q bit set count 25 ft from -1000; the old Gillham code is not read. */
function altitudeOf(code: number): number | undefined {
  if ((code & 0x10) === 0) return undefined
  return (((code & 0xfe0) >> 1) | (code & 0xf)) * 25 - 1000
}

function velocityOf(bytes: Uint8Array): Omit<AdsbMessage, 'icao' | 'typeCode'> {
  const subtype = bits(bytes, 37, 3)
  const rate = bits(bytes, 69, 9)
  const climb = rate === 0 ? {} : { climb: (bits(bytes, 68, 1) === 1 ? -1 : 1) * (rate - 1) * 64 }
  const [east, north] = [bits(bytes, 46, 10), bits(bytes, 57, 10)]
  if ((subtype !== 1 && subtype !== 2) || east === 0 || north === 0) return climb
  const unit = subtype === 2 ? 4 : 1
  const x = (bits(bytes, 45, 1) === 1 ? -1 : 1) * (east - 1) * unit
  const y = (bits(bytes, 56, 1) === 1 ? -1 : 1) * (north - 1) * unit
  const heading = (Math.atan2(x, y) * 180) / Math.PI
  return { ...climb, speed: Math.hypot(x, y), heading: (heading + 360) % 360 }
}

function bits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0
  for (let i = start; i < start + count; i++) value = value * 2 + (((bytes[i >> 3] as number) >> (7 - (i & 7))) & 1)
  return value
}

function remainder(bytes: Uint8Array): number {
  let rest = 0
  for (let i = 0; i < bytes.length * 8; i++) {
    const bit = ((bytes[i >> 3] as number) >> (7 - (i & 7))) & 1
    const carry = (rest >> 23) & 1
    rest = ((rest << 1) | bit) & 0xff_ffff
    if (carry === 1) rest ^= GENERATOR
  }
  return rest
}
