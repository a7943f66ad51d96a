import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { childEnv, hostFacts } from '@/platform/env'
import { cpuSeconds } from '../processCpu'

/** What one `npm run city` took. Processor time and memory are the last seen before it ended, at most 50 ms earlier. */
export interface CommandCost {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMB: number
  readonly digest: string
}

const EVERY_MS = 50
const LIMIT_MS = 600_000

/** Runs `npm run city -- words` as a person does, with its packages under `folder`. @throws with its last lines when it fails. */
export async function runCityCommand(words: readonly string[], folder: string): Promise<CommandCost> {
  const began = performance.now()
  const child = spawn(hostFacts().nodePath, ['bin/city.mjs', ...words], {
    env: childEnv({ BELFRY_VAR: folder }),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => said.push(bytes.toString()))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve)
    child.once('error', reject)
  })
  let [peakMB, cpu] = [0, 0]
  const watch = setInterval(() => {
    void costOf(child.pid).then((cost) => {
      peakMB = Math.max(peakMB, cost?.peakMB ?? 0)
      cpu = Math.max(cpu, cost?.cpu ?? 0)
    })
  }, EVERY_MS)
  const code = await ended.finally(() => clearInterval(watch))
  const seconds = (performance.now() - began) / 1000
  const text = said.join('')
  if (code !== 0) throw new Error(`city ${words.join(' ')} ended with ${code}.\n${text.slice(-2000)}`)
  const digest = /digest ([0-9a-f]+)/.exec(text)?.[1]
  if (digest === undefined) throw new Error(`city ${words.join(' ')} named no digest.\n${text.slice(-2000)}`)
  return { seconds, cpuSeconds: cpu, peakMB, digest }
}

/** The kernel's own high-water mark of resident memory; undefined once the process is gone. */
async function costOf(pid: number | undefined): Promise<{ peakMB: number; cpu: number } | undefined> {
  if (pid === undefined) return undefined
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const peak = /VmHWM:\s+(\d+) kB/.exec(status)?.[1]
    return { peakMB: Number(peak ?? 0) / 1024, cpu: await cpuSeconds(pid) }
  } catch {
    return undefined
  }
}
