import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { StoreError } from './errors'

const TEXT_LIMIT = 64 * 1024 ** 2

/** One request of ClickHouse's HTTP interface, read. */
export interface StoreRequest {
  readonly query: string
  readonly queryId: string | undefined
  readonly sessionId: string | undefined
  readonly database: string | undefined
  readonly format: string
  /** Assignments for SET: settings and query parameters. */
  readonly settings: readonly string[]
  readonly comment: string | undefined
  readonly gzip: boolean
  /** Send nothing before the statement has ended. */
  readonly wait: boolean
  /** Data of an INSERT, when the statement came in the address. */
  readonly data: Readable | undefined
}

/** Settings that the HTTP server itself obeys; the engine would refuse them. */
const HTTP_ONLY =
  /^(send_progress_in_http_headers|http_.*|buffer_size|compress|decompress|add_http_cors_header|cancel_http_readonly_queries_on_client_close|output_format_.*_http.*|role)$/
const NOT_SETTINGS = new Set([
  'query',
  'query_id',
  'session_id',
  'session_timeout',
  'session_check',
  'database',
  'default_format',
  'user',
  'password',
  'stacktrace',
  'quota_key',
  'enable_http_compression',
  'wait_end_of_query',
  'log_comment',
])

export const quoted = (value: string): string => `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`

/** @throws StoreError for an unknown encoding, a setting with a strange name, or a statement over 64 MiB. */
export async function readRequest(request: IncomingMessage): Promise<StoreRequest> {
  const fields = new URL(request.url ?? '/', 'http://store').searchParams
  const data = request.method === 'POST' ? await readBody(request, fields) : undefined
  const given = (field: string, header?: string): string | undefined =>
    fields.get(field) ?? (header === undefined ? undefined : request.headers[header]?.toString())
  const packed = /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '')
  return {
    query: given('query') ?? '',
    queryId: given('query_id', 'x-clickhouse-query-id'),
    sessionId: given('session_id'),
    database: given('database', 'x-clickhouse-database'),
    format: given('default_format', 'x-clickhouse-format') ?? 'TabSeparated',
    settings: assignments(fields),
    comment: given('log_comment'),
    gzip: packed && fields.get('enable_http_compression') === '1',
    wait: fields.get('wait_end_of_query') === '1',
    data,
  }
}

/** Adds what the body says to the fields; gives the body back when it is the data of an INSERT. */
async function readBody(request: IncomingMessage, fields: URLSearchParams): Promise<Readable | undefined> {
  const body = decoded(request)
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (boundary === undefined && fields.has('query')) return body
  const text = (await readText(body)).toString('utf8')
  if (boundary === undefined) fields.set('query', text)
  else addParts(fields, text, boundary)
  return undefined
}

function assignments(fields: URLSearchParams): string[] {
  const found: string[] = []
  for (const [name, value] of fields) {
    if (NOT_SETTINGS.has(name) || HTTP_ONLY.test(name)) continue
    if (!/^\w+$/.test(name)) throw new StoreError(115, `Unknown setting '${name}'. (UNKNOWN_SETTING)`)
    found.push(`${name}=${quoted(value)}`)
  }
  return found
}

function decoded(request: IncomingMessage): Readable {
  const encoding = (request.headers['content-encoding'] ?? '').toLowerCase()
  switch (encoding) {
    case '':
    case 'identity':
      return request
    case 'gzip':
      return request.pipe(createGunzip())
    case 'deflate':
      return request.pipe(createInflate())
    case 'br':
      return request.pipe(createBrotliDecompress())
    default:
      throw new StoreError(89, `Unsupported content-encoding ${encoding}. (UNKNOWN_COMPRESSION_METHOD)`)
  }
}

async function readText(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk as Buffer)
    length += (chunk as Buffer).length
    if (length > TEXT_LIMIT) throw new StoreError(62, 'Max query size exceeded. (SYNTAX_ERROR)')
  }
  return Buffer.concat(chunks, length)
}

/** Text parts of a form: the client sends long parameters this way. */
function addParts(fields: URLSearchParams, body: string, boundary: string): void {
  for (const part of body.split(`--${boundary}`)) {
    const end = part.indexOf('\r\n\r\n')
    const name = /\bname="([^"]+)"/i.exec(part.slice(0, end))?.[1]
    if (end !== -1 && name !== undefined) fields.set(name, part.slice(end + 4).replace(/\r\n$/, ''))
  }
}
