import { open, readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { type LogRecord, rowCount } from '@/domain/batch'
import { decodeRecord, encodeRecord } from '@/domain/batchCodec'

/**
 * One file of the log: 8 bytes of magic, then frames of u32 length, u32 crc32 of the payload, payload (a record).
 * Little-endian. A frame that is cut or does not match its sum ends the readable part.
 */
export const SEGMENT_MAGIC = Buffer.from('BFLOG001')
const FRAME_HEAD = 8

/** The disk as the log uses it. Positions and sizes in bytes. */
export interface SegmentHandle {
  write(buffers: readonly Uint8Array[], position: number): Promise<void>
  sync(): Promise<void>
  truncate(size: number): Promise<void>
  close(): Promise<void>
}

export type OpenSegment = (path: string) => Promise<SegmentHandle>

/** Opens a segment for writing, made when it is not there. */
export const openSegment: OpenSegment = async (path) => {
  const handle = await open(path, 'a+').then(async (made) => {
    await made.close()
    return open(path, 'r+')
  })
  return {
    async write(buffers, position) {
      let at = position
      let rest: Uint8Array[] = [...buffers]
      while (rest.length > 0) {
        const { bytesWritten } = await handle.writev(rest, at)
        at += bytesWritten
        rest = afterBytes(rest, bytesWritten)
      }
    },
    sync: () => handle.datasync(),
    truncate: (size) => handle.truncate(size),
    close: () => handle.close(),
  }
}

/** What is left of `buffers` after their first `count` bytes: a write may be short. */
function afterBytes(buffers: readonly Uint8Array[], count: number): Uint8Array[] {
  let skip = count
  const rest: Uint8Array[] = []
  for (const buffer of buffers) {
    if (skip >= buffer.length) skip -= buffer.length
    else {
      rest.push(skip === 0 ? buffer : buffer.subarray(skip))
      skip = 0
    }
  }
  return rest
}

/** A record as its two buffers: head of the frame and payload. */
export function frameOf(record: LogRecord): [Buffer, Uint8Array] {
  const payload = encodeRecord(record)
  const head = Buffer.allocUnsafe(FRAME_HEAD)
  head.writeUInt32LE(payload.length, 0)
  head.writeUInt32LE(crc32(payload), 4)
  return [head, payload]
}

export interface ReadSegment {
  readonly records: LogRecord[]
  /** Bytes up to the end of the last whole frame. */
  readonly goodBytes: number
  readonly fileBytes: number
}

/** Reads every whole frame up to `limit` bytes of the file. Never throws on what it finds, only when it cannot read. */
export async function readSegment(path: string, limit = Number.POSITIVE_INFINITY): Promise<ReadSegment> {
  const file = await readFile(path)
  const bytes = file.subarray(0, Math.min(file.length, limit))
  const records: LogRecord[] = []
  if (bytes.length < SEGMENT_MAGIC.length || !bytes.subarray(0, SEGMENT_MAGIC.length).equals(SEGMENT_MAGIC)) {
    return { records, goodBytes: 0, fileBytes: file.length }
  }
  let at = SEGMENT_MAGIC.length
  while (at + FRAME_HEAD <= bytes.length) {
    const length = bytes.readUInt32LE(at)
    const start = at + FRAME_HEAD
    if (start + length > bytes.length) break
    const payload = bytes.subarray(start, start + length)
    if (crc32(payload) !== bytes.readUInt32LE(at + 4)) break
    const record = tryDecode(payload)
    if (record === undefined) break
    records.push(record)
    at = start + length
  }
  return { records, goodBytes: at, fileBytes: file.length }
}

function tryDecode(payload: Uint8Array): LogRecord | undefined {
  try {
    return decodeRecord(payload)
  } catch {
    return undefined
  }
}

/** The seq after a record's last row. */
export const endOf = (record: LogRecord): { epoch: number; offset: number } => ({
  epoch: record.epoch,
  offset: record.offset + rowCount(record),
})
