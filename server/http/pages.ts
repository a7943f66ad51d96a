import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { pagePolicy } from './securityHeaders'

export interface PagesOptions {
  /** For the compiler's own socket. */
  readonly server?: Server
  readonly host: string
  readonly port: number
  /** Compiles on demand, for who works on the screens; else the build under .next is served. */
  readonly development: boolean
}

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  close(): Promise<void>
}

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g

/** Next behind the guards: each page leaves with a policy that names its own inline scripts and nothing else. */
export async function createPages({ server, host, port, development }: PagesOptions): Promise<Pages> {
  const app = next({
    ...{ dev: development, hostname: host, port, dir: '.' },
    ...(server === undefined ? {} : { httpServer: server }),
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  const hashes = new Map<string, Promise<readonly string[]>>()
  const hashesOf = (path: string): Promise<readonly string[]> => {
    if (development) return Promise.resolve([])
    const held = hashes.get(path) ?? scriptHashes(path)
    if (hashes.size < 200) hashes.set(path, held)
    return held
  }
  return {
    async handle(request, response) {
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
      if (!path.startsWith('/_next/')) {
        const nonce = randomBytes(16).toString('base64')
        const own = { host: request.headers.host ?? '', nonce, hashes: await hashesOf(path), development }
        const policy = pagePolicy(own)
        response.setHeader('content-security-policy', policy)
        request.headers['content-security-policy'] = policy // Next reads the nonce from here
      }
      await handle(request, response)
    },
    close: () => app.close(),
  }
}

/** Sources of the inline scripts of a page that was rendered at build time; none for one that is rendered on demand. */
async function scriptHashes(path: string): Promise<readonly string[]> {
  const page = path === '/' ? 'index' : path.replace(/^\/|\/$/g, '')
  const html = /^[\w/-]+$/.test(page) ? await builtPage(page) : undefined
  const found = (html ?? (await builtPage('_not-found')) ?? '').matchAll(INLINE_SCRIPT)
  return [...found].map(
    ([, script]) =>
      `sha256-${createHash('sha256')
        .update(script ?? '')
        .digest('base64')}`,
  )
}

const builtPage = (page: string): Promise<string | undefined> =>
  readFile(join('.next', 'server', 'app', `${page}.html`), 'utf8').catch(() => undefined)
