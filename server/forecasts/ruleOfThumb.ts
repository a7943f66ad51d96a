import type { Catalogue } from '@/domain/catalogue'
import { DEPTH_LINES_CM } from '@/domain/flood/depthScale'
import { FLOOD_FORECAST_VERSION } from '@/domain/flood/forecast'
import type { FloodResult, UnderpassForecast } from '@/domain/flood/forecast'
import type { WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import { WATER_DEPTH } from './floodRequest'
import type { Sample, SampleMemory } from './sampleMemory'

const MINUTE = 60_000
/** The trend is that of the last quarter of an hour. */
const TREND_MS = 15 * MINUTE
const HORIZON_MINUTES = 180
/** A gauge that says nothing for longer has no present, ms. */
const HEARD_WITHIN_MS = 10 * MINUTE

interface Ground {
  readonly world: WorldNo
  readonly catalogue: Catalogue
  readonly memory: SampleMemory
  readonly request: string
  readonly now: number
}

/**
 * The last rung: water in each underpass goes on rising as it did. No terrain, no rain, no map; what has no gauge that
 * speaks is left out and counted in the quality, never shown as dry.
 */
export function ruleOfThumb({ world, catalogue, memory, request, now }: Ground): FloodResult {
  const things = new Map(catalogue.things.map((thing) => [thing.key, thing]))
  const streams = catalogue.datastreams.filter(({ property }) => property === WATER_DEPTH)
  const underpasses = streams.flatMap(({ no, thing: key }): UnderpassForecast[] => {
    const thing = things.get(key)
    const trend = trendOf(memory.of(world, no), now)
    if (thing?.longitude === undefined || thing.latitude === undefined || trend === undefined) return []
    const { longitude, latitude, name } = thing
    return [{ code: key, name, longitude, latitude, ...reachedBy(trend) }]
  })
  const missing = streams.length - underpasses.length
  return {
    model: 'flood',
    version: FLOOD_FORECAST_VERSION,
    request,
    rung: 'rule',
    issueTime: epochMillis(now),
    lines_cm: [...DEPTH_LINES_CM],
    quality: ['DEGRADED(trend)', ...(missing > 0 ? [`MISSING(${missing} water-depth)`] : [])],
    frames: [],
    underpasses,
    rain: { measured_mmh: 0, assumed_mmh: 0 },
    massErrorQuanta: '0',
    activeShare: 0,
  }
}

interface Trend {
  readonly now_m: number
  readonly perMinute_m: number
}

/** Depth now and its slope by least squares; centimetres in. */
export function trendOf(samples: readonly Sample[], now: number): Trend | undefined {
  const recent = samples.filter(({ time }) => time > now - TREND_MS && time <= now)
  const last = recent.at(-1)
  if (last === undefined || now - last.time > HEARD_WITHIN_MS) return undefined
  const meanTime = recent.reduce((sum, { time }) => sum + time, 0) / recent.length
  const meanValue = recent.reduce((sum, { value }) => sum + value, 0) / recent.length
  let [covariance, variance] = [0, 0]
  for (const { time, value } of recent) {
    covariance += (time - meanTime) * (value - meanValue)
    variance += (time - meanTime) ** 2
  }
  const slope = variance === 0 ? 0 : covariance / variance
  return { now_m: Math.max(0, last.value) / 100, perMinute_m: (slope * MINUTE) / 100 }
}

function reachedBy({ now_m, perMinute_m }: Trend): Omit<UnderpassForecast, 'code' | 'name' | 'longitude' | 'latitude'> {
  const rises = perMinute_m > 0
  const minutesToLines = DEPTH_LINES_CM.map((line) => {
    const missing = line / 100 - now_m
    if (missing <= 0) return 0
    const minutes = rises ? missing / perMinute_m : Number.POSITIVE_INFINITY
    return minutes <= HORIZON_MINUTES ? Math.round(minutes * 10) / 10 : null
  })
  const peak = rises ? now_m + perMinute_m * HORIZON_MINUTES : now_m
  return { now_m, peak_m: Math.round(peak * 1000) / 1000, peakMinute: rises ? HORIZON_MINUTES : 0, minutesToLines }
}
