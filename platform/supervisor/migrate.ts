import { placesOf } from '../embedded/places'
import { readEnv } from '../env'
import { createLog } from '../log'
import { createShutdown } from '../shutdown'
import { migrateStores, startStores } from './stores'
import { openTerminal } from './terminal'

/** `npm run migrate`: brings given stores to this version's tables and ends; for a deployment without supervisor. */
async function main(): Promise<void> {
  const terminal = openTerminal()
  const log = createLog('migrate', { level: 'warn' })
  const shutdown = createShutdown(log)
  try {
    const env = readEnv()
    const missing = (['CLICKHOUSE_URL', 'DATABASE_URL', 'REDIS_URL'] as const).filter((name) => env[name] === undefined)
    if (missing.length > 0)
      throw new Error(`${missing.join(', ')} not set: npm start migrates the embedded stores itself.`)
    const places = placesOf(env.BELFRY_VAR)
    const urls = await startStores({ env, places, terminal, sinkOf: () => () => undefined, onPart: () => undefined })
    const names = await migrateStores(urls, env, log)
    terminal.say(names.length === 0 ? 'nothing to migrate' : `migrated: ${names.join(', ')}`)
    await shutdown.begin('migrated')
  } catch (cause) {
    terminal.say(cause instanceof Error ? cause.message : String(cause))
    await shutdown.begin('failed', 1)
  }
}

await main()
