import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log'
import type { Connection, Postgres } from './postgres'

export interface Listener {
  readonly channel: string
  readonly log: Log
  onMessage(payload: string): void
  /** After each (re)connect: messages sent while nobody listened are gone, so read the table now. */
  onListening?(): void
}

export interface Listening {
  close(): Promise<void>
}

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5000
const PROBE_MS = 10_000

/** Listens on one connection of its own and connects again for as long as it is open. Resolves when it listens first. */
export async function listen(db: Postgres, listener: Listener): Promise<Listening> {
  if (!/^\w+$/.test(listener.channel)) throw new RangeError(`A channel is a plain word, got ${listener.channel}.`)
  const stop = new AbortController()
  let started: () => void = () => undefined
  const first = new Promise<void>((resolve) => (started = resolve))
  const running = keepListening(db, listener, { signal: stop.signal, started })
  await Promise.race([first, running])
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}

interface Round {
  readonly signal: AbortSignal
  readonly started: () => void
}

async function keepListening(db: Postgres, listener: Listener, round: Round): Promise<void> {
  let wait = FIRST_WAIT_MS
  while (!round.signal.aborted) {
    try {
      await listenOnce(db, listener, round)
      wait = FIRST_WAIT_MS
    } catch (cause) {
      listener.log.warn({ err: cause, channel: listener.channel }, 'cannot listen, trying again')
    }
    await sleep(wait, undefined, { signal: round.signal }).catch(() => undefined)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }
}

async function listenOnce(db: Postgres, listener: Listener, { signal, started }: Round): Promise<void> {
  const connection = await db.connection()
  const ended = new Promise<void>((resolve) => {
    connection.onLost(resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const probe = setInterval(() => void probeOnce(connection), PROBE_MS)
  try {
    connection.onNotification((channel, payload) => {
      if (channel === listener.channel) listener.onMessage(payload)
    })
    await connection.run(`LISTEN ${listener.channel}`)
    listener.onListening?.()
    started()
    await ended
  } finally {
    clearInterval(probe)
    connection.release(true)
  }
}

/** A half-open TCP connection shows only when used; a failed use makes the driver report it as lost. */
const probeOnce = (connection: Connection): Promise<void> => connection.run('SELECT 1').catch(() => undefined)
