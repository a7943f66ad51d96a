import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { varFolder } from './terminal.mjs'

/**
 * A PostgreSQL and a Redis of the system on TCP ports, as a production machine would have them: another program of
 * another version under another user, not started by Belfry. Gives `why` instead when this machine has none.
 */
export async function startExternal() {
  const postgres = findPostgres()
  const redis = findRedis()
  if (postgres === undefined) return { why: 'no PostgreSQL is installed' }
  if (redis === undefined) return { why: 'no Redis is installed' }
  const folder = mkdtempSync(join(tmpdir(), 'belfry-external-'))
  const owner = otherUser()
  const data = join(folder, 'postgres')
  chmodSync(folder, 0o755)
  mkdirSync(data, { mode: 0o700 })
  if (owner !== undefined) chownSync(data, owner.uid, owner.gid)
  const options = { cwd: '/', ...owner, stdio: 'ignore', env: { ...process.env, LC_ALL: 'C' } }
  const made = spawnSync(
    join(postgres, 'initdb'),
    ['-D', data, '-U', 'city', '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    {
      ...options,
      stdio: 'pipe',
    },
  )
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    return { why: `initdb failed: ${made.stderr.toString().trim().split('\n').at(-1)}` }
  }
  const [pgPort, redisPort] = [await freePort(), await freePort()]
  const children = [
    spawn(join(postgres, 'postgres'), ['-D', data, '-p', String(pgPort), '-h', '127.0.0.1', '-k', data], options),
    spawn(redis.file, ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', folder], {
      stdio: 'ignore',
      env: redis.env,
    }),
  ]
  const stop = async () => {
    const ended = children.map((child) => new Promise((resolve) => child.once('exit', resolve)))
    for (const child of children) child.kill(child === children[0] ? 'SIGINT' : 'SIGTERM')
    await Promise.race([Promise.all(ended), new Promise((resolve) => setTimeout(resolve, 5000))])
    rmSync(folder, { recursive: true, force: true })
  }
  if (!(await listens(pgPort)) || !(await listens(redisPort))) {
    await stop()
    return { why: 'the installed PostgreSQL or Redis did not start' }
  }
  const version = spawnSync(join(postgres, 'postgres'), ['--version']).stdout.toString().trim()
  return {
    words: `${version} on port ${pgPort}, Redis on port ${redisPort}`,
    env: { DATABASE_URL: `postgres://city@127.0.0.1:${pgPort}/postgres`, REDIS_URL: `redis://127.0.0.1:${redisPort}` },
    stop,
  }
}

function findPostgres() {
  const base = '/usr/lib/postgresql'
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : []
  const bins = [...versions.map((version) => join(base, version, 'bin')), '/usr/local/pgsql/bin', '/opt/homebrew/bin']
  return bins.find((bin) => existsSync(join(bin, 'initdb')))
}

function findRedis() {
  const env = process.env
  if (spawnSync('redis-server', ['--version']).status === 0) return { file: 'redis-server', env }
  const unpacked = join(varFolder(), 'packages', 'redis', 'usr')
  const file = join(unpacked, 'bin', 'redis-server')
  if (!existsSync(file)) return undefined
  const lib = join(unpacked, 'lib')
  const folders = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return { file, env: { ...env, LD_LIBRARY_PATH: folders.map((entry) => join(lib, entry.name)).join(':') } }
}

/** PostgreSQL refuses root: `postgres` or `nobody` then. */
function otherUser() {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag, user) => spawnSync('id', [flag, user])
  const user = ['postgres', 'nobody'].find((name) => idOf('-u', name).status === 0)
  return { uid: Number(idOf('-u', user).stdout), gid: Number(idOf('-g', user).stdout) }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

async function listens(port) {
  const connects = () =>
    new Promise((resolve) => {
      const socket = createConnection(port, '127.0.0.1')
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('close', () => socket.destroy())
      setTimeout(() => socket.destroy(), 1000).unref()
    })
  for (let tries = 0; tries < 200; tries += 1) {
    if (await connects()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
