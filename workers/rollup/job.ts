import type { WorldNo } from '@/domain/ids'
import { worldTimeAt } from '@/domain/world'
import type { JobContext } from '../jobSpec'
import { worldClocks } from '../worldClocks'
import { dirtyMinutes } from './queries/dirtyMinutes'
import { makeMinutes } from './queries/makeMinutes'
import { rollupProgress, storeClock } from './queries/rollupProgress'
import { rowsBetween } from './queries/rowsBetween'
import { saveProgress } from './queries/saveProgress'

const MINUTE = 60_000
/** A minute is made this long after its end on the machine's clock, so that most of its records are there. */
const SETTLE_MS = 5_000
/** An insert may be seen this long after the moment the store stamped on it, seconds. */
const OVERLAP_SECONDS = 30
/** Rows that one step may read; a span of more is halved. */
const STEP_ROWS = 3_000_000
/** Steps of one World in one run: a large backlog is continued by the next run, others wait no longer. */
const STEPS_PER_RUN = 40
/** Where a replay of old data may begin: 1970. */
const FIRST = 0

interface Walk {
  readonly world: WorldNo
  readonly closedTo: number
  readonly seenTo: number
  readonly seenFrom: number
  readonly version: number
}

/**
 * Rolls observations up to minutes for every World: first the minutes that have closed since the last run, then those
 * closed before that got rows since. Each step is idempotent, and progress is written after it.
 */
export async function rollupJob(
  _payload: object,
  context: JobContext,
): Promise<{ worlds: number; steps: number; dirty: number }> {
  const { clickhouse, postgres, clock } = context
  const [store] = await storeClock(clickhouse, {})
  const seenTo = store?.now ?? 0
  const known = new Map((await rollupProgress(clickhouse, {})).map((row) => [row.world, row]))
  const total = { worlds: 0, steps: 0, dirty: 0 }
  for (const world of await worldClocks(postgres, {})) {
    const closed = worldTimeAt(world.clock, clock.now()) - SETTLE_MS * Math.max(1, world.clock.rate)
    const held = known.get(world.no)
    const walk: Walk = {
      world: world.no,
      closedTo: Math.floor(closed / MINUTE) * MINUTE,
      seenTo,
      seenFrom: Math.max(0, (held?.seenTo ?? 0) - OVERLAP_SECONDS),
      version: clock.now(),
    }
    // A clock that was set back closes its minutes again.
    const from = Math.min(held?.closedTo ?? FIRST, walk.closedTo)
    total.worlds += 1
    total.dirty += held === undefined ? 0 : await makeLate(context, walk, from)
    total.steps += await makeClosed(context, walk, { from, seenTo: held?.seenTo ?? seenTo })
    context.signal.throwIfAborted()
  }
  return total
}

/** Minutes closed before that got rows since. */
async function makeLate({ clickhouse, signal }: JobContext, walk: Walk, closedTo: number): Promise<number> {
  const { world, seenFrom, version } = walk
  const [dirty] = await dirtyMinutes(clickhouse, { world, seenFrom, closedTo }, signal)
  if (dirty === undefined || dirty.pairs === 0) return 0
  await makeMinutes(
    clickhouse,
    { world, from: dirty.firstMinute, to: Math.min(dirty.pastLast, closedTo), version, seenFrom },
    signal,
  )
  return dirty.pairs
}

/** Minutes that have closed since; a backlog in steps of bounded size. Returns the steps. */
async function makeClosed(context: JobContext, walk: Walk, held: { from: number; seenTo: number }): Promise<number> {
  const { clickhouse, signal } = context
  const { world, version, closedTo } = walk
  let from = held.from
  let steps = 0
  while (from < closedTo && steps < STEPS_PER_RUN) {
    const step = await nextStep(context, world, { from, to: closedTo })
    if (step.rows > 0) await makeMinutes(clickhouse, { world, from: step.from, to: step.to, version }, signal)
    from = step.to
    steps += 1
    // Late rows are all seen to `seenTo` by now; the closed minutes as far as this step goes.
    await saveProgress(clickhouse, { world, closedTo: from, seenTo: walk.seenTo, version: version + steps })
    signal.throwIfAborted()
  }
  if (steps === 0) await saveProgress(clickhouse, { world, closedTo: closedTo, seenTo: walk.seenTo, version })
  return steps
}

/** The first part of [from, to) with at most STEP_ROWS rows, or one minute; empty time in front is passed over. */
async function nextStep({ clickhouse, signal }: JobContext, world: WorldNo, span: { from: number; to: number }) {
  const all = await counted(span)
  if (all.rows === 0) return { ...span, rows: 0 }
  const from = Math.max(span.from, Math.floor(all.first / MINUTE) * MINUTE)
  let to = span.to
  let { rows } = all
  while (rows > STEP_ROWS && to - from > MINUTE) {
    to = from + Math.ceil((to - from) / 2 / MINUTE) * MINUTE
    rows = (await counted({ from, to })).rows
  }
  return { from, to, rows }

  async function counted({ from, to }: { from: number; to: number }) {
    const [found] = await rowsBetween(clickhouse, { world, from, to }, signal)
    return found ?? { rows: 0, first: from }
  }
}
