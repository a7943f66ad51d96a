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

/** Reports whose last revision is kept in memory; older ones are asked for. */
const REMEMBERED = 200_000
const CHUNK = 2_000

/** Knows the last revision of each report, so that a re-send is dropped and a revision is kept. */
export class ReportMemory {
  readonly #clickhouse: ClickHouse
  readonly #log: Log
  readonly #last = new Map<string, string>()

  constructor({ clickhouse, log }: { clickhouse: ClickHouse; log: Log }) {
    this.#clickhouse = clickhouse
    this.#log = log
  }

  /** Learns what the store holds of reports that memory does not know. */
  async prepare(world: WorldNo, ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#last.has(id))
    try {
      for (let i = 0; i < unknown.length; i += CHUNK)
        this.#learn(await heldReports(this.#clickhouse, { world, ids: unknown.slice(i, i + CHUNK) }))
    } catch (cause) {
      this.#log.warn({ err: cause }, 'the store cannot say which reports it holds; they are taken as new')
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
      if (this.#last.size > REMEMBERED) this.#last.delete(this.#last.keys().next().value as string)
      return true
    })
  }

  /** Forgets reports that did not become durable. */
  forget(reports: readonly Report[]): void {
    for (const { id } of reports) this.#last.delete(id)
  }
}

/** What a report says, apart from when Belfry had it. */
function digestOf({ knownTime: _known, feed: _feed, ...said }: Report): string {
  return createHash('sha1')
    .update(JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64')
}
