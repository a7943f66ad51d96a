import { SourceRefused } from '../refused'

interface Column {
  readonly name: string
  readonly type: string
  readonly from: number
  readonly to: number
}

/** Rows of a dBASE table. Without a .cpg the text is UTF-8 where it can be, else GB18030 as Chinese tools write it. */
export function readDbf(file: string, bytes: Buffer, encoding: string | undefined): Record<string, unknown>[] {
  if (bytes.length < 33) throw new SourceRefused(file, 'is no dBASE table.')
  const [size, headLength, rowLength] = [bytes.readUInt32LE(4), bytes.readUInt16LE(8), bytes.readUInt16LE(10)]
  const decode = decoder(file, encoding)
  const columns = columnsOf(bytes, headLength, decode)
  if (columns.length === 0 || rowLength < 2 || headLength > bytes.length)
    throw new SourceRefused(file, 'is no dBASE table.')
  const there = Math.floor((bytes.length - headLength) / rowLength)
  if (there < size) throw new SourceRefused(file, `is cut off: ${size - there} of ${size} rows are missing.`)
  return Array.from({ length: size }, (_, i) => {
    const row = bytes.subarray(headLength + i * rowLength, headLength + (i + 1) * rowLength)
    return Object.fromEntries(columns.map((column) => [column.name, valueOf(column, row, decode)]))
  })
}

function columnsOf(bytes: Buffer, headLength: number, decode: (bytes: Uint8Array) => string): Column[] {
  const columns: Column[] = []
  let from = 1
  for (let at = 32; at + 32 <= headLength && at + 32 <= bytes.length && bytes[at] !== 0x0d; at += 32) {
    const end = bytes.indexOf(0, at)
    const name = decode(bytes.subarray(at, end < 0 || end > at + 11 ? at + 11 : end))
    const length = bytes[at + 16]!
    columns.push({ name, type: String.fromCharCode(bytes[at + 11]!), from, to: from + length })
    from += length
  }
  return columns
}

function valueOf({ type, from, to }: Column, row: Buffer, decode: (bytes: Uint8Array) => string): unknown {
  const text = decode(row.subarray(from, to)).replaceAll('\u0000', '').trim()
  if (text === '') return undefined
  if (type === 'N' || type === 'F') {
    const value = Number(text)
    return Number.isFinite(value) ? value : undefined
  }
  if (type === 'L') return /^[YyTt]$/.test(text)
  return text
}

function decoder(file: string, encoding: string | undefined): (bytes: Uint8Array) => string {
  if (encoding !== undefined && encoding !== '') {
    try {
      const named = new TextDecoder(/^(936|cp936)$/i.test(encoding) ? 'gbk' : encoding)
      return (bytes) => named.decode(bytes)
    } catch (cause) {
      throw new SourceRefused(file, `is written in “${encoding}”, which is no known encoding.`, { cause })
    }
  }
  const unicode = new TextDecoder('utf-8', { fatal: true })
  const chinese = new TextDecoder('gb18030')
  return (bytes) => {
    try {
      return unicode.decode(bytes)
    } catch {
      return chinese.decode(bytes)
    }
  }
}
