import { createHash } from 'node:crypto'
import type { Connection, Postgres } from './postgres'

/** Held by exactly one connection of all processes; given back by `release`, or by the server when we die. */
export interface AdvisoryLock {
  /** Aborts when the connection broke: somebody else may hold the lock now. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

const PROBE_MS = 2000

/** Takes the lock called `name`, or returns undefined at once when somebody else has it. @throws Unavailable */
export async function tryAdvisoryLock(db: Postgres, name: string): Promise<AdvisoryLock | undefined> {
  const connection = await db.connection()
  try {
    const [row] = await connection.query({
      name: 'tryAdvisoryLock',
      text: 'SELECT pg_try_advisory_lock($1::bigint) AS held',
      values: [lockNumber(name)],
    })
    if (row?.['held'] === true) return heldBy(connection, name)
  } catch (cause) {
    connection.release(true)
    throw cause
  }
  connection.release()
  return undefined
}

/** Waits for the lock called `name`, runs `fn` and gives it back. */
export async function withAdvisoryLock<Value>(db: Postgres, name: string, fn: () => Promise<Value>): Promise<Value> {
  const connection = await db.connection()
  try {
    await connection.query({
      name: 'advisoryLock',
      text: 'SELECT pg_advisory_lock($1::bigint)',
      values: [lockNumber(name)],
    })
    return await fn()
  } finally {
    connection.release(true) // closing the connection gives the lock back, whatever happened to it
  }
}

function heldBy(connection: Connection, name: string): AdvisoryLock {
  const controller = new AbortController()
  const end = (broken: boolean) => {
    clearInterval(probe)
    connection.release(broken)
  }
  const lose = () => {
    end(true)
    controller.abort(new Error(`The lock ${name} is lost.`))
  }
  const probe = setInterval(() => void connection.run('SELECT 1').catch(lose), PROBE_MS)
  probe.unref()
  connection.onLost(lose)
  return {
    lost: controller.signal,
    async release() {
      if (controller.signal.aborted) return
      const unlock = {
        name: 'advisoryUnlock',
        text: 'SELECT pg_advisory_unlock($1::bigint)',
        values: [lockNumber(name)],
      }
      await connection.query(unlock).then(
        () => end(false),
        () => end(true),
      )
    },
  }
}

/** The first 8 bytes of the name's SHA-256 as a signed bigint, in text. */
const lockNumber = (name: string): string => createHash('sha256').update(name).digest().readBigInt64BE().toString()
