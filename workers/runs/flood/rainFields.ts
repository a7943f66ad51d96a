import type { FloodRequest, GaugeRain } from '@/domain/flood/forecast'
import { metresPerDegree } from '@/domain/geodesy/metresPerDegree'
import type { CityGround } from '@/workers/models/flood/city/cityGround'
import type { RainField } from '@/workers/models/flood/input'
import { chicagoStorm, stormFormula } from '@/workers/models/hydrology/designStorm'
import { interpolation } from '@/workers/models/interpolation/model'

/** Posts each way of the coarse field: half a kilometre in a city of 20 km. */
const POSTS = 41
const STEP_MINUTES = 5
const MINUTE = 60_000
/** The mean that persistence holds on to. */
const RECENT_MINUTES = 15
/** No city formula of Linjiang exists: it takes the newest of a large city whose constants were read. */
const FORMULA = 'beijing-2'
const PEAK_AT = 0.4

export interface RainOverCity {
  readonly fields: readonly RainField[]
  /** Highest rate at any gauge before and after the issue, mm/h. */
  readonly measured_mmh: number
  readonly assumed_mmh: number
  readonly quality: readonly string[]
}

/** No gauge gave a number within the window of the request: rain is not known, which is not 0. */
export class RainUnknown extends Error {
  readonly retry = false
}

type Timed = readonly [longitude: number, latitude: number, rate: number]

/** Rain every five minutes from the warm-up to the horizon: gauges spread over the city, then what is assumed. @throws RainUnknown */
export function rainOverCity(request: FloodRequest, ground: CityGround): RainOverCity {
  const { issueTime, warmUpMinutes, horizonMinutes, gauges } = request
  const fields: RainField[] = []
  const quality = new Set<string>()
  const recent = recentOf(request)
  if (recent.length === 0) throw new RainUnknown('No rain gauge spoke before the issue.')
  let measured = 0
  let assumed = 0
  const intervals = (warmUpMinutes + horizonMinutes) / STEP_MINUTES
  for (let k = 0; k < intervals; k++) {
    const from = k * STEP_MINUTES * 60
    const time = issueTime - warmUpMinutes * MINUTE + k * STEP_MINUTES * MINUTE
    const isPast = time < issueTime
    const posts = isPast ? measuredAt(gauges, time) : assumedAt(request, recent, time)
    if (posts.length === 0) quality.add('MISSING(rain)')
    const most = posts.reduce((top, [, , rate]) => Math.max(top, rate), 0)
    if (isPast) measured = Math.max(measured, most)
    else assumed = Math.max(assumed, most)
    fields.push({ from, rate_mmh: most === 0 ? 0 : spread(posts, ground) })
  }
  return { fields, measured_mmh: measured, assumed_mmh: assumed, quality: [...quality] }
}

/** Gauges that know the rain of the five minutes from `time`. */
function measuredAt(gauges: readonly GaugeRain[], time: number): Timed[] {
  return gauges.flatMap(({ longitude, latitude, rates_mmh }): Timed[] => {
    const found = rates_mmh.find(([at]) => at <= time + 1000 && time < at + STEP_MINUTES * MINUTE - 1000)
    return found === undefined ? [] : [[longitude, latitude, found[1]]]
  })
}

function recentOf({ gauges, issueTime }: FloodRequest): Timed[] {
  return gauges.flatMap(({ longitude, latitude, rates_mmh }): Timed[] => {
    const last = rates_mmh.filter(
      ([at]) => at < issueTime && at >= issueTime - (RECENT_MINUTES + STEP_MINUTES) * MINUTE,
    )
    if (last.length === 0) return []
    return [[longitude, latitude, last.reduce((sum, [, rate]) => sum + rate, 0) / last.length]]
  })
}

function assumedAt({ assumption, gauges, issueTime }: FloodRequest, recent: readonly Timed[], time: number): Timed[] {
  if (assumption.kind === 'nowcast') return measuredAt(gauges, time)
  const minute = (time - issueTime) / MINUTE
  if (assumption.kind === 'persistence') {
    const { holdMinutes, halfLifeMinutes } = assumption
    const share = minute < holdMinutes ? 1 : 0.5 ** ((minute - holdMinutes) / halfLifeMinutes)
    return recent.map(([longitude, latitude, rate]) => [longitude, latitude, rate * share])
  }
  const { returnYears, minutes } = assumption
  const shape = {
    minutes: Math.round(minutes / STEP_MINUTES) * STEP_MINUTES,
    stepMinutes: STEP_MINUTES,
    peakAt: PEAK_AT,
  }
  const { depths } = chicagoStorm(stormFormula(FORMULA), returnYears, shape)
  const rate = (depths[Math.floor(minute / STEP_MINUTES)] ?? 0) * (60 / STEP_MINUTES)
  return recent.map(([longitude, latitude]) => [longitude, latitude, rate])
}

/** Inverse distance to posts over the grid, metres. */
function spread(posts: readonly Timed[], { columns, rows, place }: CityGround): RainField['rate_mmh'] {
  const perDegree = metresPerDegree(place.south + (rows / 2) * place.stepLatitude)
  const plane = (longitude: number, latitude: number): readonly [number, number] => [
    (longitude - place.west) * perDegree.longitude,
    (latitude - place.south) * perDegree.latitude,
  ]
  const gauges = posts.map(([longitude, latitude, rate]) => [...plane(longitude, latitude), rate] as const)
  const rates = new Float32Array(POSTS * POSTS)
  for (let j = 0, post = 0; j < POSTS; j++) {
    for (let i = 0; i < POSTS; i++, post++) {
      const longitude = place.west + (i / (POSTS - 1)) * (columns - 1) * place.stepLongitude
      const latitude = place.south + (j / (POSTS - 1)) * (rows - 1) * place.stepLatitude
      rates[post] = interpolation.inverseDistance(gauges, plane(longitude, latitude))
    }
  }
  return { columns: POSTS, rows: POSTS, rate_mmh: rates }
}
