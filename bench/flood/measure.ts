import type { FloodInput } from '@/workers/models/flood/input'
import type { FloodRun } from '@/workers/models/flood/floodRun'
import { prepareFlood, startFlood } from '@/workers/models/flood/model'
import { openFloodKernel } from '@/workers/threads/floodKernel'

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
  return withFlood(input, threads, (run) => {
    run.advance(warmUp)
    const cells = input.columns * input.rows
    let best = { mcells: 0, active: 0, seconds: Number.POSITIVE_INFINITY }
    for (let round = 1; round <= rounds; round++) {
      const before = run.work
      const began = performance.now()
      run.advance(warmUp + (until - warmUp) * (round / rounds))
      const seconds = (performance.now() - began) / 1000
      const ticks = Number(run.work.ticks - before.ticks)
      const mcells = (ticks * cells) / seconds / 1e6
      if (mcells > best.mcells)
        best = { mcells, active: Number(run.work.cells - before.cells) / ticks / cells, seconds }
    }
    return { ...best, massError: run.massError(), rounds }
  })
}

/** Bytes a second of a = b + 3c over three arrays far larger than the caches, in one thread of the kernel's own code. */
export async function streamRate(bytes: number): Promise<number> {
  const kernel = await openFloodKernel(65_536 + bytes * 3, 1)
  try {
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 8; round++) {
      const began = performance.now()
      kernel.triad(65_536, 65_536 + bytes, 65_536 + 2 * bytes, bytes)
      best = Math.min(best, performance.now() - began)
    }
    return (3 * bytes * 1000) / best
  } finally {
    await kernel.close()
  }
}
