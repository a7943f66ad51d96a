import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { SourceRefused } from '../refused'
import { BrokenMessage, bytesKey, eachField, Message, varintKey } from './message'
import { OsmData } from './osmData'
import { readBlock } from './readBlock'

// The format's own limits: a reader may refuse anything larger.
const HEADER_LIMIT = 64 * 1024
const BLOB_LIMIT = 32 * 1024 * 1024
const FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'LocationsOnWays'])

/**
 * Reads an OpenStreetMap PBF extract whole.
 * @param report told the share of the file that is read, 0 to 1
 * @throws SourceRefused with the reason: not a PBF, cut off, larger than the format allows, a needed feature unknown.
 */
export async function readPbf(file: string, report: (share: number) => void = () => undefined): Promise<OsmData> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new SourceRefused(file, 'cannot be opened.', { cause })
  })
  try {
    return await readBlobs(handle, file, report)
  } catch (cause) {
    if (cause instanceof BrokenMessage) throw new SourceRefused(file, `is broken: ${cause.message}`, { cause })
    throw cause
  } finally {
    await handle.close()
  }
}

async function readBlobs(handle: FileHandle, file: string, report: (share: number) => void): Promise<OsmData> {
  const { size } = await handle.stat()
  const data = new OsmData()
  let at = 0
  let hasHeader = false
  while (at < size) {
    const head = await readExactly(handle, { at, length: 4, file })
    const headerLength = head.readUInt32BE(0)
    if (headerLength > HEADER_LIMIT) throw new SourceRefused(file, 'is not an OpenStreetMap PBF file.')
    const { type, length } = blobHeader(await readExactly(handle, { at: at + 4, length: headerLength, file }))
    if (length > BLOB_LIMIT) throw new SourceRefused(file, `holds a blob of ${length} bytes; 32 MB is the most.`)
    if (!hasHeader && type !== 'OSMHeader') throw new SourceRefused(file, 'is not an OpenStreetMap PBF file.')
    const blob = await readExactly(handle, { at: at + 4 + headerLength, length, file })
    at += 4 + headerLength + length
    if (type === 'OSMHeader') {
      readHeader(new Message(inflateBlob(blob, file)), data, file)
      hasHeader = true
    } else if (type === 'OSMData') readBlock(new Message(inflateBlob(blob, file)), data)
    report(at / size)
  }
  if (!hasHeader) throw new SourceRefused(file, 'is empty.')
  return data
}

async function readExactly(
  handle: FileHandle,
  { at, length, file }: { at: number; length: number; file: string },
): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await handle.read(bytes, 0, length, at)
  if (bytesRead < length && at === 0) throw new SourceRefused(file, 'is not an OpenStreetMap PBF file.')
  if (bytesRead < length)
    throw new SourceRefused(file, `is cut off: ${length - bytesRead} bytes are missing at the end.`)
  return bytes
}

function blobHeader(bytes: Uint8Array): { type: string; length: number } {
  let [type, length] = ['', -1]
  const message = new Message(bytes)
  eachField(message, (key) => {
    if (key === bytesKey(1)) type = Buffer.from(message.bytes()).toString('latin1')
    else if (key === varintKey(3)) length = message.unsigned()
    else return false
    return true
  })
  if (length < 0) throw new BrokenMessage('A blob does not say its length.')
  return { type, length }
}

function inflateBlob(bytes: Uint8Array, file: string): Uint8Array {
  const message = new Message(bytes)
  let raw: Uint8Array | undefined
  let packed: Uint8Array | undefined
  let length = -1
  eachField(message, (key) => {
    if (key === bytesKey(1)) raw = message.bytes()
    else if (key === varintKey(2)) length = message.unsigned()
    else if (key === bytesKey(3)) packed = message.bytes()
    else return false
    return true
  })
  if (raw !== undefined) return raw
  if (packed === undefined)
    throw new SourceRefused(file, 'is packed by another method than zlib; write it again with zlib.')
  if (length > BLOB_LIMIT)
    throw new SourceRefused(file, `holds a block that grows to ${length} bytes; 32 MB is the most.`)
  try {
    const block = inflateSync(packed, { maxOutputLength: BLOB_LIMIT })
    if (length >= 0 && block.length !== length) throw new BrokenMessage('a block has another length than it says.')
    return block
  } catch (cause) {
    if (cause instanceof BrokenMessage) throw cause
    const tooLarge = cause instanceof RangeError
    throw new SourceRefused(
      file,
      tooLarge ? 'holds a block that grows beyond 32 MB.' : 'holds a block that cannot be unpacked.',
      { cause },
    )
  }
}

function readHeader(message: Message, data: OsmData, file: string): void {
  eachField(message, (key) => {
    if (key === bytesKey(1)) data.box = readBox(message.message())
    else if (key === bytesKey(4)) requireFeature(Buffer.from(message.bytes()).toString('utf8'), file)
    else if (key === varintKey(32)) data.newest = Math.max(data.newest, message.integer())
    else return false
    return true
  })
}

function requireFeature(feature: string, file: string): void {
  if (!FEATURES.has(feature))
    throw new SourceRefused(file, `needs a reader that knows “${feature}”; Belfry reads plain extracts.`)
}

/** Nanodegrees to degrees. */
function readBox(message: Message): readonly [number, number, number, number] | undefined {
  const sides = new Map<number, number>()
  eachField(message, (key) => {
    if (key % 8 !== 0) return false
    sides.set(key / 8, message.signed() / 1e9)
    return true
  })
  const [west, east, north, south] = [1, 2, 3, 4].map((field) => sides.get(field) ?? Number.NaN)
  const box = [west!, south!, east!, north!] as const
  const isBox = Math.abs(west!) <= 180 && Math.abs(east!) <= 180 && Math.abs(south!) <= 90 && Math.abs(north!) <= 90
  return isBox && west! < east! && south! < north! ? box : undefined
}
