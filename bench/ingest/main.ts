import { hostFacts } from '@/platform/env'
import { startBelfry } from '../belfry'
import type { Belfry } from '../belfry'
import { cpuSeconds, treeCpuSeconds } from '../processCpu'
import { percentile, runBench } from '../report'
import type { BenchContext, BenchResult, Figure } from '../report'
import { startedBytes, startServices } from '../services'
import type { BenchServices } from '../services'
import { foundTown } from '../town'
import type { Town } from '../town'
import { audit, harm } from './audit'
import type { GeneratorResult } from './generatorThread'
import { BenchScreen, generate, measureCeiling, measureEngine } from './phases'
import type { Ceiling } from './phases'
import { STREAMS, thingKey } from './workload'

const FULL = { ceiling: 15, steady: 60, flatOut: 60, cliff: 10, warm: 5, engineRows: 9_000_000 }
const QUICK = { ceiling: 4, steady: 7, flatOut: 7, cliff: 0, warm: 3, engineRows: 1_800_000 }
/** A screen this late shows the past. */
const CLIFF_P99_MS = 2_000
/** The least share of the bare HTTP server's rate (decisions.md 5). */
const CEILING_FLOOR = 0.35

interface Stand extends BenchContext {
  readonly services: BenchServices
  readonly belfry: Belfry
  readonly town: Town
  readonly screen: BenchScreen
  readonly seconds: typeof FULL
  readonly figures: Record<string, Figure>
  readonly runs: GeneratorResult[]
}

await runBench('ingest', async (context) => {
  const seconds = context.quick ? QUICK : FULL
  context.say('the ceiling: HTTP and JSON.parse alone')
  const ceiling = await measureCeiling(seconds.ceiling)
  const services = await startServices(context.say)
  try {
    const engineRate = await measureEngine(services, seconds.engineRows)
    context.say('registering 10 000 streams')
    const town = await foundTown(services, { things: Array.from({ length: STREAMS }, (_, no) => thingKey(no)) })
    const belfry = await startBelfry({ services })
    const screen = await BenchScreen.open({ url: belfry.url, cookie: town.cookie, world: town.world.key })
    const stand = { ...context, services, belfry, town, screen, seconds, figures: {}, runs: [] }
    try {
      return await measure(stand, { ceiling, engineRate })
    } finally {
      screen.close()
      await belfry.stop()
    }
  } finally {
    await services.stop()
  }
})

async function measure(stand: Stand, known: { ceiling: Ceiling; engineRate: number }): Promise<BenchResult> {
  const { figures, seconds, say, services, town } = stand
  await send(stand, 20_000, seconds.warm)
  await steady(stand, 20_000, 'At20k')
  await steady(stand, 50_000, 'At50k')
  for (const share of ['P50Ms', 'P99Ms']) figures[`sensorToScreen${share}`] = figures[`sensorToScreenAt50k${share}`]!
  say('flat out')
  const before = await cpuOf(stand)
  const flat = await send(stand, 0, seconds.flatOut)
  const after = await cpuOf(stand)
  const rate = answered(flat) / flat.seconds
  figures['obsPerSecond'] = { value: rate, unit: 'obs/s', n: answered(flat) }
  // Processor time tells the cost also on a machine that others use; the rate does not.
  const spent = { server: 0, stores: 0, bench: 0 }
  for (const part of ['server', 'stores', 'bench'] as const) {
    spent[part] = (1e6 * (after[part] - before[part])) / answered(flat)
    figures[`${part}CpuMicrosPerObs`] = { value: spent[part], unit: 'µs', n: answered(flat) }
  }
  figures['ceilingCpuMicrosPerObs'] = { value: known.ceiling.cpuMicros, unit: 'µs', n: known.ceiling.lines }
  figures['acknowledgeP99Ms'] = {
    value: percentile(flat.acknowledgeMs, 0.99),
    unit: 'ms',
    n: flat.acknowledgeMs.length,
  }
  figures['ceilingObsPerSecond'] = { value: known.ceiling.rate, unit: 'obs/s', n: known.ceiling.lines }
  figures['engineRowsPerSecond'] = { value: known.engineRate, unit: 'rows/s', n: seconds.engineRows }
  if (seconds.cliff > 0) await findCliff(stand, rate)
  if (stand.sabotage !== undefined) await harm(services, town.world.no, stand.sabotage)
  const failures = await audit(services, town.world.no, stand.runs)
  const acknowledged = stand.runs.reduce((sum, run) => sum + run.accepted, 0)
  figures['acknowledged'] = { value: acknowledged, unit: 'obs', n: stand.runs.length }
  const ratios = {
    httpCeilingShare: rate / known.ceiling.rate,
    httpCeilingCpuShare: known.ceiling.cpuMicros / (spent.server + spent.stores + spent.bench),
    engineShare: rate / known.engineRate,
  }
  // The floor is a full run's: a quick one is over before the server is warm.
  if (!stand.quick && ratios.httpCeilingShare < CEILING_FLOOR)
    failures.push(`${ratios.httpCeilingShare.toFixed(3)} of the HTTP ceiling is below ${CEILING_FLOOR}.`)
  return { figures, ratios, failures }
}

