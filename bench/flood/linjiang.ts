import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DEPTH_LINES_CM } from '@/domain/flood/depthScale'
import { FLOOD_FORECAST_VERSION } from '@/domain/flood/forecast'
import type { FloodRequest, GaugeRain, UnderpassForecast } from '@/domain/flood/forecast'
import type { Rung } from '@/domain/runs/modelRun'
import { median } from '@/domain/runs/verification'
import { epochMillis } from '@/domain/time'
import { hostFacts, readEnv } from '@/platform/env'
import { fromDegrees, toDegrees } from '@/scenarios/linjiang/curve'
import type { Point } from '@/scenarios/linjiang/curve'
import { rainRate, stormOf } from '@/scenarios/linjiang/storm'
import type { Storm } from '@/scenarios/linjiang/storm'
import { THINGS } from '@/scenarios/linjiang/things'
import { makeForecast } from '@/workers/runs/flood/makeForecast'
import type { City, MadeForecast } from '@/workers/runs/flood/makeForecast'
import { readCityGround } from '@/workers/runs/flood/readCityGround'
import { readCityPlaces } from '@/workers/runs/flood/readCityPlaces'
import { cpuSeconds } from '../processCpu'
import type { BenchContext, Figure } from '../report'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SEED = 7
/** Half an hour before the main cell is strongest: what comes is still to be forecast. */
const ISSUE_HOUR = 10.35
const WARM_UP_MINUTES = 60
const HORIZON_MINUTES = 180
/** Quick: so much model time on either side of the issue, scaled to the whole. */
const SLICE_MINUTES = 5
/** The true rain is given on a lattice of this many metres: gauges are where the city has them. */
const LATTICE_M = 1000
const CLOSURE = 1

interface Closures {
  hits: number
  misses: number
  falseAlarms: number
  readonly leads: number[]
}

/** What the exercise's storms make of its city: how long a forecast takes, and which closures it names in time. */
export async function measureLinjiang({ quick, say }: BenchContext, figures: Record<string, Figure>): Promise<void> {
  const folder = join(readEnv().BELFRY_VAR, 'cities', 'linjiang')
  if (!existsSync(folder)) {
    say('Linjiang: skipped, no package (npm run city -- build linjiang).')
    return
  }
  const city = { ground: await readCityGround(folder), places: await readCityPlaces(folder) }
  const storms = Array.from({ length: quick ? 3 : stormsWanted() }, (_, day) => stormOf(SEED, day + 1))
  const threads = Math.min(2, hostFacts().cores)
  const [seconds, cpu, active]: [number[], number[], number[]] = [[], [], []]
  const closures: Closures = { hits: 0, misses: 0, falseAlarms: 0, leads: [] }
  const rung = quick ? 'coarse' : 'full'
  for (const [k, storm] of storms.entries()) {
    const timed = await timedForecast(storm, city, { threads, quick })
    seconds.push(timed.seconds)
    cpu.push(timed.cpu)
    active.push(timed.activeShare)
    const forecast = quick ? await run(requestOf(storm), city, { rung, threads }) : timed.forecast
    const truth = await run(truthOf(storm), city, { rung, threads })
    compare(forecast.underpasses, truth.underpasses, closures)
    say(
      `Linjiang storm ${k + 1}: ${timed.seconds.toFixed(0)} s, ${timed.cpu.toFixed(0)} s of processor, closures ${text(closures)}`,
    )
  }
  const n = storms.length
  figures['linjiangForecastSeconds'] = { value: median(seconds) ?? 0, unit: 's', n }
  figures['linjiangForecastCpuSeconds'] = { value: median(cpu) ?? 0, unit: 's', n }
  figures['linjiangActiveShare'] = { value: median(active) ?? 0, unit: 'share', n }
  figures['linjiangClosureHits'] = { value: closures.hits, unit: 'underpasses', n }
  figures['linjiangClosureMisses'] = { value: closures.misses, unit: 'underpasses', n }
  figures['linjiangClosureFalseAlarms'] = { value: closures.falseAlarms, unit: 'underpasses', n }
  figures['linjiangClosureLeadMinutes'] = { value: median(closures.leads) ?? 0, unit: 'min', n: closures.leads.length }
}

const text = ({ hits, misses, falseAlarms }: Closures): string =>
  `${hits} hits, ${misses} misses, ${falseAlarms} false alarms so far`

/** `--storms=4` shortens the full tier, which takes most of an hour. */
function stormsWanted(): number {
  const argument = hostFacts().argv.find((word) => word.startsWith('--storms='))
  return argument === undefined ? 20 : Math.max(1, Number(argument.slice('--storms='.length)) || 20)
}

interface Timed {
  readonly seconds: number
  readonly cpu: number
  readonly activeShare: number
  readonly forecast: MadeForecast
}

