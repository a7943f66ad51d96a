import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Forbidden, NotFound } from '@/platform/errors'
import { traced } from '@/platform/log'
import type { Log } from '@/platform/log'
import type { Api } from './createApi'
import { failureOf } from './apiErrors'
import { refusalOf } from './guard'
import { beforePage, cookiesAreSecure } from './pageGate'
import type { PageGate } from './pageGate'
import type { Pages } from './pages'
import { DATA_POLICY, secure } from './securityHeaders'
import { traceIdOf } from './traceId'

export interface FrontParts {
  readonly log: Log
  readonly gate: PageGate
}

/** Answers that are set when their part stands; until then the front says that Belfry is starting. */
interface Behind {
  api?: Api
  pages?: Pages | undefined
}

const INTERFACE = /^\/(api|tiles|health|metrics)(\/|\?|$)/

/** The one port: guards first, then the interface, then pages. Sockets pass the same guards in `attachSockets`. */
export class Front {
  readonly server: Server
  readonly #parts: FrontParts
  readonly #open = new Set<Socket>()
  #behind: Behind = {}

  constructor(parts: FrontParts) {
    this.#parts = parts
    this.server = createServer((request, response) => void this.#dispatch(request, response))
    this.server.keepAliveTimeout = 65_000
    this.server.on('connection', (socket) => {
      this.#open.add(socket)
      socket.once('close', () => this.#open.delete(socket))
    })
  }

  serve(behind: Behind): void {
    this.#behind = behind
  }

  /** Resolves with the port when the server listens. @throws the system's error, such as EADDRINUSE. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, host, () => {
        this.server.off('error', reject)
        resolve()
      })
    })
    const address = this.server.address()
    return typeof address === 'object' && address !== null ? address.port : port
  }

  /** Takes no new connection, lets answers in progress finish for `graceMs`, then cuts. */
  async close(graceMs = 1000): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    this.server.closeIdleConnections()
    const cut = setTimeout(() => {
      for (const socket of this.#open) socket.destroy()
    }, graceMs)
    await closed
    clearTimeout(cut)
  }

  async #dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { guard } = this.#parts.gate
    secure(response, cookiesAreSecure(guard))
    response.setHeader('x-trace-id', traceIdOf(request))
    try {
      const refused = refusalOf(request, guard)
      if (refused !== undefined) throw new Forbidden(refused)
      const { api, pages } = this.#behind
      if (INTERFACE.test(request.url ?? '/')) {
        if (api === undefined) throw new NotFound('http.starting')
        api.listener(request, response)
      } else if (pages === undefined) throw new NotFound('http.noSuchPath')
      else await this.#page(request, response, pages)
    } catch (cause) {
      this.#refuse(request, response, cause)
    }
  }

  async #page(request: IncomingMessage, response: ServerResponse, pages: Pages): Promise<void> {
    if (isPageLoad(request)) {
      const elsewhere = await beforePage(request, response, this.#parts.gate).catch((cause: unknown) => {
        // Without a database nobody can be asked who he is: the page is shown, and says itself what is missing.
        this.#parts.log.warn({ err: cause }, 'page shown without a session')
        return undefined
      })
      if (elsewhere !== undefined) {
        response.writeHead(302, { location: elsewhere, 'cache-control': 'no-store' }).end()
        return
      }
    }
    await pages.handle(request, response)
  }

  #refuse(request: IncomingMessage, response: ServerResponse, cause: unknown): void {
    const traceId = traceIdOf(request)
    const { status, body } = failureOf(cause, traceId)
    if (status >= 500) traced(this.#parts.log, traceId).error({ err: cause }, 'request failed')
    if (response.headersSent) {
      response.destroy()
      return
    }
    response.setHeader('content-security-policy', DATA_POLICY)
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
    request.resume() // what is still coming is read and thrown away, so that the connection can go on
  }
}

function isPageLoad(request: IncomingMessage): boolean {
  if (request.method !== 'GET' || (request.url ?? '').startsWith('/_next/')) return false
  return (request.headers.accept ?? '').includes('text/html') && request.headers['rsc'] === undefined
}
