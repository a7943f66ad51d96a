import { drainPending, Session } from 'chdb'

interface Waiting {
  resolve(session: Session): void
  reject(cause: unknown): void
}

/**
 * Native connections to one data folder. Settings and parameters stick to a connection, so one that was used is
 * closed and replaced (0.3 ms); several work in parallel, each runs one statement at a time.
 */
export class Sessions {
  readonly #path: string
  readonly #config: string
  readonly #limit: number
  readonly #idle: Session[] = []
  readonly #waiting: Waiting[] = []
  readonly #named = new Map<string, { session: Session; last: Promise<void> }>()
  #live = 0

  constructor(path: string, config: string, limit: number) {
    this.#path = path
    this.#config = config
    this.#limit = limit
  }

  open(): Session {
    return new Session(this.#path, { connectionArgs: [`--config-file=${this.#config}`] })
  }

  /** Runs `fn` on a clean connection, or on the lasting one of `sessionId` (temporary tables live there). */
  async use<Value>(sessionId: string | undefined, fn: (session: Session) => Promise<Value>): Promise<Value> {
    if (sessionId !== undefined) return this.#useNamed(sessionId, fn)
    const session = await this.#acquire()
    try {
      return await fn(session)
    } finally {
      this.#replace(session)
    }
  }

  async close(): Promise<void> {
    await drainPending()
    for (const session of this.#idle) session.close()
    for (const { session } of this.#named.values()) session.close()
  }

  async #useNamed<Value>(id: string, fn: (session: Session) => Promise<Value>): Promise<Value> {
    const entry = this.#named.get(id) ?? { session: this.open(), last: Promise.resolve() }
    this.#named.set(id, entry)
    const turn = entry.last.then(() => fn(entry.session))
    entry.last = turn.then(
      () => undefined,
      () => undefined,
    )
    return turn
  }

  async #acquire(): Promise<Session> {
    const session = this.#idle.pop()
    if (session !== undefined) return session
    if (this.#live < this.#limit) return this.#openOne()
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  /** A place that could not be opened is free again. @throws what the engine throws */
  #openOne(): Session {
    const session = this.open()
    this.#live += 1
    return session
  }

  /** Puts a clean connection in the place of a used one. A failure is told to who waits for it, if anybody does. */
  #replace(used: Session): void {
    this.#live -= 1
    const next = this.#waiting.shift()
    try {
      used.close()
      const session = this.#openOne()
      if (next === undefined) this.#idle.push(session)
      else next.resolve(session)
    } catch (cause) {
      next?.reject(cause)
      this.#serveWaiting()
    }
  }

  /** Who waits behind a failure must not wait for ever: each gets a connection of its own or the failure. */
  #serveWaiting(): void {
    while (this.#live < this.#limit) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      try {
        next.resolve(this.#openOne())
      } catch (cause) {
        next.reject(cause)
      }
    }
  }
}
