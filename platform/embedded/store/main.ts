import { readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { hostFacts } from '@/platform/env'
import { createLog } from '@/platform/log'
import { createShutdown, tellParent } from '@/platform/shutdown'
import { createStore } from './server'
import { Sessions } from './sessions'

const DRAIN_MS = 3000
const CONNECTIONS = 8

/** The store process: one engine, one data folder, one port on loopback. */
async function main(): Promise<void> {
  const started = performance.now()
  const log = createLog('store')
  const { values } = parseArgs({
    args: [...hostFacts().argv],
    options: {
      path: { type: 'string' },
      config: { type: 'string' },
      temp: { type: 'string' },
      'key-file': { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  })
  const { path, config, temp, 'key-file': keyFile } = values
  if (path === undefined || config === undefined || temp === undefined || keyFile === undefined) {
    throw new Error('The store needs --path, --config, --temp and --key-file.')
  }
  const key = (await readFile(keyFile, 'utf8')).trim()
  const shutdown = createShutdown(log)
  const store = createStore({ sessions: new Sessions(path, config, CONNECTIONS), key, temp })
  shutdown.add('store', () => store.drain(DRAIN_MS), DRAIN_MS + 1000)
  shutdown.add('temp', () => rm(temp, { recursive: true, force: true }))
  store.server.listen(Number(values.port), '127.0.0.1', () => {
    const { port } = store.server.address() as AddressInfo
    log.info({ port, ms: Math.round(performance.now() - started) }, 'store ready')
    tellParent({ ready: true, port })
  })
}

await main()
