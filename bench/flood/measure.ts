import type { FloodInput } from '@/workers/models/flood/input'
import type { FloodRun } from '@/workers/models/flood/floodRun'
import { prepareFlood, startFlood } from '@/workers/models/flood/model'
import { hostFacts } from '@/platform/env'
import { openFloodKernel } from '@/workers/threads/floodKernel'
import { cpuSeconds } from '../processCpu'

/** Runs `use` on a started flood and closes its threads. @throws when the input is refused. */
export async function withFlood<Answer>(
  input: FloodInput,
  threads: number,
  use: (run: FloodRun) => Answer | Promise<Answer>,
): Promise<Answer> {
  const prepared = prepareFlood(input)
  if (!prepared.ok) throw new Error(`The case was refused: ${JSON.stringify(prepared.error)}.`)
  const kernel = await openFloodKernel(prepared.value.layoutFor(threads).bytes, threads)
  try {
    return await use(startFlood(prepared.value, kernel))
  } finally {
    await kernel.close()
  }
}

export interface Rate {
  /** Grid cells times ticks of the finest step, a second, in millions. */
  readonly mcells: number
  /** The same by processor seconds of all threads: what a busy machine leaves unchanged. */
  readonly cpuMcells: number
  /** Share of the grid that was swept in a tick. */
  readonly active: number
  readonly massError: bigint
  readonly seconds: number
  readonly rounds: number
}

interface Timed {
  readonly warmUp: number
  readonly until: number
  readonly rounds: number
}

/** Best of some rounds over equal spans of model time; the first span warms up. */
export async function rateOf(input: FloodInput, threads: number, { warmUp, until, rounds }: Timed): Promise<Rate> {
  const { pid } = hostFacts()
  return withFlood(input, threads, async (run) => {
    run.advance(warmUp)
    const cells = input.columns * input.rows
    let cpuMcells = 0
    let best = { mcells: 0, active: 0, seconds: Number.POSITIVE_INFINITY }
    for (let round = 1; round <= rounds; round++) {
      const before = run.work
      const [began, cpuBefore] = [performance.now(), await cpuSeconds(pid)]
      run.advance(warmUp + (until - warmUp) * (round / rounds))
      const seconds = (performance.now() - began) / 1000
      const ticks = Number(run.work.ticks - before.ticks)
      const mcells = (ticks * cells) / seconds / 1e6
      cpuMcells = Math.max(cpuMcells, (ticks * cells) / Math.max(0.01, (await cpuSeconds(pid)) - cpuBefore) / 1e6)
      if (mcells > best.mcells)
        best = { mcells, active: Number(run.work.cells - before.cells) / ticks / cells, seconds }
    }
    return { ...best, cpuMcells, massError: run.massError(), rounds }
  })
}

/** Rounds that one look at the processor's clock covers: it ticks in hundredths of a second. */
const TRIADS = 8

/**
 * Bytes a processor second of a = b + 3c over three arrays far larger than the caches, in one thread of the kernel's own
 * code. By processor time as `cpuMcells`: a share of both then means the same on a busy machine and on an idle one.
 */
export async function streamRate(bytes: number): Promise<number> {
  const { pid } = hostFacts()
  const kernel = await openFloodKernel(65_536 + bytes * 3, 1)
  try {
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 4; round++) {
      const before = await cpuSeconds(pid)
      for (let k = 0; k < TRIADS; k++) kernel.triad(65_536, 65_536 + bytes, 65_536 + 2 * bytes, bytes)
      if (round > 0) best = Math.min(best, Math.max(0.01, (await cpuSeconds(pid)) - before))
    }
    return (3 * bytes * TRIADS) / best
  } finally {
    await kernel.close()
  }
}
