#!/usr/bin/env node
// `npm run reset`: removes all data of this Belfry, after asking. Fetched packages and caches stay.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { conclude, say, Stop, varFolder } from './steps/terminal.mjs'

const KEPT = new Set(['packages', 'cache'])

function runningSupervisor() {
  try {
    const { pid } = JSON.parse(readFileSync(join(varFolder(), 'run', 'part-supervisor.json'), 'utf8'))
    process.kill(pid, 0)
    return pid
  } catch {
    return undefined
  }
}

async function agreed() {
  if (process.argv.includes('--yes')) return true
  if (!process.stdin.isTTY) throw new Stop('Nobody to ask: npm run reset -- --yes removes all data without asking.')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`Remove all data under ${varFolder()}? It cannot be brought back. (yes/no) `)
  terminal.close()
  return answer.trim().toLowerCase() === 'yes'
}

await conclude(async () => {
  if (process.argv.includes('--help'))
    return console.log('npm run reset [-- --yes]   removes all data under var/, after asking')
  const pid = runningSupervisor()
  if (pid !== undefined) throw new Stop(`Belfry is running on this folder (process ${pid}): stop it first.`)
  if (!existsSync(varFolder())) return say('there is no data')
  if (!(await agreed())) return say('nothing was removed')
  const removed = readdirSync(varFolder()).filter((name) => !KEPT.has(name))
  for (const name of removed) rmSync(join(varFolder(), name), { recursive: true, force: true })
  const hash = createHash('sha256').update(varFolder()).digest('hex').slice(0, 8)
  rmSync(join(tmpdir(), `belfry-${hash}`), { recursive: true, force: true })
  say(removed.length === 0 ? 'there is no data' : `removed ${removed.join(', ')}`)
})
