import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomToken } from '../clock'
import { childEnv, hostFacts } from '../env'
import { startChild } from './child'
import type { LineSink, OnSpawned } from './child'
import type { Places } from './places'
import { CannotRun } from './service'
import type { Launch, Service } from './service'
import { writeStoreConfig } from './store/config'

const MAIN = fileURLToPath(new URL('./store/main.ts', import.meta.url))
const MEMORY_FOLDER = '/dev/shm'
const MEMORY_NEEDED = 1024 ** 3
const READY_LIMIT_MS = 60_000
// Eight connections, each of which may hold a thread of libuv, and a few for files.
const UV_THREADS = 14

/** The embedded ClickHouse: one process, a port on loopback, a key as password. */
export function storeService(places: Places): Service {
  let port = 0
  return {
    name: 'store',
    stopSignal: 'SIGTERM',
    async launch(sink, onSpawned) {
      const launched = await launch(places, port, { sink, onSpawned })
      port = launched.port
      return launched
    },
  }
}

interface Listeners {
  readonly sink: LineSink
  readonly onSpawned: OnSpawned | undefined
}

async function launch(
  places: Places,
  port: number,
  { sink, onSpawned }: Listeners,
): Promise<Launch & { port: number }> {
  assertPlatform()
  const key = await keyOf(places)
  const child = await startChild(
    {
      command: hostFacts().nodePath,
      args: [
        '--max-old-space-size=512',
        '--import',
        'tsx',
        MAIN,
        `--path=${join(places.var, 'clickhouse')}`,
        `--config=${await writeStoreConfig(places.run)}`,
        `--temp=${await tempFolder(places)}`,
        `--key-file=${keyFile(places)}`,
        `--port=${port}`,
      ],
      env: childEnv({ UV_THREADPOOL_SIZE: String(UV_THREADS), NODE_OPTIONS: undefined }),
      channel: true,
    },
    sink,
    onSpawned,
  )
  const ready = await readyMessage(child.message())
  return { child, port: ready.port, url: `http://default:${key}@127.0.0.1:${ready.port}` }
}

async function readyMessage(message: Promise<unknown>): Promise<{ port: number }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the store was not ready in ${READY_LIMIT_MS / 1000} s`)), READY_LIMIT_MS)
  })
  try {
    const { port } = (await Promise.race([message, late])) as { port?: unknown }
    if (typeof port !== 'number') throw new Error('the store sent no port')
    return { port }
  } finally {
    clearTimeout(timer)
  }
}

const keyFile = (places: Places): string => join(places.run, 'store.key')

async function keyOf(places: Places): Promise<string> {
  await mkdir(places.run, { recursive: true })
  if (existsSync(keyFile(places))) return (await readFile(keyFile(places), 'utf8')).trim()
  const key = randomToken(24)
  await writeFile(keyFile(places), key, { mode: 0o600 })
  return key
}

/** Memory when there is a gigabyte of it, else the disk: macOS has no /dev/shm, containers 64 MB. */
async function tempFolder(places: Places): Promise<string> {
  const inMemory = await statfs(MEMORY_FOLDER).then(
    ({ bavail, bsize }) => bavail * bsize >= MEMORY_NEEDED,
    () => false,
  )
  const folder = inMemory ? join(MEMORY_FOLDER, places.sockets.split('/').pop() ?? 'belfry') : join(places.tmp, 'store')
  try {
    await rm(folder, { recursive: true, force: true }) // what a killed store left
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch {
    const own = join(places.tmp, 'store') // somebody else's folder of the same name
    await mkdir(own, { recursive: true, mode: 0o700 })
    return own
  }
}

function assertPlatform(): void {
  const { platform, arch } = hostFacts()
  if (platform === 'linux' && existsSync('/etc/alpine-release')) {
    throw new CannotRun('The embedded ClickHouse needs glibc, and this is musl: set CLICKHOUSE_URL to a server.')
  }
  if ((platform === 'linux' || platform === 'darwin') && (arch === 'x64' || arch === 'arm64')) return
  throw new CannotRun(`The embedded ClickHouse does not run on ${platform} ${arch}: set CLICKHOUSE_URL to a server.`)
}
