import { createReadStream } from 'node:fs'
import { open, readFile, readdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip, gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse'
import type { FileFormat, InputSpec } from '@/domain/feed/mapping'
import type { SourceRow } from '@/domain/feed/sourceRow'
import { openFormat } from '@/domain/formats/openFormat'
import { sampleOf } from '@/domain/formats/reading'
import { cellOf } from '../decode/feedDecoder'

/** A row with its line in the file, counted from 1. A row that is no row carries the reason. */
export interface FileRow {
  readonly line: number
  readonly text: string
  readonly row: SourceRow | { readonly reason: string; readonly message: string }
}

/** JSON is read whole. */
const WHOLE_FILE_LIMIT = 64 * 1024 ** 2

/** Files below `folder` that a pattern names, sorted; `*` is any run of characters inside one folder. */
export async function matchFiles(folder: string, pattern: string): Promise<string[]> {
  const under = dirname(pattern)
  const matcher = new RegExp(`^${pattern.split('*').map(escape).join('[^/]*')}$`)
  const names = await readdir(join(folder, under)).catch(() => [])
  return names
    .map((name) => relative('.', join(under, name)))
    .filter((path) => matcher.test(path))
    .sort()
}

const escape = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')

/** Rows of one file in its order, without loading it whole (JSON excepted). gzip is seen by its first bytes. */
export async function* readRows(folder: string, path: string, input: InputSpec): AsyncGenerator<FileRow> {
  const full = join(folder, path)
  const { format } = input
  if ('encoding' in format && format.encoding !== 'utf-8') {
    yield* formatRows(await wholeBytes(full), path, format)
    return
  }
  switch (format.kind) {
    case 'csv':
      yield* csvRows(await openText(full), path, format)
      return
    case 'ndjson':
      yield* jsonLines(await openText(full), path)
      return
    case 'json':
    case 'geojson': {
      const document = JSON.parse(await wholeText(full)) as unknown
      yield* documentRows(format.kind === 'json' ? at(document, format.records) : featuresOf(document), path)
      return
    }
    default:
      yield* formatRows(await wholeBytes(full), path, format)
  }
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

async function openText(path: string): Promise<Readable> {
  const bytes = createReadStream(path)
  if (!(await isGzip(path))) return bytes
  const gunzip = createGunzip()
  bytes.on('error', (cause) => gunzip.destroy(cause))
  return bytes.pipe(gunzip)
}

async function wholeBytes(path: string): Promise<Buffer> {
  const bytes = await readFile(path)
  return (await isGzip(path)) ? gunzipSync(bytes, { maxOutputLength: WHOLE_FILE_LIMIT }) : bytes
}

const wholeText = async (path: string): Promise<string> => (await wholeBytes(path)).toString('utf8')

/** Rows and refused pieces of a file in a message's form, in the order of its lines. */
function* formatRows(bytes: Buffer, file: string, format: FileFormat): Generator<FileRow> {
  const { rows, refused } = openFormat(format)(bytes, { arrivedAt: 0 })
  const pieces: FileRow[] = rows.map(({ line, fields, ...row }) => ({
    line,
    text: sampleOf({ line, fields, ...row }),
    row: { cells: (column) => fields[column], row: line - 1, file, columns: Object.keys(fields) },
  }))
  for (const { line, reason, message, sample } of refused) pieces.push({ line, text: sample, row: { reason, message } })
  yield* pieces.sort((a, b) => a.line - b.line)
}

type Csv = Extract<InputSpec['format'], { kind: 'csv' }>

async function* csvRows(text: Readable, file: string, format: Csv): AsyncGenerator<FileRow> {
  const parser = parse({
    delimiter: format.delimiter,
    from_line: format.skipLines + 1,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
  })
  text.on('error', (cause) => parser.destroy(cause))
  let columns = format.header
  let row = 0
  for await (const chunk of text.pipe(parser)) {
    const { record, info } = chunk as { record: string[]; info: { lines: number } }
    if (columns === undefined) columns = record
    else yield csvRow(record, { columns, row: row++, file, line: info.lines })
  }
}

function csvRow(
  record: readonly string[],
  { columns, row, file, line }: { columns: readonly string[]; row: number; file: string; line: number },
): FileRow {
  const text = record.join(',')
  if (record.length !== columns.length) {
    return {
      line,
      text,
      row: { reason: 'columnsWrong', message: `The row has ${record.length} cells for ${columns.length} columns.` },
    }
  }
  const cells = (column: string): string | undefined => record[columns.indexOf(column)]
  return { line, text, row: { cells: columns.length > 20 ? byMap(columns, record) : cells, row, file, columns } }
}

function byMap(columns: readonly string[], record: readonly string[]): (column: string) => string | undefined {
  const map = new Map(columns.map((column, i) => [column, record[i]]))
  return (column) => map.get(column)
}

async function* jsonLines(text: Readable, file: string): AsyncGenerator<FileRow> {
  let rest = ''
  let line = 0
  const decoder = new TextDecoder()
  for await (const chunk of text) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const one of lines) yield jsonLine(one, ++line, file)
  }
  if (rest !== '') yield jsonLine(rest, ++line, file)
}

function jsonLine(text: string, line: number, file: string): FileRow {
  try {
    return { line, text, row: objectRow(JSON.parse(text), line - 1, file) }
  } catch {
    return { line, text, row: { reason: 'notJson', message: 'The line is not JSON.' } }
  }
}

function* documentRows(records: unknown, file: string): Generator<FileRow> {
  if (!Array.isArray(records)) throw new RangeError(`${file} holds no list of records where its mapping says.`)
  for (const [i, record] of records.entries())
    yield { line: i + 1, text: JSON.stringify(record), row: objectRow(record, i, file) }
}

function objectRow(record: unknown, row: number, file: string): FileRow['row'] {
  if (typeof record !== 'object' || record === null) return { reason: 'schema', message: 'A record is a JSON object.' }
  const fields = record as Readonly<Record<string, unknown>>
  return { cells: (column) => cellOf(fields[column]), row, file, columns: Object.keys(fields) }
}

const at = (document: unknown, path: string): unknown =>
  path === ''
    ? document
    : path.split('.').reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document)

interface Feature {
  readonly id?: unknown
  readonly properties?: Readonly<Record<string, unknown>> | null
  readonly geometry?: { readonly coordinates?: readonly unknown[] } | null
}

/** Point features as flat records. */
function featuresOf(document: unknown): unknown {
  const features = at(document, 'features')
  if (!Array.isArray(features)) return undefined
  return (features as readonly Feature[]).map(({ id, properties, geometry }) => {
    const [longitude, latitude, depth] = geometry?.coordinates ?? []
    return { ...properties, id, longitude, latitude, depth }
  })
}
