import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { startChild } from '../child'
import type { LineSink, OnSpawned } from '../child'
import { command } from '../command'
import type { Places } from '../places'
import { CannotRun, waitUntil } from '../service'
import type { Launch, Service } from '../service'
import { findBinaries } from './binaries'
import { identities, program } from './identity'
import type { Identity } from './identity'

const READY_LIMIT_MS = 60_000
const PORT = 5432 // only the name of the socket
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  port: String(PORT),
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  // Half of the cores are busy with the city: no helpers for one query.
  max_parallel_workers_per_gather: '0',
  log_timezone: 'UTC',
  timezone: 'UTC',
  logging_collector: 'off',
}

/** The embedded PostgreSQL on a private unix socket. */
export function postgresService(places: Places): Service {
  let chosen: Identity | undefined
  return {
    name: 'postgres',
    stopSignal: 'SIGINT', // fast shutdown: rolls back, checkpoints, ends
    async launch(sink, onSpawned) {
      const sockets = join(places.sockets, 'pg')
      chosen ??= await choose(places)
      await own(sockets, chosen)
      return start(chosen, sockets, { sink, onSpawned })
    },
  }
}

/** The first way to run PostgreSQL that works here, with its data folder initialised. */
async function choose(places: Places): Promise<Identity> {
  await mkdir(places.sockets, { recursive: true, mode: 0o700 })
  const complaints: string[] = []
  for (const binaries of await findBinaries(join(places.run, 'pglib'))) {
    for (const identity of await identities(binaries, places)) {
      const complaint = await prepare(identity)
      if (complaint === undefined) return identity
      complaints.push(complaint)
    }
  }
  const why = complaints.at(-1) ?? 'there is none for this machine in the package, and none installed'
  throw new CannotRun(`PostgreSQL cannot run here (${why}): install postgresql, or set DATABASE_URL to a server.`)
}

/** Makes the data folder when there is none; returns what went wrong. */
async function prepare(identity: Identity): Promise<string | undefined> {
  const version = await command(...asCommand(identity, 'postgres', ['--version']))
  if (!version.ok) return version.output.split('\n')[0] ?? 'it does not start'
  const file = join(identity.data, 'PG_VERSION')
  if (existsSync(file)) {
    const made = (await readFile(file, 'utf8')).trim()
    if (version.output.includes(` ${made}.`)) return undefined
    return `var/postgres was made by PostgreSQL ${made}, this is ${version.output}`
  }
  await rm(identity.data, { recursive: true, force: true }) // an initdb that was interrupted
  await own(identity.data, identity)
  const args = ['-D', identity.data, '-U', 'belfry', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions']
  const made = await command(...asCommand(identity, 'initdb', args))
  if (made.ok) return undefined
  await rm(identity.data, { recursive: true, force: true })
  return made.output.split('\n').at(-1) ?? 'initdb failed'
}

interface Listeners {
  readonly sink: LineSink
  readonly onSpawned: OnSpawned | undefined
}

async function start(identity: Identity, sockets: string, { sink, onSpawned }: Listeners): Promise<Launch> {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const args = ['-D', identity.data, '-k', sockets, ...settings]
  const child = await startChild(program(identity, 'postgres', args), sink, onSpawned)
  const up = await waitUntil(child, () => ensureDatabase(sockets), READY_LIMIT_MS)
  if (!up) {
    await child.stop('SIGINT', 2000)
    throw new Error('PostgreSQL did not become ready; see postgres.log')
  }
  return { child, url: `postgres://belfry@localhost:${PORT}/belfry?host=${encodeURIComponent(sockets)}` }
}

/** Makes our database on the first start; false while the server does not answer. */
async function ensureDatabase(sockets: string): Promise<boolean> {
  const client = new pg.Client({ host: sockets, port: PORT, user: 'belfry', database: 'postgres' })
  client.on('error', () => undefined) // the server may still be recovering; the next try tells
  try {
    await client.connect()
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'belfry'")
    if (rowCount === 0) await client.query('CREATE DATABASE belfry')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function own(folder: string, { owner }: Identity): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid)
}

function asCommand(identity: Identity, name: 'initdb' | 'postgres', words: readonly string[]) {
  const { command: file, args, ...options } = program(identity, name, words)
  return [file, args, options] as const
}
