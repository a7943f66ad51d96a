import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, runLogged, say, Stop, varFolder } from './terminal.mjs'

const SOURCES = ['app', 'domain', 'public', 'next.config.ts', 'package-lock.json', 'tsconfig.json']
const marker = () => join(root, '.next', 'belfry-sources')

/** SHA-256 over names and bytes of everything the pages are made of. */
function sourcesHash() {
  const hash = createHash('sha256')
  const add = (path) => {
    if (!existsSync(join(root, path))) return
    if (statSync(join(root, path)).isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) add(join(path, name))
    } else if (!/\.test\.tsx?$/.test(path)) {
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
        .update('\0')
    }
  }
  SOURCES.forEach(add)
  return hash.digest('hex')
}

/** Builds the pages when they are older than their sources, by content and not by date. */
export async function build() {
  const hash = sourcesHash()
  if (existsSync(marker()) && readFileSync(marker(), 'utf8') === hash) return
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  say('building the pages (up to two minutes, once for each change)')
  const log = join(varFolder(), 'log', 'build.log')
  let ticks = 0
  const { code, tail } = await runLogged(
    process.execPath,
    [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    {
      log,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
      tick: () => {
        ticks += 1
        if (ticks % 3 === 0) say(`  building, ${seconds()} s`)
      },
    },
  )
  if (code !== 0) {
    console.log(tail.join('\n'))
    throw new Stop(`The pages could not be built; all of it is in ${log}.`)
  }
  mkdirSync(dirname(marker()), { recursive: true })
  writeFileSync(marker(), hash)
  say(`pages built (${seconds()} s)`)
}
