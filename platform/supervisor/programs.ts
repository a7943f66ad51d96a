import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../embedded/child'
import type { Child, LineSink } from '../embedded/child'
import { HOME } from '../embedded/places'
import { CannotRun } from '../embedded/service'
import { childEnv, hostFacts } from '../env'
import type { Environment } from '../env'

/** One of our own processes. Heap limits and priorities are those of docs/architecture.md. */
export interface Program {
  readonly name: string
  readonly main: string
  readonly args: readonly string[]
  readonly heapMb: number
  /** Room for the young, one of three: what is too small for a busy intake copies its batches again and again. */
  readonly youngMb: number
  readonly nice: number
}

export const SERVER: Program = { name: 'server', main: 'server/main.ts', args: [], heapMb: 2048, youngMb: 64, nice: 0 }
export const JOBS: Program = {
  name: 'jobs',
  main: 'workers/main.ts',
  args: ['--roles=jobs'],
  heapMb: 1024,
  youngMb: 16,
  nice: 10,
}
export const SIMULATOR: Program = {
  name: 'simulator',
  main: 'workers/main.ts',
  args: ['--roles=simulator'],
  heapMb: 512,
  youngMb: 16,
  nice: 5,
}

/** @throws CannotRun when its source is not there. */
export async function launchProgram(program: Program, added: Environment, sink: LineSink): Promise<Child> {
  if (!existsSync(join(HOME, program.main))) {
    throw new CannotRun(`${program.main} is missing: this checkout of Belfry is not whole.`)
  }
  return startChild(
    {
      command: hostFacts().nodePath,
      args: [
        `--max-old-space-size=${program.heapMb}`,
        `--max-semi-space-size=${program.youngMb}`,
        '--import',
        'tsx',
        program.main,
        ...program.args,
      ],
      env: childEnv({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NODE_OPTIONS: undefined, ...added }),
      channel: true,
      nice: program.nice,
    },
    sink,
  )
}
