import { randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Session } from 'chdb'
import { Answer } from './answer'
import { refusalOf, StoreError } from './errors'
import { quoted, readRequest } from './request'
import type { StoreRequest } from './request'
import type { Sessions } from './sessions'
import { killStatement, runStatement } from './statement'

export interface StoreOptions {
  readonly sessions: Sessions
  /** Password that every request must bring. */
  readonly key: string
  readonly temp: string
}

export interface Store {
  readonly server: Server
  /** Takes no more requests, waits for those that run (at most `limitMs`), and closes the engine. */
  drain(limitMs: number): Promise<void>
}

interface Engine extends StoreOptions {
  readonly root: Session
  readonly version: string
  readonly timezone: string
  readonly running: Set<string>
}

const ADDRESS_LIMIT = 1024 ** 2 // as http_max_uri_size of a server

/** ClickHouse's HTTP interface on an embedded engine: as much of it as the official client uses. */
export function createStore(options: StoreOptions): Store {
  const root = options.sessions.open()
  const ask = (sql: string): string => root.query(sql, 'TSV').trim()
  const engine: Engine = {
    ...options,
    root,
    version: ask('SELECT version()'),
    timezone: ask('SELECT timezone()'),
    running: new Set(),
  }
  const server = createServer(
    { keepAliveTimeout: 60_000, requestTimeout: 0, maxHeaderSize: ADDRESS_LIMIT },
    (request, response) => {
      void answerTo(engine, request, response)
    },
  )
  return {
    server,
    async drain(limitMs) {
      server.close()
      server.closeIdleConnections()
      const end = performance.now() + limitMs
      while (engine.running.size > 0 && performance.now() < end) await new Promise((done) => setTimeout(done, 20))
      await options.sessions.close()
      root.close()
    },
  }
}

async function answerTo(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://store').pathname
  if (path === '/ping' || path === '/replicas_status') return void response.end('Ok.\n')
  if (path !== '/') return void response.writeHead(404).end(`There is no handle ${path}\n`)
  let answer = new Answer(response, {}, false)
  try {
    if (!knows(engine.key, request)) throw new StoreError(516, 'Authentication failed. (AUTHENTICATION_FAILED)')
    const asked = await readRequest(request)
    const queryId = asked.queryId ?? randomUUID()
    answer = new Answer(response, headOf(engine, queryId), asked.gzip)
    await run(engine, { asked, queryId, answer, response })
  } catch (thrown) {
    answer.refuse(refusalOf(thrown, engine.version))
  }
}

interface Call {
  readonly asked: StoreRequest
  readonly queryId: string
  readonly answer: Answer
  readonly response: ServerResponse
}

async function run(engine: Engine, { asked, queryId, answer, response }: Call): Promise<void> {
  const { running, sessions } = engine
  if (running.has(queryId)) {
    throw new StoreError(216, `Query with id = ${queryId} is already running. (QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING)`)
  }
  running.add(queryId)
  let gone = false
  response.on('close', () => {
    if (response.writableFinished) return
    gone = true
    if (running.has(queryId)) void kill(engine, queryId)
  })
  try {
    await sessions.use(asked.sessionId, async (session) => {
      if (gone) return
      prepare(session, asked, queryId)
      await runStatement({ request: asked, session, answer, temp: engine.temp, gone: () => gone })
    })
  } finally {
    running.delete(queryId)
  }
}

/** Database, settings and parameters of the request; synchronous, about 0.2 ms. */
function prepare(session: Session, asked: StoreRequest, queryId: string): void {
  const use = asked.database === undefined ? '' : `USE \`${asked.database.replace(/`/g, '')}\`; `
  const comment = `log_comment=${quoted(`${asked.comment ?? ''}#${queryId}`)}`
  session.query(`${use}SET ${[...asked.settings, comment].join(', ')}`, 'TSV')
}

/** The client went away: its statement must not go on computing. */
async function kill({ root }: Engine, queryId: string): Promise<void> {
  try {
    await root.queryAsync(killStatement(queryId))
  } catch {
    // It ended by itself in between.
  }
}

function headOf(engine: Engine, queryId: string): Record<string, string> {
  return {
    'x-clickhouse-query-id': queryId,
    'x-clickhouse-server-display-name': 'belfry-store',
    'x-clickhouse-timezone': engine.timezone,
    'cache-control': 'no-store',
  }
}

/** The key comes as the password of Basic authentication or in X-ClickHouse-Key, as the client sends it. */
function knows(key: string, request: IncomingMessage): boolean {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const password =
    basic === undefined
      ? undefined
      : Buffer.from(basic, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '')
  const given = Buffer.from(password ?? request.headers['x-clickhouse-key']?.toString() ?? '')
  const expected = Buffer.from(key)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