/** The whole city at 10 m; quick measures the minutes around the issue and scales them to the whole run. */
async function timedForecast(
  storm: Storm,
  city: City,
  { threads, quick }: { threads: number; quick: boolean },
): Promise<Timed> {
  const span = quick ? { warmUpMinutes: SLICE_MINUTES, horizonMinutes: SLICE_MINUTES, frameMinutes: SLICE_MINUTES } : {}
  const { pid } = hostFacts()
  const [began, cpuBefore] = [performance.now(), await cpuSeconds(pid)]
  const forecast = await run({ ...requestOf(storm), ...span }, city, { rung: 'full', threads })
  const scale = quick ? (WARM_UP_MINUTES + HORIZON_MINUTES) / (2 * SLICE_MINUTES) : 1
  return {
    seconds: ((performance.now() - began) / 1000) * scale,
    cpu: ((await cpuSeconds(pid)) - cpuBefore) * scale,
    activeShare: forecast.activeShare,
    forecast,
  }
}

function run(
  request: FloodRequest,
  city: City,
  { rung, threads }: { rung: Exclude<Rung, 'rule'>; threads: number },
): Promise<MadeForecast> {
  const put = (bytes: Uint8Array): Promise<string> => Promise.resolve(createHash('sha256').update(bytes).digest('hex'))
  return makeForecast(request, city, rung, { threads, put, progress: () => undefined })
}

/** What a duty officer would have had: the rain of the city's gauges until the issue, and an assumption. */
function requestOf(storm: Storm): FloodRequest {
  const gauges = THINGS.filter(({ kind }) => kind === 'rainGauge').map(({ key, at }) =>
    gaugeOf(storm, { key, at, minutes: [-WARM_UP_MINUTES, 0] }),
  )
  return { ...common, gauges, assumption: { kind: 'persistence', holdMinutes: 30, halfLifeMinutes: 30 } }
}

/** What came: the simulator's rain itself, on a lattice over the whole city, through the whole time. */
function truthOf(storm: Storm): FloodRequest {
  const gauges: GaugeRain[] = []
  for (let x = -10_000; x <= 10_000; x += LATTICE_M)
    for (let y = -10_000; y <= 10_000; y += LATTICE_M)
      gauges.push(gaugeOf(storm, { key: `${x} ${y}`, at: [x, y], minutes: [-WARM_UP_MINUTES, HORIZON_MINUTES] }))
  return { ...common, gauges, assumption: { kind: 'nowcast' } }
}

const issueTime = epochMillis(ISSUE_HOUR * HOUR - ((ISSUE_HOUR * HOUR) % (5 * MINUTE)))
const common: Omit<FloodRequest, 'gauges' | 'assumption'> = {
  ...{ model: 'flood', version: FLOOD_FORECAST_VERSION, code: 'bench', city: 'linjiang', cityDigest: 'bench' },
  ...{ timeZone: 'Asia/Shanghai', seed: SEED, issueTime },
  ...{ warmUpMinutes: WARM_UP_MINUTES, horizonMinutes: HORIZON_MINUTES, frameMinutes: 10 },
  ...{ riverRise_m: 0, pumpsOut: [], gatesShut: [], blocked: {}, extremeRainConfirmed: false },
}

function gaugeOf(
  storm: Storm,
  { key, at, minutes }: { key: string; at: Point; minutes: readonly [number, number] },
): GaugeRain {
  const [longitude, latitude] = toDegrees(at)
  const place = fromDegrees(longitude, latitude)
  const rates: GaugeRain['rates_mmh'][number][] = []
  for (let minute = minutes[0]; minute < minutes[1]; minute += 5) {
    const from = issueTime + minute * MINUTE
    rates.push([epochMillis(from), rainRate(storm, from + 2.5 * MINUTE, place)])
  }
  return { key, longitude, latitude, rates_mmh: rates }
}

/** Of each underpass that was open at the issue: named and came, came unnamed, named in vain. */
function compare(forecast: readonly UnderpassForecast[], truth: readonly UnderpassForecast[], sum: Closures): void {
  const line = DEPTH_LINES_CM[CLOSURE] / 100
  for (const came of truth) {
    const said = forecast.find(({ code }) => code === came.code)
    if (said === undefined || came.now_m >= line || said.now_m >= line) continue
    const [minute, named] = [came.minutesToLines[CLOSURE], said.minutesToLines[CLOSURE]]
    const [isEvent, isNamed] = [typeof minute === 'number', typeof named === 'number']
    if (isEvent && isNamed) {
      sum.hits += 1
      sum.leads.push(Number(minute))
    } else if (isEvent) sum.misses += 1
    else if (isNamed) sum.falseAlarms += 1
  }
}
