import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '@/platform/embedded/embedded'
import type { Embedded } from '@/platform/embedded/embedded'
import { placesOf } from '@/platform/embedded/places'
import { readEnv } from '@/platform/env'

let folder = ''
let embedded: Embedded | undefined

/** Once per run: the services given by CLICKHOUSE_URL, DATABASE_URL and REDIS_URL, embedded ones for the rest. */
export async function setup(project: TestProject): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'belfry-test-'))
  const { packages } = placesOf(readEnv().BELFRY_VAR)
  await mkdir(packages, { recursive: true })
  await symlink(packages, join(folder, 'packages')) // what was fetched once is not fetched again
  const lines: string[] = []
  try {
    embedded = await startEmbedded(folder, readEnv(), (line) => void lines.push(line))
  } catch (cause) {
    throw new Error(`The services of the tests did not start.\n${lines.slice(-20).join('\n')}`, { cause })
  }
  const { CLICKHOUSE_URL, DATABASE_URL, REDIS_URL } = embedded
  project.provide('services', { CLICKHOUSE_URL, DATABASE_URL, REDIS_URL })
}

export async function teardown(): Promise<void> {
  await embedded?.stop()
  await rm(folder, { recursive: true, force: true })
}
