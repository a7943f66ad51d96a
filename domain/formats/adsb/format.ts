import { type FormatReading, ReadingBuilder, fromHex } from '../reading'
import { type CprHalf, globalPosition } from './cpr'
import { type AdsbMessage, readAdsb } from './frame'

/** Two halves make a position while the aircraft cannot have flown far. */
const PAIR_SECONDS = 10
const AIRCRAFT_MOST = 20_000
const LINE = /^(?:"?(\d{9,13}(?:\.\d+)?)"?,)?[*@]?"?([0-9A-Fa-f]{28})"?;?(?:,.*)?$/

interface Halves {
  even?: { readonly half: CprHalf; readonly at: number }
  odd?: { readonly half: CprHalf; readonly at: number }
}

/**
 * Reads lines of hexadecimal frames, `*8D…;` or with a time in epoch seconds before them. Rows have `icao`, `typeCode`,
 * `time` and what the frame says; a place comes with the frame that completes a pair of halves.
 */
export function adsbFormat(bytes: Uint8Array, { arrivedAt }: { readonly arrivedAt: number }): FormatReading {
  const builder = new ReadingBuilder()
  const aircraft = new Map<string, Halves>()
  const lines = new TextDecoder('iso-8859-1').decode(bytes).split(/\r?\n/)
  lines.forEach((text, i) => {
    if (text.trim() === '') return
    const found = LINE.exec(text.trim())
    const frame = found === null ? undefined : fromHex(found[2] ?? '')
    if (found === null || frame === undefined) {
      return builder.refuse(i + 1, { reason: 'notAdsb', message: 'The line holds no frame of 28 digits.' }, text)
    }
    const read = readAdsb(frame)
    if (!read.ok) return builder.refuse(i + 1, read.error, text)
    const { half, ...said } = read.value
    const time = found[1] === undefined ? arrivedAt / 1000 : Number(found[1])
    const place = half === undefined ? undefined : placeOf(aircraft, said, { half, at: time })
    builder.row(i + 1, { time, kind: kindOf(read.value, place !== undefined), ...said, ...place }, text)
  })
  return builder
}

function kindOf({ half, callsign, typeCode }: AdsbMessage, placed: boolean): string {
  if (half !== undefined) return placed ? 'position' : 'halfPosition'
  if (callsign !== undefined) return 'identity'
  return typeCode === 19 ? 'velocity' : 'other'
}

function placeOf(
  aircraft: Map<string, Halves>,
  { icao }: Pick<AdsbMessage, 'icao'>,
  heard: { readonly half: CprHalf; readonly at: number },
): ReturnType<typeof globalPosition> {
  const halves = aircraft.get(icao) ?? {}
  if (aircraft.size < AIRCRAFT_MOST) aircraft.set(icao, halves)
  if (heard.half.odd) halves.odd = heard
  else halves.even = heard
  const { even, odd } = halves
  if (even === undefined || odd === undefined || Math.abs(even.at - odd.at) > PAIR_SECONDS) return undefined
  return globalPosition(even.half, odd.half, heard.half.odd)
}
