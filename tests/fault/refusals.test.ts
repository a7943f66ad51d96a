import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HOME } from '@/platform/embedded/places'
import { childEnv, hostFacts } from '@/platform/env'

// What `npm start` says on a machine that cannot run it: one sentence with what to do, and exit code 1.
const run = promisify(execFile)
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-refusal-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Refusal {
  readonly code: number
  readonly said: string
}

function start(args: readonly string[], env: Record<string, string>): Promise<Refusal> {
  return node(['bin/start.mjs', ...args], env)
}

function node(args: readonly string[], env: Record<string, string>): Promise<Refusal> {
  return new Promise((resolve) => {
    const wanted = { cwd: HOME, env: childEnv(env), timeout: 60_000 }
    const child = execFile(hostFacts().nodePath, args, wanted, (_cause, stdout) =>
      resolve({ code: child.exitCode ?? -1, said: stdout.trim() }),
    )
  })
}

const ONE_SENTENCE = /^belfry {2}[^\n]+$/

test('a busy port is named, with another that may be free', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as AddressInfo
  const { code, said } = await start(['--port', String(port)], { BELFRY_VAR: folder })
  holder.close()
  expect(said).toMatch(ONE_SENTENCE)
  expect(said).toMatch(new RegExp(`Port ${port} is busy.*--port \\d+`))
  expect(code).toBe(1)
})

test('a folder that cannot be written is named', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  const { code, said } = await start([], { BELFRY_VAR: join(file, 'var') })
  expect(said).toMatch(ONE_SENTENCE)
  expect(said).toContain('No permission to write')
  expect(code).toBe(1)
})

test('a full disk is told with what is needed and what is there', async ({ skip }) => {
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'belfry-refusal', folder]).catch(() => undefined)
  if (mounted === undefined) return skip('only root may mount a small disk here')
  const { code, said } = await start([], { BELFRY_VAR: folder })
  await run('umount', [folder])
  expect(said).toMatch(ONE_SENTENCE)
  expect(said).toMatch(/Belfry needs [\d.]+ GB of free disk; .* has 0\.0 GB/)
  expect(code).toBe(1)
})

test.each(['18.20.4', '20.18.9', '25.0.0'])('Node %s is refused with another that works', async (version) => {
  const check = `import { conclude } from './bin/steps/terminal.mjs'; import { checkNode } from './bin/steps/node.mjs'
    await conclude(() => checkNode('${version}'))`
  const { code, said } = await node(['--input-type=module', '-e', check], {})
  expect(said).toMatch(ONE_SENTENCE)
  expect(said).toContain(version)
  expect(code).toBe(1)
})