/** Processor time so far, seconds: the server, the stores, and the bench with its generator and its screen. */
async function cpuOf({ belfry }: Stand): Promise<{ server: number; stores: number; bench: number }> {
  const { pid } = hostFacts()
  const [all, bench, server] = await Promise.all([treeCpuSeconds(pid), cpuSeconds(pid), cpuSeconds(belfry.child.pid)])
  return { server, bench, stores: all - bench - server }
}

/** Lines that got a verdict: taken, refused or recognised. */
function answered(run: GeneratorResult): number {
  return run.accepted + run.rejected + run.duplicates
}

async function send(stand: Stand, rate: number, seconds: number): Promise<GeneratorResult> {
  const { belfry, town } = stand
  const url = `${belfry.url}/api/worlds/${town.world.key}/feeds/${town.feed}/records`
  const run = await generate({ url, key: town.key, rate, seconds })
  stand.runs.push(run)
  if (run.firstRefusal !== undefined) stand.say(`  ${run.refused} requests refused, the first: ${run.firstRefusal}`)
  if (answered(run) === 0) throw new Error('The server took nothing of the workload.')
  return run
}

/** A steady rate: how old a reading is when a screen presents it, and the memory it takes. */
async function steady(stand: Stand, rate: number, load: 'At20k' | 'At50k'): Promise<void> {
  const { figures, screen, say, seconds } = stand
  say(`steady ${rate.toLocaleString('en')} obs/s`)
  await screen.take()
  const run = await send(stand, rate, seconds.steady)
  const memory = await startedBytes()
  const { ages, gaps } = await screen.take()
  const p99 = ages.percentile(0.99)
  figures[`sensorToScreen${load}P50Ms`] = { value: ages.percentile(0.5), unit: 'ms', n: ages.total }
  figures[`sensorToScreen${load}P99Ms`] = { value: p99, unit: 'ms', n: ages.total }
  figures[`sent${load}ObsPerSecond`] = { value: answered(run) / run.seconds, unit: 'obs/s', n: answered(run) }
  figures[`memory${load}Bytes`] = { value: memory, unit: 'B', n: 1 }
  figures[`refused${load}Requests`] = {
    value: run.refused,
    unit: 'requests',
    n: run.acknowledgeMs.length + run.refused,
  }
  say(`  p50 ${ages.percentile(0.5)} ms, p99 ${p99} ms, ${gaps} gaps, ${Math.round(memory / 1024 ** 2)} MB`)
}

/** The highest rate that is kept, in steps of a quarter: no refusal, and screens within two seconds. */
async function findCliff(stand: Stand, flatOut: number): Promise<void> {
  const { figures, screen, say, seconds } = stand
  let held = 0
  for (let rate = 60_000; rate < flatOut * 1.6; rate = Math.round(rate * 1.25)) {
    await screen.take()
    const run = await send(stand, rate, seconds.cliff)
    const { ages } = await screen.take()
    const kept = answered(run) / run.seconds
    say(`  ${rate} obs/s: kept ${Math.round(kept)}, p99 ${ages.percentile(0.99)} ms, ${run.refused} refused`)
    if (run.refused > 0 || ages.percentile(0.99) > CLIFF_P99_MS || kept < rate * 0.93) break
    held = rate
  }
  figures['cliffObsPerSecond'] = { value: held, unit: 'obs/s', n: 1 }
}
