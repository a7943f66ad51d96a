import { Redis } from 'ioredis'
import type { Log } from '../log'

export interface RedisOptions {
  /** `redis://host:6379`, `rediss://…`, or `unix:/path` for a private socket. */
  readonly url: string
  readonly log: Log
}

const RECONNECT_LIMIT_MS = 2000

/** A connection for BullMQ, streams and short-lived state. It waits for a lost Redis and never fails a request. */
export function connectRedis({ url, log }: RedisOptions): Redis {
  const path = url.startsWith('unix:') ? url.replace(/^unix:(\/\/)?/, '') : url
  const redis = new Redis(path, {
    maxRetriesPerRequest: null, // BullMQ's blocking reads wait for as long as it takes
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 6), RECONNECT_LIMIT_MS),
  })
  let down = false
  redis.on('error', (cause: Error) => {
    if (!down) log.warn({ err: cause }, 'redis is away')
    down = true
  })
  redis.on('ready', () => {
    if (down) log.info('redis is back')
    down = false
  })
  return redis
}
