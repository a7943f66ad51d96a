import type { HealthPart, HealthView } from '@/domain/api/health'
import type { Clock } from '@/platform/clock'

/** One part that is asked now and then. */
export interface Probe {
  readonly name: string
  /** Without it the server is not ready; the others may be away for a while. */
  readonly needed: boolean
  check(): Promise<HealthPart['state']> | HealthPart['state']
  figures?(): Readonly<Record<string, number>>
}

export interface HealthOptions {
  readonly clock: Clock
  readonly serverId: string
  readonly roles: readonly string[]
  readonly probes: readonly Probe[]
}

const ROUND_MS = 1000

/** Asks every part once a second and remembers since when it is as it is, so that an answer costs nothing. */
export class Health {
  readonly #options: HealthOptions
  readonly #parts = new Map<string, HealthPart>()
  #started = false
  #stopping = false
  #state: HealthView['state'] = 'starting'
  #since: number
  #timer: NodeJS.Timeout | undefined

  constructor(options: HealthOptions) {
    this.#options = options
    this.#since = options.clock.now()
  }

  /** Everything is constructed and listening: from now on the probes decide. */
  async start(): Promise<void> {
    this.#started = true
    await this.#round()
    this.#timer = setInterval(() => void this.#round(), ROUND_MS)
    this.#timer.unref()
  }

  /** Tells load balancers to look elsewhere while the rest drains. */
  stopping(): void {
    this.#stopping = true
    clearInterval(this.#timer)
    this.#decide()
  }

  view(): HealthView {
    const { serverId, roles } = this.#options
    return { state: this.#state, since: this.#since, serverId, roles: [...roles], parts: [...this.#parts.values()] }
  }

  async #round(): Promise<void> {
    await Promise.all(this.#options.probes.map((probe) => this.#ask(probe)))
    this.#decide()
  }

  async #ask(probe: Probe): Promise<void> {
    const state = await stateOf(probe)
    const before = this.#parts.get(probe.name)
    const since = before?.state === state ? before.since : this.#options.clock.now()
    const figures = probe.figures?.()
    this.#parts.set(probe.name, { name: probe.name, state, since, ...(figures === undefined ? {} : { figures }) })
  }

  #decide(): void {
    const next = this.#next()
    if (next === this.#state) return
    this.#state = next
    this.#since = this.#options.clock.now()
  }

  #next(): HealthView['state'] {
    if (this.#stopping) return 'stopping'
    if (!this.#started) return 'starting'
    const missing = this.#options.probes.some(({ name, needed }) => needed && this.#parts.get(name)?.state === 'down')
    return missing ? 'notReady' : 'ready'
  }
}

async function stateOf(probe: Probe): Promise<HealthPart['state']> {
  try {
    return await probe.check()
  } catch {
    return 'down'
  }
}
