import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { root, runLogged, say, Stop, varFolder } from './terminal.mjs'

const marker = () => join(root, 'node_modules', '.belfry-lock')
const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
const installed = () => existsSync(marker()) && readFileSync(marker(), 'utf8') === lockHash()

/** Were these packages installed by hand from this lock? Then every one it names for this machine is there. */
function installedByHand() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || found[path]?.version === version,
  )
}

/** Packages of the lock, `npm ci` first, `npm install` when the lock and the registry disagree; three tries. */
export async function install() {
  if (installed()) return
  if (installedByHand()) return writeFileSync(marker(), lockHash())
  const started = Date.now()
  say('installing packages (about 1.5 GB, once)')
  for (const verb of ['ci', 'ci', 'install']) {
    const { code, tail } = await npm(verb, started)
    if (code === 0) {
      writeFileSync(marker(), lockHash())
      say(`packages installed (${Math.round((Date.now() - started) / 1000)} s)`)
      return
    }
    if (code === 127) throw new Stop('There is no npm beside this Node: install it, or put it on the PATH.')
    say(`npm ${verb} failed: ${tail.find((line) => line.includes('npm error')) ?? tail.at(-1) ?? 'without a word'}`)
  }
  throw new Stop(`The packages could not be installed; npm's own words are in ${logFile()}.`)
}

const logFile = () => join(varFolder(), 'log', 'install.log')

async function npm(verb, started) {
  const before = await freeBytes()
  let ticks = 0
  const tick = async () => {
    ticks += 1
    if (ticks % 5 !== 0) return
    const written = Math.max(0, before - (await freeBytes()))
    say(`  ${(written / 1e6).toFixed(0)} MB written, ${Math.round((Date.now() - started) / 1000)} s`)
  }
  const words = [verb, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev']
  // npm start sets npm_config_*; a production setting there must not leave the compiler out.
  const env = { ...process.env, NODE_ENV: 'development' }
  return runLogged('npm', words, { log: logFile(), tick, env })
}

async function freeBytes() {
  const { bavail, bsize } = await statfs(root)
  return bavail * bsize
}
