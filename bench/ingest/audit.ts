import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import type { Sabotage } from '../report'
import type { BenchServices } from '../services'
import type { GeneratorResult } from './generatorThread'

const stored = defineQuery({
  name: 'benchStored',
  params: z.object({ world: z.number() }),
  row: z.object({ rows: z.number(), cents: z.number() }),
  // FINAL: a re-inserted row is one row.
  sql: `SELECT count() AS rows, toInt64(round(sum(value) * 100)) AS cents FROM observations FINAL WHERE world = {world:UInt16}`,
})

const DRAIN_LIMIT_MS = 60_000

/**
 * Compares what was acknowledged with what is stored: as many rows, and the same sum of values. Returns what is wrong.
 */
export async function audit(
  services: BenchServices,
  world: number,
  runs: readonly GeneratorResult[],
): Promise<string[]> {
  const sum = (pick: (run: GeneratorResult) => number): number => runs.reduce((total, run) => total + pick(run), 0)
  const acknowledged = sum((run) => run.accepted)
  const until = performance.now() + DRAIN_LIMIT_MS
  let held = await ask(services, world)
  while (held.rows < acknowledged && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    held = await ask(services, world)
  }
  const wrong: string[] = []
  if (held.rows !== acknowledged) wrong.push(`${acknowledged} rows were acknowledged, ${held.rows} are stored.`)
  const cents = sum((run) => run.cents)
  if (held.cents !== cents)
    wrong.push(`The acknowledged values sum up to ${cents / 100}, the stored ones to ${held.cents / 100}.`)
  const [rejected, expected] = [sum((run) => run.rejected), sum((run) => run.expectedRejected)]
  if (rejected !== expected) wrong.push(`${expected} bad lines were sent, ${rejected} refused.`)
  const [duplicates, resent] = [sum((run) => run.duplicates), sum((run) => run.expectedDuplicates)]
  if (duplicates !== resent) wrong.push(`${resent} lines were sent again, ${duplicates} recognised.`)
  return wrong
}

async function ask({ clickhouse }: BenchServices, world: number): Promise<{ rows: number; cents: number }> {
  const [held] = await stored(clickhouse, { world })
  return held ?? { rows: 0, cents: 0 }
}

const COLUMNS = 'world, stream, phenomenon_time, known_time, value, quality, feed, seq, recorded_at'
// Each harm has a stream of its own: one never hides another.
const oneOf = (stream: number): string =>
  `FROM observations WHERE world = {world:UInt16} AND stream = ${stream} AND value > 1 ORDER BY seq LIMIT 1`
const HARM: Record<Sabotage, readonly string[]> = {
  drop: [`DELETE FROM observations WHERE (world, seq) IN (SELECT world, seq ${oneOf(0)})`],
  double: [
    `INSERT INTO observations (${COLUMNS})
     SELECT world, stream, phenomenon_time, known_time, value, quality, feed, seq + bitShiftLeft(toUInt64(1), 60), recorded_at ${oneOf(1)}`,
  ],
  alter: [
    `INSERT INTO observations (${COLUMNS})
     SELECT world, stream, phenomenon_time, known_time, value + 1, quality, feed, seq, recorded_at ${oneOf(2)}`,
  ],
}

/** Harms one stored record, so that the audit must turn the bench red. */
export async function harm({ clickhouse }: BenchServices, world: number, how: Sabotage): Promise<void> {
  for (const sql of HARM[how]) {
    await clickhouse.command({
      name: 'benchSabotage',
      sql,
      params: { world },
      settings: { mutations_sync: 2, lightweight_deletes_sync: 2 },
    })
  }
}
