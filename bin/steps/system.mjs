import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runLogged, say, varFolder } from './terminal.mjs'

const onPath = (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0

/** Path of a Chromium, or nothing. */
export function findChromium() {
  const given = process.env.BELFRY_CHROMIUM
  if (given !== undefined && existsSync(given)) return given
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const found = names.find(onPath)
  return found === undefined
    ? undefined
    : execFileSync('sh', ['-c', `command -v ${found}`])
        .toString()
        .trim()
}

function missingPackages() {
  const missing = []
  if (findChromium() === undefined) missing.push('chromium')
  if (!onPath('fc-list') || !/Noto (Sans|Serif).*CJK/.test(spawnSync('fc-list').stdout?.toString() ?? '')) {
    missing.push('fonts-noto-cjk')
  }
  if (!onPath('redis-server')) missing.push('redis-server')
  if (!existsSync('/usr/lib/postgresql')) missing.push('postgresql')
  return missing
}

/** What only tests need of the system. Without root or without apt the suites that need it say so and are skipped. */
export async function installSystemPackages() {
  const missing = missingPackages()
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    say(`not installed here: ${missing.join(', ')}; tests that need them are skipped and counted`)
    return
  }
  say(`installing ${missing.join(', ')}`)
  const env = {
    ...process.env,
    DEBIAN_FRONTEND: 'noninteractive',
    RUNLEVEL: '1', // the tests start their own servers; the packages shall not start one
  }
  const log = join(varFolder(), 'log', 'apt.log')
  await runLogged('apt-get', ['update', '-q'], { log, env })
  const { code } = await runLogged('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], {
    log,
    env,
  })
  if (code !== 0) say(`apt-get could not install them (${log}); tests that need them are skipped and counted`)
}
