import { type Result, err, ok } from '@/domain/result'
import type { CellValue } from '../reading'
import { toHex } from '../reading'
import { bcd } from './frame'

/** Additional items of a location report that have a plain number: id, length, name, factor. */
const ITEMS: ReadonlyMap<number, { readonly length: number; readonly name: string; readonly factor: number }> = new Map(
  [
    [0x01, { length: 4, name: 'mileageKm', factor: 0.1 }],
    [0x02, { length: 2, name: 'fuelL', factor: 0.1 }],
    [0x03, { length: 2, name: 'recorderSpeed', factor: 0.1 }],
    [0x30, { length: 1, name: 'signal', factor: 1 }],
    [0x31, { length: 1, name: 'satellites', factor: 1 }],
  ],
)

export type LocationFields = Readonly<Record<string, CellValue>>

export interface LocationRefusal {
  readonly reason: 'bodyShort' | 'timeUnreadable' | 'notFixed'
  readonly message: string
}

/**
 * Reads the body of 0x0200. Degrees as the terminal gives them (`crs` says GCJ-02 when a plug-in encrypted them),
 * speed in km/h, heading in degrees, altitude in m, time with its zone +08:00.
 */
export function readLocation(body: Uint8Array): Result<LocationFields, LocationRefusal> {
  if (body.length < 28)
    return err({ reason: 'bodyShort', message: `A location has 28 bytes, this one ${body.length}.` })
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  const status = view.getUint32(4)
  const time = terminalTime(body.subarray(22, 28))
  if (time === undefined)
    return err({ reason: 'timeUnreadable', message: `${toHex(body.subarray(22, 28))} is no time.` })
  if ((status & 2) === 0) return err({ reason: 'notFixed', message: 'The terminal says that it has no position fix.' })
  return ok({
    time,
    alarm: view.getUint32(0),
    status,
    acc: status & 1,
    latitude: ((status & 4) === 0 ? 1 : -1) * (view.getUint32(8) / 1e6),
    longitude: ((status & 8) === 0 ? 1 : -1) * (view.getUint32(12) / 1e6),
    altitude: view.getInt16(16),
    speed: view.getUint16(18) / 10,
    heading: view.getUint16(20),
    crs: (status & 0x20) === 0 ? 'WGS84' : 'GCJ02',
    ...additional(body.subarray(28)),
  })
}

/** Items that are not in the table are kept as hexadecimal under `x` and their id. */
function additional(bytes: Uint8Array): Record<string, CellValue> {
  const fields: Record<string, CellValue> = {}
  for (let at = 0; at + 2 <= bytes.length; ) {
    const id = bytes[at] as number
    const length = bytes[at + 1] as number
    const value = bytes.subarray(at + 2, at + 2 + length)
    if (value.length < length) break
    const item = ITEMS.get(id)
    if (item?.length === length) fields[item.name] = rounded(bigEndian(value) * item.factor)
    else fields[`x${toHex(Uint8Array.of(id))}`] = toHex(value)
    at += 2 + length
  }
  return fields
}

const bigEndian = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0)
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6

/** BCD YYMMDDhhmmss of Beijing time as ISO 8601. */
export function terminalTime(bytes: Uint8Array): string | undefined {
  const digits = bcd(bytes)
  const parts = digits === undefined ? null : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const [m, d, h] = [Number(month), Number(day), Number(hour)]
  if (m < 1 || m > 12 || d < 1 || d > 31 || h > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return `20${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`
}

/** Locations of 0x0704, each read or refused for itself; those that were kept out of cover come with `history` 1. */
export function readBatch(body: Uint8Array): readonly Result<LocationFields, LocationRefusal>[] {
  if (body.length < 3) return [err({ reason: 'bodyShort', message: 'A batch has at least 3 bytes.' })]
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  const count = view.getUint16(0)
  const history = body[2] as number
  const read: Result<LocationFields, LocationRefusal>[] = []
  let at = 3
  for (let i = 0; i < count; i++) {
    const length = at + 2 <= body.length ? view.getUint16(at) : Number.POSITIVE_INFINITY
    if (at + 2 + length > body.length) {
      const message = `The batch says ${count} locations and ends in number ${i + 1}.`
      return [...read, err({ reason: 'bodyShort', message })]
    }
    const location = readLocation(body.subarray(at + 2, at + 2 + length))
    read.push(location.ok ? ok({ ...location.value, history }) : location)
    at += 2 + length
  }
  return read
}
