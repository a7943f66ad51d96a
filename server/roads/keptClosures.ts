import type { World } from '@/domain/world'
import type { Log } from '@/platform/log'
import type { Postgres } from '@/platform/postgres/postgres'
import { closureRows } from '../command/closureRows'
import type { ClosureRow } from '../command/closureRows'
import type { RoadChange, Unmatched } from './threadMessages'

interface KeptClosuresParts {
  readonly postgres: Postgres
  readonly log: Log
  readonly catalogue: { worlds(): readonly World[] }
  readonly roads: { change(world: World, change: RoadChange): Promise<Unmatched | undefined> }
}

/** Another server's closures are known here after this time. */
const EVERY_MS = 5_000

/** The closures that PostgreSQL keeps, told to the roads of this server: at its start, at each change, and every 5 s. */
export class KeptClosures {
  readonly #parts: KeptClosuresParts
  readonly #told = new Map<string, { readonly row: ClosureRow; readonly text: string }>()
  #timer: NodeJS.Timeout | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: KeptClosuresParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    await this.refresh()
    const look = (): void =>
      void this.refresh().catch((cause: unknown) => this.#parts.log.warn({ err: cause }, 'closures not read'))
    this.#timer = setInterval(look, EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** The closures of a World that the roads count with now. */
  of(world: World): ClosureRow[] {
    return [...this.#told.values()].map(({ row }) => row).filter((row) => row.world === world.no)
  }

  /** Tells the roads what changed. Resolves with what of `source` in `world` names nothing there. @throws Unavailable */
  refresh(asked?: { readonly world: World; readonly source: string }): Promise<Unmatched | undefined> {
    const done = this.#last.then(() => this.#refresh(asked))
    this.#last = done.catch(() => undefined)
    return done
  }

  async #refresh(asked?: { readonly world: World; readonly source: string }): Promise<Unmatched | undefined> {
    const rows = await closureRows(this.#parts.postgres, {})
    const worlds = new Map(this.#parts.catalogue.worlds().map((world) => [Number(world.no), world]))
    const now = new Set(rows.map(keyOf))
    for (const [key, { row }] of this.#told) {
      const world = worlds.get(row.world)
      if (now.has(key) || world === undefined) continue
      this.#told.delete(key)
      await this.#parts.roads.change(world, { kind: 'reopen', source: row.source })
    }
    let unmatched: Unmatched | undefined
    for (const row of rows) {
      const text = JSON.stringify(row)
      const world = worlds.get(row.world)
      if (world === undefined || this.#told.get(keyOf(row))?.text === text) continue
      this.#told.set(keyOf(row), { row, text })
      const { source, reason, codes, places } = row
      const missing = await this.#parts.roads.change(world, { kind: 'close', source, reason, codes, places })
      if (asked?.world.no === world.no && asked.source === source) unmatched = missing
    }
    return unmatched
  }
}

const keyOf = ({ world, source }: ClosureRow): string => `${world}/${source}`
