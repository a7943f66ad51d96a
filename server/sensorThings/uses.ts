import type { FeedNo } from '@/domain/ids'
import type { Log } from '@/platform/log'
import type { Postgres } from '@/platform/postgres/postgres'
import { countUse } from '@/server/catalogue/queries/layers'

const FLUSH_MS = 2_000

/** Counts who used which feed's data; written a little later, because an answer does not wait for its own bookkeeping. */
export class Uses {
  readonly #postgres: Postgres
  readonly #log: Log
  readonly #counts = new Map<string, { feed: FeedNo; actor: string; way: string; times: number }>()
  #timer: NodeJS.Timeout | undefined

  constructor(parts: { postgres: Postgres; log: Log }) {
    this.#postgres = parts.postgres
    this.#log = parts.log
  }

  used(feeds: Iterable<FeedNo>, actor: string, way: string): void {
    for (const feed of new Set(feeds)) {
      const key = `${feed} ${actor} ${way}`
      const held = this.#counts.get(key)
      if (held === undefined) this.#counts.set(key, { feed, actor, way, times: 1 })
      else held.times += 1
    }
    this.#timer ??= setTimeout(() => void this.#flush(), FLUSH_MS).unref()
  }

  async #flush(): Promise<void> {
    this.#timer = undefined
    const counts = [...this.#counts.values()]
    this.#counts.clear()
    try {
      for (const count of counts) await countUse(this.#postgres, count)
    } catch (cause) {
      this.#log.warn({ err: cause }, 'uses of feeds could not be counted')
    }
  }
}
