import { type MoverColumns, type ReadingColumns, RowState } from './columns'
import type { PictureStore } from './picture'

/**
 * Rows on the wire, little-endian, column after column so that every view is aligned:
 * u32 count, u32 zero, then the f64 columns, the u32, the f32, the u16, the u8. `offset` of the seq is an f64.
 */
const HEAD = 8
const READING_BYTES = 8 * 5 + 4 * 2 + 2 + 1
const MOVER_BYTES = 8 * 5 + 4 * 2 + 4 * 2 + 2

export function packReadings(rows: ReadingColumns, nos: readonly number[]): Uint8Array {
  const count = nos.length
  const out = new Uint8Array(HEAD + count * READING_BYTES)
  const at = cursor(out.buffer, count)
  new Uint32Array(out.buffer, 0, 1)[0] = count
  gather(at.f64(), rows.value, nos)
  gather(at.f64(), rows.phenomenonTime, nos)
  gather(at.f64(), rows.knownTime, nos)
  gather(at.f64(), rows.offset, nos)
  gather(at.f64(), rows.silentSince, nos)
  at.u32().set(nos)
  gather(at.u32(), rows.epoch, nos)
  gather(at.u16(), rows.quality, nos)
  gather(at.u8(), rows.state, nos)
  return out
}

export function unpackReadings(picture: PictureStore, bytes: Uint8Array | ArrayBuffer): void {
  const { buffer, count } = opened(bytes, READING_BYTES)
  const at = cursor(buffer, count)
  const [value, phenomenonTime, knownTime, offset, silentSince] = [at.f64(), at.f64(), at.f64(), at.f64(), at.f64()]
  const [nos, epoch, quality, state] = [at.u32(), at.u32(), at.u16(), at.u8()]
  const rows = picture.readings
  for (let i = 0; i < count; i++) {
    const no = nos[i] as number
    rows.reach(no)
    picture.changed.readings.add(no)
  }
  scatter(rows.value, value, nos)
  scatter(rows.phenomenonTime, phenomenonTime, nos)
  scatter(rows.knownTime, knownTime, nos)
  scatter(rows.offset, offset, nos)
  scatter(rows.silentSince, silentSince, nos)
  scatter(rows.epoch, epoch, nos)
  scatter(rows.quality, quality, nos)
  scatter(rows.state, state, nos)
  for (let i = 0; i < count; i++) {
    const no = nos[i] as number
    rows.silenceOf[no] = state[i] === RowState.silent ? (phenomenonTime[i] as number) : Number.NEGATIVE_INFINITY
    rows.silenceSince[no] = silentSince[i] as number
  }
}

export function packMovers(rows: MoverColumns, nos: readonly number[]): Uint8Array {
  const count = nos.length
  const out = new Uint8Array(HEAD + count * MOVER_BYTES)
  const at = cursor(out.buffer, count)
  new Uint32Array(out.buffer, 0, 1)[0] = count
  gather(at.f64(), rows.longitude, nos)
  gather(at.f64(), rows.latitude, nos)
  gather(at.f64(), rows.phenomenonTime, nos)
  gather(at.f64(), rows.knownTime, nos)
  gather(at.f64(), rows.offset, nos)
  at.u32().set(nos)
  gather(at.u32(), rows.epoch, nos)
  gather(at.f32(), rows.speed, nos)
  gather(at.f32(), rows.heading, nos)
  gather(at.u16(), rows.quality, nos)
  return out
}

export function unpackMovers(picture: PictureStore, bytes: Uint8Array | ArrayBuffer): void {
  const { buffer, count } = opened(bytes, MOVER_BYTES)
  const at = cursor(buffer, count)
  const [longitude, latitude, phenomenonTime, knownTime, offset] = [at.f64(), at.f64(), at.f64(), at.f64(), at.f64()]
  const [nos, epoch, speed, heading, quality] = [at.u32(), at.u32(), at.f32(), at.f32(), at.u16()]
  const rows = picture.movers
  for (let i = 0; i < count; i++) {
    const no = nos[i] as number
    rows.reach(no)
    rows.state[no] = RowState.fresh
    picture.changed.movers.add(no)
  }
  scatter(rows.longitude, longitude, nos)
  scatter(rows.latitude, latitude, nos)
  scatter(rows.phenomenonTime, phenomenonTime, nos)
  scatter(rows.knownTime, knownTime, nos)
  scatter(rows.offset, offset, nos)
  scatter(rows.epoch, epoch, nos)
  scatter(rows.speed, speed, nos)
  scatter(rows.heading, heading, nos)
  scatter(rows.quality, quality, nos)
}

type Numbers = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array

function gather(out: Numbers, from: Numbers, nos: readonly number[]): void {
  for (let i = 0; i < nos.length; i++) out[i] = from[nos[i] as number] as number
}

function scatter(into: Numbers, from: Numbers, nos: Uint32Array): void {
  for (let i = 0; i < nos.length; i++) into[nos[i] as number] = from[i] as number
}

/** The parser of a browser hands binary over as ArrayBuffer, the one of Node as a part of its frame. */
function opened(received: Uint8Array | ArrayBuffer, rowBytes: number): { buffer: ArrayBufferLike; count: number } {
  const bytes = received instanceof ArrayBuffer ? new Uint8Array(received) : received
  // A message seldom starts at byte 0 of its frame: copied once to be viewed as columns (a Buffer's own slice would not copy).
  const { buffer } = bytes.byteOffset === 0 ? bytes : Uint8Array.prototype.slice.call(bytes)
  const count = bytes.byteLength < HEAD ? -1 : (new Uint32Array(buffer, 0, 1)[0] as number)
  if (bytes.byteLength !== HEAD + count * rowBytes)
    throw new RangeError(`Rows on the wire: ${bytes.byteLength} bytes are not ${count} rows of ${rowBytes}.`)
  return { buffer, count }
}

function cursor(buffer: ArrayBufferLike, count: number) {
  let byte = HEAD
  const next = (size: number): number => {
    const at = byte
    byte += size * count
    return at
  }
  return {
    f64: () => new Float64Array(buffer, next(8), count),
    u32: () => new Uint32Array(buffer, next(4), count),
    f32: () => new Float32Array(buffer, next(4), count),
    u16: () => new Uint16Array(buffer, next(2), count),
    u8: () => new Uint8Array(buffer, next(1), count),
  }
}

/** The row numbers of packed readings, without unpacking them. */
export const packedReadingNos = (rows: Uint8Array): Uint32Array => packedNos(rows, READING_BYTES)
/** The row numbers of packed movers, without unpacking them. */
export const packedMoverNos = (rows: Uint8Array): Uint32Array => packedNos(rows, MOVER_BYTES)

// Both forms begin with five f64 columns; the numbers follow.
function packedNos(rows: Uint8Array, rowBytes: number): Uint32Array {
  const { buffer, count } = opened(rows, rowBytes)
  return new Uint32Array(buffer, HEAD + 8 * 5 * count, count)
}
