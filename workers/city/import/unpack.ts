import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync, inflateRawSync } from 'node:zlib'
import { SourceRefused } from './refused'

/** No layer of a city is larger unpacked; a bomb stops here. */
const UNPACKED_LIMIT = 1024 * 1024 * 1024
const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50

/** A file as it was before it was packed. */
export interface Unpacked {
  readonly name: string
  readonly bytes: Buffer
}

/**
 * Bytes of a file, of the gzip'd file, or of the first entry of a zip whose name ends in one of `endings`.
 * @throws SourceRefused when it cannot be read, is broken, or grows beyond `limit`, 1 GB.
 */
export async function unpack(file: string, endings: readonly string[], limit = UNPACKED_LIMIT): Promise<Unpacked> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new SourceRefused(file, 'cannot be opened.', { cause })
  })
  try {
    if (bytes.length > 3 && bytes[0] === 0x1f && bytes[1] === 0x8b)
      return {
        name: basename(file).replace(/\.gz$/i, ''),
        bytes: gunzipSync(bytes, { maxOutputLength: limit }),
      }
    if (bytes.length > 3 && bytes.readUInt32LE(0) === LOCAL_ENTRY) return unzipEntry(file, bytes, { endings, limit })
  } catch (cause) {
    if (cause instanceof SourceRefused) throw cause
    const isBomb = cause instanceof RangeError && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    throw new SourceRefused(file, isBomb ? `grows beyond ${limit} bytes when unpacked.` : 'is a broken archive.', {
      cause,
    })
  }
  return { name: basename(file), bytes }
}

function unzipEntry(
  file: string,
  zip: Buffer,
  { endings, limit }: { endings: readonly string[]; limit: number },
): Unpacked {
  for (const { name, method, packed, at } of zipEntries(file, zip)) {
    if (!endings.some((ending) => name.toLowerCase().endsWith(ending))) continue
    const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28)
    const part = zip.subarray(start, start + packed)
    if (method === 0) return { name: basename(name), bytes: part }
    if (method === 8) return { name: basename(name), bytes: inflateRawSync(part, { maxOutputLength: limit }) }
    throw new SourceRefused(file, `packs ${name} by method ${method}; stored and deflate are read.`)
  }
  throw new SourceRefused(file, `holds no file that ends in ${endings.join(' or ')}.`)
}

interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly at: number
}

function zipEntries(file: string, zip: Buffer): ZipEntry[] {
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end--
  if (end < 0) throw new SourceRefused(file, 'is a zip that is cut off.')
  const size = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  const entries: ZipEntry[] = []
  for (let i = 0; i < size; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new SourceRefused(file, 'is a zip with a broken directory.')
    const nameLength = zip.readUInt16LE(at + 28)
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      at: zip.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}
