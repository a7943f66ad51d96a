import { mkdir } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { startChild } from '../child'
import type { Places } from '../places'
import { waitUntil } from '../service'
import type { Service } from '../service'
import { findRedis } from './redisBinary'
import type { RedisBinary } from './redisBinary'

const READY_LIMIT_MS = 20_000
const ANSWER_LIMIT_MS = 1000

/** The embedded Redis on a private unix socket; jobs and fan-out only, no fact is lost with it. */
export function redisService(places: Places, say: (line: string) => void): Service {
  let binary: RedisBinary | undefined
  return {
    name: 'redis',
    stopSignal: 'SIGTERM',
    async launch(sink, onSpawned) {
      binary ??= await findRedis(places, say)
      const data = join(places.var, 'redis')
      const socket = join(places.sockets, 'redis.sock')
      await mkdir(data, { recursive: true })
      await mkdir(places.sockets, { recursive: true, mode: 0o700 })
      const spec = { command: binary.file, env: binary.env, args: settings(data, socket) }
      const child = await startChild(spec, sink, onSpawned)
      if (!(await waitUntil(child, () => answers(socket), READY_LIMIT_MS))) {
        await child.stop('SIGTERM', 2000)
        throw new Error('Redis did not become ready; see redis.log')
      }
      return { child, url: `unix:${socket}` }
    },
  }
}

function settings(data: string, socket: string): string[] {
  const values = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: data,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    maxmemory: '256mb',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
  }
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, value])
}

/** PING over the socket; a Redis that reads its file answers -LOADING, which is not yet. */
function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(socket)
    const end = (answer: boolean) => {
      connection.destroy()
      resolve(answer)
    }
    connection.setTimeout(ANSWER_LIMIT_MS, () => end(false))
    connection.once('connect', () => connection.write('PING\r\n'))
    connection.once('data', (bytes) => end(bytes.toString().startsWith('+PONG')))
    connection.once('error', () => end(false))
  })
}
