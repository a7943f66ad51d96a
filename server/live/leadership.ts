import { setTimeout as sleep } from 'node:timers/promises'
import type { WorldNo } from '@/domain/ids'
import type { Log } from '@/platform/log'
import type { Connection, Postgres } from '@/platform/postgres/postgres'

const ROUND_MS = 500
const ANSWER_LIMIT_MS = 3000
/** First half of the advisory lock's key; the second is the World. */
const LOCK_CLASS = 1_113_937_158

export interface LeadershipOptions {
  readonly postgres: Postgres
  readonly log: Log
  worlds(): readonly WorldNo[]
  /** This server now leads the World; `epoch` is greater than that of every earlier term. */
  onGained(world: WorldNo, epoch: number): void
  /** Somebody else may lead it from now on. */
  onLost(world: WorldNo): void
}

/**
 * Decides who numbers the deltas of each World: an advisory lock of PostgreSQL, all of them on one connection of their
 * own. When that connection breaks or does not answer for 3 s, everything is given up at once.
 */
export class Leadership {
  readonly #options: LeadershipOptions
  readonly #held = new Set<WorldNo>()
  readonly #stop = new AbortController()
  #connection: Connection | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(options: LeadershipOptions) {
    this.#options = options
  }

  leads(world: WorldNo): boolean {
    return this.#held.has(world)
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Gives every World back, so that another server takes over without waiting. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
    this.#stepDown('stopping')
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        await this.#round()
      } catch (cause) {
        this.#options.log.warn({ err: cause }, 'leadership cannot be decided')
        this.#stepDown('no answer')
      }
      await sleep(ROUND_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  async #round(): Promise<void> {
    const connection = this.#connection ?? (await this.#connect())
    const missing = this.#options.worlds().filter((world) => !this.#held.has(world))
    for (const { world, epoch } of await within(ANSWER_LIMIT_MS, tryLead(connection, missing))) {
      if (connection !== this.#connection || this.#stop.signal.aborted) return
      this.#held.add(world)
      this.#options.log.info({ world, epoch }, 'leads')
      this.#options.onGained(world, epoch)
    }
  }

  async #connect(): Promise<Connection> {
    const connection = await this.#options.postgres.connection()
    this.#connection = connection
    connection.onLost(() => {
      if (connection === this.#connection) this.#stepDown('connection lost')
    })
    return connection
  }

  #stepDown(reason: string): void {
    this.#connection?.release(true) // its end gives the locks back
    this.#connection = undefined
    const worlds = [...this.#held]
    this.#held.clear()
    for (const world of worlds) {
      this.#options.log.info({ world, reason }, 'leads no longer')
      this.#options.onLost(world)
    }
  }
}

/** Also the probe of the connection: with nothing missing it is a question without rows. */
async function tryLead(connection: Connection, worlds: readonly WorldNo[]) {
  const rows = await connection.query({
    name: 'leadWorlds',
    text: `WITH led AS MATERIALIZED (
             SELECT world FROM unnest($2::int[]) AS world WHERE pg_try_advisory_lock($1::int, world)
           ) SELECT world, nextval('live_epochs')::int AS epoch FROM led`,
    values: [LOCK_CLASS, worlds],
  })
  return rows as { world: WorldNo; epoch: number }[]
}

async function within<Value>(limitMs: number, answer: Promise<Value>): Promise<Value> {
  const stop = new AbortController()
  const late = sleep(limitMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`No answer within ${limitMs} ms.`)
  })
  late.catch(() => undefined)
  try {
    return await Promise.race([answer, late])
  } finally {
    stop.abort()
  }
}
