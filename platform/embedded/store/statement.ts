import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ChdbResult, Session } from 'chdb'
import { withoutComments } from '@/platform/clickhouse/statements'
import type { Answer } from './answer'
import { canStream, insertHead, namedFormat, withoutFormat } from './formats'
import type { InsertHead } from './formats'
import type { StoreRequest } from './request'

export interface Running {
  readonly request: StoreRequest
  readonly session: Session
  readonly answer: Answer
  /** Folder for the bytes of inserts: memory when there is enough. */
  readonly temp: string
  /** Has the client gone? */
  gone(): boolean
}

/** Runs one statement and writes its answer. @throws what the engine throws. */
export async function runStatement(running: Running): Promise<void> {
  const sql = withoutComments(running.request.query)
  const head = /^INSERT\b/i.test(sql) ? insertHead(running.request.query.trim()) : undefined
  if (head !== undefined) return insert(running, head)
  const text = await wholeText(running.request)
  const format = namedFormat(text) ?? running.request.format
  if (canStream(sql, format) && !running.request.wait) return stream(running, text, format)
  const result = await running.session.queryAsync(killById(text, sql), { format })
  running.answer.start(format, summary(result))
  await running.answer.write(result.bytes())
  running.answer.end()
}

/**
 * Binary data after the SQL is not safe in this engine, so the bytes of every insert go by a file in `temp`, straight
 * from the socket.
 */
async function insert(running: Running, head: InsertHead): Promise<void> {
  const file = join(running.temp, `insert.${randomBytes(9).toString('hex')}`)
  const { data } = running.request
  try {
    const bytes = data ?? Readable.from([head.inline], { objectMode: false })
    await pipeline(bytes, createWriteStream(file, { mode: 0o600 }))
    const result = await running.session.queryAsync(
      `${head.into} FROM INFILE '${file}'${head.settings} FORMAT ${head.format}`,
      { format: 'TabSeparated' },
    )
    running.answer.start('TabSeparated', summary(result))
    running.answer.end()
  } finally {
    await rm(file, { force: true })
  }
}

async function stream(running: Running, text: string, format: string): Promise<void> {
  const chunks = running.session.queryStream(withoutFormat(text), { format })
  for await (const chunk of chunks) {
    if (running.gone()) break
    if (!running.answer.started) running.answer.start(format)
    await running.answer.write(chunk.raw())
  }
  if (!running.answer.started) running.answer.start(format)
  running.answer.end()
}

/** A statement in the address may go on in the body. */
async function wholeText({ query, data }: StoreRequest): Promise<string> {
  if (data === undefined) return query
  const chunks: Buffer[] = []
  for await (const chunk of data) chunks.push(chunk as Buffer)
  return chunks.length === 0 ? query : `${query}\n${Buffer.concat(chunks).toString('utf8')}`
}

/** The engine chooses its own query ids; ours is the end of the comment. */
function killById(text: string, sql: string): string {
  const id = /^KILL\s+QUERY\s+WHERE\s+query_id\s*=\s*'([\w-]+)'/i.exec(sql)?.[1]
  return id === undefined ? text : killStatement(id)
}

export const killStatement = (queryId: string): string =>
  `KILL QUERY WHERE endsWith(Settings['log_comment'], '#${queryId.replace(/[^\w-]/g, '')}') ASYNC`

function summary(result: ChdbResult & { rowsWritten?: number; bytesWritten?: number }): Record<string, string> {
  const { rowsRead, bytesRead, rowsWritten = 0, bytesWritten = 0, elapsed } = result
  return {
    'x-clickhouse-summary': JSON.stringify({
      read_rows: String(rowsRead),
      read_bytes: String(bytesRead),
      written_rows: String(rowsWritten),
      written_bytes: String(bytesWritten),
      total_rows_to_read: '0',
      result_rows: String(rowsWritten || rowsRead),
      result_bytes: '0',
      elapsed_ns: String(Math.round(elapsed * 1e9)),
    }),
  }
}
