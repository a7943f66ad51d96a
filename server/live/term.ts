import { setTimeout as sleep } from 'node:timers/promises'
import type { TraceId, WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import type { Postgres } from '@/platform/postgres/postgres'
import { LatestWriter } from './latestWriter'
import type { LiveMeters } from './liveMeters'
import { Relay } from './relay'
import type { Append } from './relay'
import { restoreCommands, restoreFromStore, restoreRecent, restoreReports } from './warmStart'
import type { WorldLive } from './worldLive'

export interface TermTools {
  readonly postgres: Postgres
  readonly clickhouse: ClickHouse
  readonly clock: Clock
  readonly log: Log
  readonly append: Append
  readonly makeTraceId: () => TraceId
  readonly meters: Pick<LiveMeters, 'outbox'>
}

/** A store that answers later than this is waited for while the picture already moves. */
const WARM_LIMIT_MS = 8000
const WARM_AGAIN_MS = 3000
/** A store that does not answer at the end is not waited for: the next leader reads the rows it missed. */
const LAST_WRITE_MS = 500
const READ_BACK_MS = 60_000
/** What another server recorded before the term may reach the store only after it began: looked for again. */
const SETTLE_MS = [5000, 20_000] as const

/** The time in which this server leads one World: warm start, relay of the outbox, the tables of latest values. */
export class Term {
  readonly epoch: number
  readonly writer: LatestWriter
  readonly #of: WorldLive
  readonly #tools: TermTools
  readonly #relay: Relay
  readonly #stop = new AbortController()
  #begunAt: number | undefined

  constructor(of: WorldLive, epoch: number, tools: TermTools) {
    this.epoch = epoch
    this.#of = of
    this.#tools = tools
    this.writer = new LatestWriter(of.live, tools)
    this.#relay = new Relay({ ...tools, meters: tools.meters.outbox, world: this.#world })
  }

  /** False until the picture is warm: before that no number is given. */
  get isNumbering(): boolean {
    return this.#begunAt !== undefined
  }

  /** Machine time of the first number; undefined until then. */
  get begunAt(): number | undefined {
    return this.#begunAt
  }

  get #world(): WorldNo {
    return this.#of.live.world.no
  }

  /** Resolves when numbering begins. */
  async start(): Promise<void> {
    const warm = this.#warmUp()
    await Promise.race([warm, sleep(WARM_LIMIT_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined)])
    if (this.#stop.signal.aborted) return
    this.writer.noteAll()
    this.#of.live.begin(this.epoch)
    this.#begunAt = this.#tools.clock.now()
    for (const wait of SETTLE_MS) void this.readBack(wait)
    void warm.then(() => this.poke())
  }

  /** Carries what waits in the outbox, once the picture knows which events it contains already. */
  poke(): void {
    if (this.isNumbering && !this.#stop.signal.aborted) this.#relay.poke()
  }

  /** Reads again what any server recorded in the last minute, `waitMs` from now. */
  async readBack(waitMs: number): Promise<void> {
    const { clickhouse, clock, log } = this.#tools
    await sleep(waitMs, undefined, { signal: this.#stop.signal }).catch(() => undefined)
    if (this.#isStopped()) return
    const since = epochMillis(clock.now() - READ_BACK_MS - waitMs)
    const asked = { world: this.#world, picture: this.#of.live.picture, since }
    try {
      await restoreRecent(clickhouse, asked)
      await restoreReports(clickhouse, asked)
    } catch (cause) {
      if (!this.#isStopped()) log.warn({ err: cause, world: this.#world }, 'store not read back')
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    const last = this.#relay.stop().then(() => this.writer.write())
    await Promise.race([last, sleep(LAST_WRITE_MS)])
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted
  }

  async #warmUp(): Promise<void> {
    const { postgres, clickhouse, log } = this.#tools
    const { picture } = this.#of.live
    while (!this.#stop.signal.aborted) {
      try {
        await restoreCommands(postgres, this.#world, picture)
        await restoreFromStore(clickhouse, this.#world, picture)
        return
      } catch (cause) {
        log.warn({ err: cause, world: this.#world }, 'cannot start warm yet, trying again')
        await sleep(WARM_AGAIN_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined)
      }
    }
  }
}
