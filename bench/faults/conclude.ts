import type { Sabotage } from '../report'
import { harm } from '../ingest/audit'
import type { FaultRun } from './faults'
import { compare, doubledExamples } from './ledger'
import type { Verdict } from './ledger'
import { STREAMS } from './sender'
import { pause } from './stand'

const DRAIN_LIMIT_MS = 90_000

/** Waits until the log has reached the store, then compares record by record. What is wrong becomes a failure. */
export async function conclude(run: FaultRun, sabotage: Sabotage | undefined): Promise<Verdict> {
  const { stand, ledger, figures, failures, say } = run
  const of = { world: stand.town.world.no, streams: STREAMS }
  say(`comparing ${ledger.size} acknowledged records with the store`)
  const until = performance.now() + DRAIN_LIMIT_MS
  let verdict = await compareWhenThere(run, until)
  while (verdict.lost > 0 && performance.now() < until) {
    await pause(1_000)
    verdict = await compareWhenThere(run, until)
  }
  if (sabotage !== undefined) {
    await harm(stand.services, of.world, sabotage)
    verdict = await compare(stand.services, ledger, of)
  }
  if (verdict.doubled > 0) for (const line of await doubledExamples(stand.services, of.world)) say(`  doubled: ${line}`)
  for (const [key, value] of Object.entries(verdict) as [keyof Verdict, number][]) {
    figures[key] = { value, unit: 'obs', n: verdict.acknowledged }
    if (key !== 'acknowledged' && value > 0) failures.push(`${value} records ${key}.`)
  }
  return verdict
}

/** The store may still be on its way back. */
async function compareWhenThere({ stand, ledger }: FaultRun, until: number): Promise<Verdict> {
  for (;;) {
    try {
      return await compare(stand.services, ledger, { world: stand.town.world.no, streams: STREAMS })
    } catch (cause) {
      if (performance.now() > until) throw cause
      await pause(500)
    }
  }
}
