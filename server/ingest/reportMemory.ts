import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Report } from '@/domain/report'
import type { WorldNo } from '@/domain/ids'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import { defineQuery } from '@/platform/clickhouse/query'
import type { Log } from '@/platform/log'

const heldReports = defineQuery({
  name: 'heldReports',
  params: z.object({ world: z.number(), ids: z.array(z.string()) }),
  row: z.object({ id: z.string(), body: z.string() }),
  sql: `
    SELECT toString(id) AS id, argMax(body, seq) AS body FROM reports
    WHERE world = {world:UInt16} AND id IN (SELECT toUUID(arrayJoin({ids:Array(String)}))) GROUP BY id`,
})

const storedReports = defineQuery({
  name: 'storedReports',
  params: z.object({ world: z.number(), most: z.number() }),
  row: z.object({ id: z.string() }),
  sql: 'SELECT DISTINCT toString(id) AS id FROM reports WHERE world = {world:UInt16} LIMIT {most:UInt32}',
})

/** Reports whose last revision is kept in memory; older ones are asked for. */
const REMEMBERED = 200_000
const CHUNK = 2_000
/** Past this many reports in the store their names are not held in memory: each new one is asked for. */
const NAMES_MOST = 500_000

/** Knows the last revision of each report, so that a re-send is dropped and a revision is kept. */
export class ReportMemory {
  readonly #clickhouse: ClickHouse
  readonly #log: Log
  readonly #last = new Map<string, string>()
  /** Names of reports that the store may hold and memory does not; nothing while that is not known. */
  #stored: Set<string> | undefined
  #reading: Promise<void> | undefined
  #shared = false

  constructor({ clickhouse, log }: { clickhouse: ClickHouse; log: Log }) {
    this.#clickhouse = clickhouse
    this.#log = log
  }

  /** Once another server took in for the World, only the store knows all its reports: what that one still held comes late. */
  share(shared: boolean): void {
    if (!shared || this.#shared) return
    this.#shared = true
    this.#stored = undefined
  }

  /** Learns what the store holds of reports that memory does not know; a report new to both costs no question. */
  async prepare(world: WorldNo, ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#last.has(id))
    if (unknown.length === 0) return
    try {
      if (this.#stored === undefined && !this.#shared) await (this.#reading ??= this.#readNames(world))
      const stored = this.#stored
      const asked = stored === undefined ? unknown : unknown.filter((id) => stored.has(id))
      for (let i = 0; i < asked.length; i += CHUNK)
        this.#learn(await heldReports(this.#clickhouse, { world, ids: asked.slice(i, i + CHUNK) }))
    } catch (cause) {
      this.#log.warn({ err: cause }, 'the store cannot say which reports it holds; they are taken as new')
    }
  }

  /** What is taken meanwhile is in `#last`, so names read a moment ago stay true. Too many names are not read again. */
  async #readNames(world: WorldNo): Promise<void> {
    try {
      const rows = await storedReports(this.#clickhouse, { world, most: NAMES_MOST + 1 })
      if (rows.length <= NAMES_MOST && !this.#shared) this.#stored = new Set(rows.map(({ id }) => id))
    } catch (cause) {
      this.#reading = undefined
      throw cause
    }
  }

  #learn(rows: readonly { id: string; body: string }[]): void {
    for (const { id, body } of rows) if (!this.#last.has(id)) this.#last.set(id, digestOf(JSON.parse(body) as Report))
  }

  /** The reports that say something new, in their order; remembered at once. */
  fresh(reports: readonly Report[]): Report[] {
    return reports.filter((report) => {
      const digest = digestOf(report)
      if (this.#last.get(report.id) === digest) return false
      this.#last.delete(report.id)
      this.#last.set(report.id, digest)
      if (this.#last.size > REMEMBERED) this.#let(this.#last.keys().next().value as string)
      return true
    })
  }

  #let(id: string): void {
    this.#last.delete(id)
    this.#stored?.add(id)
  }

  /** Forgets reports that did not become durable. */
  forget(reports: readonly Report[]): void {
    for (const { id } of reports) this.#let(id)
  }
}

/** What a report says, apart from when Belfry had it. */
function digestOf({ knownTime: _known, feed: _feed, ...said }: Report): string {
  return createHash('sha1')
    .update(JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64')
}
