import type { Catalogue, Datastream } from '@/domain/catalogue'
import { DEPTH_LINES_CM } from '@/domain/flood/depthScale'
import type { FloodResult } from '@/domain/flood/forecast'
import type { ModelRun } from '@/domain/runs/modelRun'
import { scoreForecast } from '@/domain/runs/verification'
import type { ForecastScore, VerifiedPlace } from '@/domain/runs/verification'
import type { World } from '@/domain/world'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Log } from '@/platform/log'
import type { Postgres } from '@/platform/postgres/postgres'
import { WATER_DEPTH } from './floodRequest'
import { FLOOD } from './forecasts'
import type { Forecasts } from './forecasts'
import { samplesSince } from './queries/samplesSince'
import { insertScore, runsToScore } from './scoreRows'

interface ScoreParts {
  readonly postgres: Postgres
  readonly clickhouse: ClickHouse
  readonly forecasts: Forecasts
  readonly log: Log
}

/** Underpasses are scored at the line at which cars stop. */
const LINE_CM = DEPTH_LINES_CM[1]
const MINUTE = 60_000
/** A place counts when its gauge was heard at least this often within the time, and near both of its ends. */
const LEAST_SAMPLES = 12
const NEAR_END_MS = 15 * MINUTE

/** Every official product whose time has come is set beside what the gauges of underpasses said, once and for ever. */
export async function scoreRuns(
  parts: ScoreParts,
  world: World,
  ground: { catalogue: Catalogue; now: number },
): Promise<void> {
  const { postgres, forecasts, log } = parts
  for (const { run } of await runsToScore(postgres, { world: world.no, model: FLOOD, now: ground.now })) {
    const score = await scoreOf(parts, world, { ...ground, run, result: await forecasts.result(run) })
    const row = { world: world.no, model: FLOOD, run: run.id, scoredAt: score.scoredAt }
    await insertScore(postgres, { ...row, body: JSON.stringify(score) })
    log.info({ run: run.id, places: score.places, pod: score.pod, far: score.far }, 'a forecast was scored')
  }
}

interface Scored {
  readonly catalogue: Catalogue
  readonly now: number
  readonly run: ModelRun
  readonly result: FloodResult
}

async function scoreOf(
  { clickhouse }: ScoreParts,
  world: World,
  { catalogue, now, run, result }: Scored,
): Promise<ForecastScore> {
  const pairs = pairsOf(catalogue, result)
  const streams = pairs.map(({ stream }) => stream.no)
  const rows = await samplesSince(clickhouse, { world: world.no, streams, from: run.issueTime - NEAR_END_MS })
  const places = pairs.flatMap(({ stream, underpass }) => {
    const samples = rows.filter((row) => row.stream === stream.no && row.time <= run.validTo)
    return verified(samples, run, underpass)
  })
  return {
    ...{ run: run.id, rung: result.rung, issueTime: run.issueTime, validTo: run.validTo },
    scoredAt: now as ForecastScore['scoredAt'],
    ...scoreForecast(places, LINE_CM / 100),
  }
}

type Underpass = FloodResult['underpasses'][number]

/** Underpass and gauge belong together by name: the package has codes, the catalogue keys, both have the name. */
function pairsOf(catalogue: Catalogue, { underpasses }: FloodResult): { stream: Datastream; underpass: Underpass }[] {
  const things = new Map(catalogue.things.map((thing) => [thing.key, thing.name['zh-CN']]))
  const byName = new Map(underpasses.map((underpass) => [underpass.name['zh-CN'], underpass]))
  return catalogue.datastreams.flatMap((stream) => {
    const underpass = stream.property === WATER_DEPTH ? byName.get(things.get(stream.thing) ?? '') : undefined
    return underpass === undefined ? [] : [{ stream, underpass }]
  })
}

function verified(
  samples: readonly { readonly time: number; readonly value: number }[],
  { issueTime, validTo }: ModelRun,
  forecast: Underpass,
): VerifiedPlace[] {
  const within = samples.filter(({ time, value }) => time >= issueTime && Number.isFinite(value))
  const before = samples.filter(({ time }) => time <= issueTime).at(-1) ?? within[0]
  const last = within.at(-1)
  if (before === undefined || last === undefined || within.length < LEAST_SAMPLES) return []
  if (validTo - last.time > NEAR_END_MS || within[0]!.time - issueTime > NEAR_END_MS) return []
  const reached = within.find(({ value }) => value >= LINE_CM)
  return [
    {
      now_m: before.value / 100,
      forecastPeak_m: forecast.peak_m,
      observedPeak_m: within.reduce((top, { value }) => Math.max(top, value), 0) / 100,
      forecastMinute: forecast.minutesToLines[1] ?? null,
      observedMinute: reached === undefined ? null : (reached.time - issueTime) / MINUTE,
    },
  ]
}
