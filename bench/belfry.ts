import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Child } from '@/platform/embedded/child'
import type { Environment } from '@/platform/env'
import { waitForReady } from '@/platform/supervisor/health'
import { launchProgram, SERVER } from '@/platform/supervisor/programs'
import type { BenchServices } from './services'

/** A Belfry server of the product, started as the supervisor starts it. */
export interface Belfry {
  readonly child: Child
  readonly url: string
  stop(): Promise<void>
}

interface BelfryOptions {
  readonly services: BenchServices
  readonly port?: number
  readonly args?: readonly string[]
  readonly env?: Environment
}

const START_LIMIT_MS = 180_000
const STOP_LIMIT_MS = 8_000
const LINES_KEPT = 40

/** Starts it and resolves when it is ready. @throws with its last lines when it does not get ready. */
export async function startBelfry({ services, port, args = [], env = {} }: BelfryOptions): Promise<Belfry> {
  const chosen = port ?? (await freePort())
  const lines: string[] = []
  const sink = (line: string): void => {
    lines.push(line)
    if (lines.length > LINES_KEPT) lines.shift()
  }
  const child = await launchProgram(
    { ...SERVER, args },
    {
      ...services.urls,
      BELFRY_VAR: services.folder,
      BELFRY_DATA: join(services.folder, 'no-data'), // the bench's own World is the only load
      PORT: String(chosen),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      ...env,
    },
    sink,
  )
  const url = `http://127.0.0.1:${chosen}`
  const ended = new AbortController()
  void child.exited.then(() => ended.abort())
  if (!(await waitForReady(url, START_LIMIT_MS, ended.signal))) {
    await child.stop('SIGKILL', 1_000)
    throw new Error(`The server did not get ready.\n${lines.join('\n')}`)
  }
  return {
    child,
    url,
    stop: async () => {
      await child.stop('SIGTERM', STOP_LIMIT_MS)
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
