import { crc32, deflateRawSync } from 'node:zlib'

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string
  readonly bytes: Buffer
}

const UTF8_NAMES = 0x0800
const DEFLATE = 8
/** 1980-01-01, the first day that the format knows: the same content gives the same bytes. */
const FIRST_DAY = 0x0021

/** A ZIP archive of a few small files (no ZIP64). */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const title = Buffer.from(name, 'utf8')
    const packed = deflateRawSync(bytes, { level: 9 })
    const sizes = { crc: crc32(bytes), packed: packed.length, plain: bytes.length, title: title.length }
    const local = Buffer.concat([signature(0x04034b50), common(sizes), title, packed])
    directory.push(Buffer.concat([signature(0x02014b50), two(20), common(sizes), central(offset), title]))
    parts.push(local)
    offset += local.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const count = two(entries.length)
  const end = Buffer.concat([signature(0x06054b50), two(0), two(0), count, count, four(size), four(offset), two(0)])
  return Buffer.concat([...parts, ...directory, end])
}

interface Sizes {
  readonly crc: number
  readonly packed: number
  readonly plain: number
  readonly title: number
}

/** What the local header and the directory have in common. */
const common = ({ crc, packed, plain, title }: Sizes): Buffer =>
  Buffer.concat([
    ...[two(20), two(UTF8_NAMES), two(DEFLATE), two(0), two(FIRST_DAY)],
    ...[four(crc), four(packed), four(plain), two(title), two(0)],
  ])

/** Comment, disk, attributes, and where the local header is. */
const central = (offset: number): Buffer => Buffer.concat([two(0), two(0), two(0), four(0), four(offset)])

const signature = (value: number): Buffer => four(value)

function two(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function four(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
