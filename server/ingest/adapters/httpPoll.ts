import type { FileFormat } from '@/domain/feed/mapping'
import { isObject } from '@/domain/formats/documents'
import { openFormat } from '@/domain/formats/openFormat'
import type { FormatReading } from '@/domain/formats/reading'
import type { AdapterParts, Task } from './adapter'
import { retryAfterMs } from './backOff'
import type { Carrier } from './carrier'
import { SourceFailed, authHeaders, boundedBody } from './httpRequest'
import type { Position } from './positions'
import { keepVisiting } from './visits'
import { newestOf } from './watermark'

interface Answer {
  readonly bytes: Uint8Array
  readonly etag: string | undefined
}

const BRACKET = 0x5b
/** A list without end is a server that lies. */
const PAGES_MOST = 1_000

/** Fetches one feed again and again: pages, ETag, watermark, back-off. Each poller waits for itself alone. */
export class HttpPoll {
  readonly #parts: AdapterParts
  readonly #task: Task<'poll'>
  readonly #carrier: Carrier
  readonly #world: string

  constructor(parts: AdapterParts, task: Task<'poll'>, carrier: Carrier) {
    this.#parts = parts
    this.#task = task
    this.#carrier = carrier
    this.#world = parts.catalogue.worldByNo(task.feed.world)?.key ?? ''
  }

  async run(signal: AbortSignal): Promise<void> {
    const { source, feed } = this.#task
    const visit = (until: AbortSignal): Promise<boolean> => this.#visit(until).then(() => false)
    const { everySeconds } = source
    await keepVisiting({ parts: this.#parts, carrier: this.#carrier, feed: feed.key, everySeconds, visit }, signal)
  }

  /** Takes every page of one answer; the position moves when the last of them is durable. @throws SourceFailed */
  async #visit(signal: AbortSignal): Promise<void> {
    const { source, feed } = this.#task
    const held = await this.#parts.positions.read(this.#world, feed.key)
    const seen = new Set<string>()
    const first = this.#firstUrl(held)
    let next: URL | undefined = first
    let { watermark } = held
    let etag: string | undefined
    while (next !== undefined) {
      if (seen.size >= PAGES_MOST || seen.has(next.href)) throw new SourceFailed('The list goes round or has no end.')
      const known = next === first && held.etagOf === first.href ? held.etag : undefined
      seen.add(next.href)
      const answer = await this.#fetch(next, known, signal)
      if (answer === undefined) return
      await this.#carrier.carry({ bytes: answer.bytes }, signal)
      const rows = this.#rowsOf(answer.bytes)
      if (source.watermark !== undefined) {
        const cells = rows.map(({ fields }) => fields)
        watermark = newestOf(watermark, cells, source.watermark.column)
      }
      etag = answer.etag
      next = this.#nextUrl(next, answer.bytes, rows.length)
    }
    // An ETag speaks of one page: where there were more, the first may stand while others change.
    const whole = seen.size === 1 && etag !== undefined ? { etag, etagOf: first.href } : {}
    await this.#parts.positions.write(this.#world, feed.key, {
      ...(watermark === undefined ? {} : { watermark }),
      ...whole,
    })
  }

  /** The rows of a page, where paging or the watermark looks at them. A feed without an input speaks JSON or NDJSON. */
  #rowsOf(bytes: Uint8Array): FormatReading['rows'] {
    const { input, paging, watermark } = this.#task.source
    if (paging.kind !== 'page' && watermark === undefined) return []
    const plain = bytes[0] === BRACKET ? { kind: 'json', records: '' } : { kind: 'ndjson' }
    const format = input?.format ?? ({ ...plain, encoding: 'utf-8' } as FileFormat)
    return openFormat(format)(bytes, { arrivedAt: 0 }).rows
  }

  /** One request within its time; the body is part of it. */
  async #fetch(url: URL, etag: string | undefined, signal: AbortSignal): Promise<Answer | undefined> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), this.#task.source.timeoutSeconds * 1_000)
    const stopped = (): void => late.abort()
    signal.addEventListener('abort', stopped, { once: true })
    try {
      return await this.#answer(url, etag, late.signal)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stopped)
    }
  }

  async #answer(url: URL, etag: string | undefined, signal: AbortSignal): Promise<Answer | undefined> {
    const { source } = this.#task
    const headers = { ...source.headers, ...(await authHeaders(source.auth, url, this.#parts)) }
    const answer = await fetch(url, {
      headers: { ...headers, ...(etag === undefined ? {} : { 'If-None-Match': etag }) },
      signal,
      redirect: 'error', // the mapping names the server; it may not send us to another
    })
    if (answer.status === 200) {
      return { bytes: await boundedBody(answer, signal), etag: answer.headers.get('etag') ?? undefined }
    }
    void answer.body?.cancel().catch(() => undefined)
    if (answer.status === 304) return undefined
    const wait = retryAfterMs(answer.headers.get('retry-after'), this.#parts.clock.now())
    throw new SourceFailed(`The source answered ${answer.status}.`, wait)
  }

  #firstUrl({ watermark }: Position): URL {
    const { source } = this.#task
    const url = new URL(source.url)
    const value = watermark ?? source.watermark?.start
    if (source.watermark !== undefined && value !== undefined) url.searchParams.set(source.watermark.parameter, value)
    if (source.paging.kind === 'page') url.searchParams.set(source.paging.parameter, String(source.paging.first))
    return url
  }

  /** The next page: by the answer's link, on the same server only; or by its number, until a page is empty. */
  #nextUrl(url: URL, bytes: Uint8Array, rows: number): URL | undefined {
    const { paging } = this.#task.source
    if (paging.kind === 'none') return undefined
    if (paging.kind === 'page') {
      if (rows === 0) return undefined
      const next = new URL(url)
      next.searchParams.set(paging.parameter, String(Number(url.searchParams.get(paging.parameter)) + 1))
      return next
    }
    const link = linkAt(bytes, paging.path)
    if (link === undefined) return undefined
    const next = new URL(link, url)
    if (next.origin !== url.origin) throw new SourceFailed(`The next page lies on another server, ${next.origin}.`)
    return next
  }
}

function linkAt(bytes: Uint8Array, path: string): string | undefined {
  let node: unknown
  try {
    node = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
  // A name may hold a dot, as @iot.nextLink does: the whole path is tried first.
  const whole = isObject(node) ? node[path] : undefined
  if (typeof whole === 'string') return whole
  for (const step of path.split('.')) node = isObject(node) ? node[step] : undefined
  return typeof node === 'string' && node !== '' ? node : undefined
}
