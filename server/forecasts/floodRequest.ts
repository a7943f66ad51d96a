import type { Catalogue, Datastream, Thing } from '@/domain/catalogue'
import { FLOOD_FORECAST_VERSION, FloodRequest } from '@/domain/flood/forecast'
import type { GaugeRain, RainAssumption } from '@/domain/flood/forecast'
import type { WorldNo } from '@/domain/ids'
import type { Modifier, RunInput } from '@/domain/runs/modelRun'
import { epochMillis } from '@/domain/time'
import type { Sample, SampleMemory } from './sampleMemory'

/** What forecasts read: rain in five minutes, and water standing in underpasses. */
export const RAIN = 'rain-5min'
export const WATER_DEPTH = 'water-depth'

const MINUTE = 60_000
const STEP_MS = 5 * MINUTE
const WARM_UP_MINUTES = 60
const HORIZON_MINUTES = 180
const FRAME_MINUTES = 10
/** Nothing in a run is drawn by chance yet; an ensemble will be. */
const SEED = 1
const USUAL_ASSUMPTION: RainAssumption = { kind: 'persistence', holdMinutes: 30, halfLifeMinutes: 30 }

export interface RequestGround {
  readonly world: { readonly no: WorldNo; readonly timeZone: string }
  readonly catalogue: Catalogue
  readonly memory: SampleMemory
  readonly city: { readonly city: string; readonly digest: string }
  readonly code: string
  /** World time. */
  readonly now: number
  readonly modifiers: readonly Modifier[]
  readonly assumption?: RainAssumption | undefined
}

/** What a run asked for now follows from, and what of it was there. */
export function floodRequest(ground: RequestGround): { request: FloodRequest; inputs: RunInput[] } {
  const { world, catalogue, memory, city, code, now, modifiers, assumption } = ground
  const issueTime = Math.floor(now / MINUTE) * MINUTE
  const streams = catalogue.datastreams.filter(({ property, covered }) => property === RAIN && covered)
  const things = new Map(catalogue.things.map((thing) => [thing.key, thing]))
  const bias = new Map(
    modifiers.flatMap(({ kind, target, amount }) => (kind === 'gaugeBias' ? [[target, amount ?? 1]] : [])),
  )
  const gauges = streams.flatMap((stream) =>
    gaugeOf(stream, things.get(stream.thing), {
      issueTime,
      samples: memory.of(world.no, stream.no),
      factor: bias.get(stream.thing) ?? 1,
    }),
  )
  const targets = (kind: Modifier['kind']): string[] =>
    modifiers.flatMap((one) => (one.kind === kind ? [one.target] : []))
  const request = FloodRequest.parse({
    model: 'flood',
    version: FLOOD_FORECAST_VERSION,
    code,
    city: city.city,
    cityDigest: city.digest,
    timeZone: world.timeZone,
    seed: SEED,
    issueTime,
    warmUpMinutes: WARM_UP_MINUTES,
    horizonMinutes: HORIZON_MINUTES,
    frameMinutes: FRAME_MINUTES,
    gauges,
    assumption: assumption ?? USUAL_ASSUMPTION,
    riverRise_m: 0,
    pumpsOut: targets('pumpOut').sort(),
    gatesShut: targets('gateClosed').sort(),
    blocked: Object.fromEntries(
      modifiers.flatMap(({ kind, target, amount }) =>
        kind === 'drainBlocked' ? [[target, Math.min(1, amount ?? 1)]] : [],
      ),
    ),
    extremeRainConfirmed: false,
  })
  const newest = gauges.flatMap(({ rates_mmh }) => rates_mmh.map(([at]) => at + STEP_MS))
  const spoke = gauges.filter(({ rates_mmh }) => (rates_mmh.at(-1)?.[0] ?? 0) >= issueTime - 2 * STEP_MS)
  const coverage = streams.length === 0 ? 0 : spoke.length / streams.length
  const upTo = newest.length === 0 ? null : epochMillis(Math.max(...newest))
  return { request, inputs: [{ key: RAIN, upTo, coverage }] }
}

interface Rained {
  readonly issueTime: number
  readonly samples: readonly Sample[]
  readonly factor: number
}

/** Rates on the steps of the request: the amount that is nearest to the end of each, where one is near enough. */
function gaugeOf({ key }: Datastream, thing: Thing | undefined, { issueTime, samples, factor }: Rained): GaugeRain[] {
  const { longitude, latitude } = thing ?? {}
  if (longitude === undefined || latitude === undefined || samples.length === 0) return []
  const rates: [number, number][] = []
  for (let from = issueTime - WARM_UP_MINUTES * MINUTE; from < issueTime; from += STEP_MS) {
    const end = from + STEP_MS
    const nearest = samples.reduce<Sample | undefined>(
      (best, one) => (best === undefined || Math.abs(one.time - end) < Math.abs(best.time - end) ? one : best),
      undefined,
    )
    if (nearest === undefined || Math.abs(nearest.time - end) > STEP_MS / 2 || !(nearest.value >= 0)) continue
    rates.push([from, nearest.value * (3_600_000 / STEP_MS) * factor])
  }
  if (rates.length === 0) return []
  return [{ key, longitude, latitude, rates_mmh: rates.map(([at, rate]) => [epochMillis(at), rate]) }]
}
