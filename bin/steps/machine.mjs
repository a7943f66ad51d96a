import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { root, Stop, varFolder } from './terminal.mjs'

const GB = 1e9
/** Packages 1.5 GB, pages 0.3 GB, and room for data to begin with. */
const FIRST_START_BYTES = 6 * GB
const LATER_START_BYTES = 1 * GB

/** @throws Stop when we may not write where we must. */
export function checkPermission() {
  try {
    mkdirSync(varFolder(), { recursive: true })
    accessSync(varFolder(), constants.W_OK)
  } catch {
    throw new Stop(`No permission to write ${varFolder()}: set BELFRY_VAR to a folder of yours, or change its owner.`)
  }
  if (existsSync(join(root, 'node_modules'))) return
  try {
    accessSync(root, constants.W_OK)
  } catch {
    throw new Stop(`No permission to install packages into ${root}: clone Belfry as yourself, or change its owner.`)
  }
}

/** @throws Stop when the disk is nearly full. */
export async function checkDisk() {
  const needed = existsSync(join(root, 'node_modules')) ? LATER_START_BYTES : FIRST_START_BYTES
  const { bavail, bsize } = await statfs(varFolder())
  const free = bavail * bsize
  if (free >= needed) return
  const gb = (bytes) => (bytes / GB).toFixed(1)
  throw new Stop(`Belfry needs ${gb(needed)} GB of free disk; ${varFolder()} has ${gb(free)} GB: make room first.`)
}

/** @throws Stop when the port is taken or forbidden. */
export async function checkPort(host, port) {
  const code = await new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (cause) => resolve(cause.code))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
  if (code === undefined) return
  const advice = `npm start -- --port ${port < 65_000 ? port + 1 : 3001}`
  if (code === 'EADDRINUSE') throw new Stop(`Port ${port} is busy (perhaps another Belfry): stop it, or ${advice}`)
  if (code === 'EACCES') throw new Stop(`Port ${port} needs more rights than this user has: ${advice}`)
  throw new Stop(`Cannot listen on ${host} port ${port} (${code}): set HOST to an address of this machine.`)
}
