import { runBench } from '../report'
import type { BenchContext, BenchResult } from '../report'
import { conclude } from './conclude'
import { diskFull, killEach, sameHourThrice, sixHoursLate, storeAway } from './faults'
import type { FaultRun } from './faults'
import { Ledger } from './ledger'
import { STREAMS, thingKey } from './sender'
import { startStand } from './stand'
import { killSupervisor } from './supervisor'

const FULL = { kills: 24, supervisorKills: 4, awayMs: 120_000 }
const QUICK = { kills: 6, supervisorKills: 1, awayMs: 6_000 }
const DISK_MIB = 24

await runBench('faults', async (context) => {
  const things = Array.from({ length: STREAMS }, (_, no) => thingKey(no))
  const stand = await startStand({ things, diskMib: DISK_MIB, say: context.say })
  try {
    return await suffer(context, { stand, ledger: new Ledger(), figures: {}, failures: [], say: context.say })
  } finally {
    await stand.stop()
  }
})

async function suffer({ quick, sabotage }: BenchContext, run: FaultRun): Promise<BenchResult> {
  const plan = quick ? QUICK : FULL
  await sameHourThrice(run)
  await sixHoursLate(run)
  await killEach(run, plan.kills)
  await storeAway(run, plan.awayMs)
  await diskFull(run)
  await conclude(run, sabotage)
  await killSupervisor(run, plan.supervisorKills)
  return { figures: run.figures, ratios: {}, failures: run.failures }
}
