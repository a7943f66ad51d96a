import { setTimeout as sleep } from 'node:timers/promises'
import { isObject } from '@/domain/formats/documents'
import { openFormat } from '@/domain/formats/openFormat'
import type { FormatReading } from '@/domain/formats/reading'
import type { AdapterParts, Task } from './adapter'
import { backOffMs, retryAfterMs } from './backOff'
import { type Carrier, chance } from './carrier'
import { isAborted } from './eitherSignal'
import { SourceFailed, authHeaders, boundedBody } from './httpRequest'
import type { Position } from './positions'

interface Answer {
  readonly bytes: Uint8Array
  readonly etag: string | undefined
}

/** A list without end is a server that lies. */
const PAGES_MOST = 1_000

/** Fetches one feed again and again: pages, ETag, watermark, back-off. Each poller waits for itself alone. */
export class HttpPoll {
  readonly #parts: AdapterParts
  readonly #task: Task<'poll'>
  readonly #carrier: Carrier
  readonly #world: string
  #failures = 0

  constructor(parts: AdapterParts, task: Task<'poll'>, carrier: Carrier) {
    this.#parts = parts
    this.#task = task
    this.#carrier = carrier
    this.#world = parts.catalogue.worldByNo(task.feed.world)?.key ?? ''
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const waitMs = await this.#turn(signal)
      await sleep(waitMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** One visit; resolves with the wait before the next, ms. */
  async #turn(signal: AbortSignal): Promise<number> {
    const baseMs = this.#task.source.everySeconds * 1_000
    try {
      await this.#visit(signal)
      this.#failures = 0
      this.#carrier.answered()
      return baseMs * (0.95 + chance() * 0.1)
    } catch (cause) {
      if (isAborted(signal)) return 0
      this.#carrier.failed(cause)
      this.#failures += 1
      this.#parts.log.warn({ err: cause, feed: this.#task.feed.key }, 'the source cannot be fetched')
      const asked = cause instanceof SourceFailed ? cause.waitMs : undefined
      return Math.max(asked ?? 0, backOffMs(this.#failures - 1, baseMs, chance()))
    }
  }

  /** Takes every page of one answer; the position moves when the last of them is durable. @throws SourceFailed */
  async #visit(signal: AbortSignal): Promise<void> {
    const { source, feed } = this.#task
    const held = await this.#parts.positions.read(this.#world, feed.key)
    const seen = new Set<string>()
    let next: URL | undefined = this.#firstUrl(held)
    let position: Position = held
    for (let page = 0; next !== undefined; page++) {
      if (page >= PAGES_MOST || seen.has(next.href)) throw new SourceFailed('The list goes round or has no end.')
      seen.add(next.href)
      const answer = await this.#fetch(next, page === 0 ? held.etag : undefined, signal)
      if (answer === undefined) return
      const { bytes, etag } = answer
      await this.#carrier.carry({ bytes }, signal)
      position = { ...position, ...(page === 0 && etag !== undefined ? { etag } : {}) }
      const rows = this.#rowsOf(bytes)
      position = { ...position, ...newestOf(position.watermark, rows, source.watermark?.column) }
      next = this.#nextUrl(next, bytes, rows.length)
    }
    await this.#parts.positions.write(this.#world, feed.key, position)
  }

  /** The rows of a page, where paging or the watermark looks at them. */
  #rowsOf(bytes: Uint8Array): FormatReading['rows'] {
    const { input, paging, watermark } = this.#task.source
    if (input === undefined || (paging.kind !== 'page' && watermark === undefined)) return []
    return openFormat(input.format)(bytes, { arrivedAt: 0 }).rows
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

/** The greatest value of the column, as numbers where both are, else as text. */
export function newestOf(
  held: string | undefined,
  rows: readonly { readonly fields: Readonly<Record<string, string | number>> }[],
  column: string | undefined,
): Pick<Position, 'watermark'> {
  let newest = held
  for (const { fields } of rows) {
    const value = column === undefined ? undefined : fields[column]
    if (value !== undefined && (newest === undefined || isLater(String(value), newest))) newest = String(value)
  }
  return newest === undefined ? {} : { watermark: newest }
}

const WHOLE = /^\d+$/

/** Whole numbers of any length by their digits, other numbers by size, the rest as text. */
const isLater = (a: string, b: string): boolean =>
  WHOLE.test(a) && WHOLE.test(b) ? BigInt(a) > BigInt(b) : isLarger(a, b)

const isLarger = (a: string, b: string): boolean =>
  a.trim() !== '' && Number.isFinite(Number(a)) && Number.isFinite(Number(b)) ? Number(a) > Number(b) : a > b
