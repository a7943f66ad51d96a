import type { Names } from '@/domain/ids'
import { toDegrees } from './curve'
import type { Point } from './curve'
import { UNDERPASSES } from './plan/underpasses'
import { QUARTERS } from './plan/quarters'
import { unit } from './random'
import { clockHour, rainRate, stormOf, storyTime } from './storm'
import type { Storm } from './storm'

/** A call to the city's numbers, as the centre passes it on: no caller, no number; where is a street corner. */
export interface Call {
  readonly key: string
  readonly line: '12345' | '110' | '119' | '120'
  readonly topic: 'ponding' | 'trapped' | 'outage' | 'traffic' | 'noise' | 'medical'
  readonly titleZh: string
  readonly titleEn: string
  readonly phenomenonTime: number
  readonly longitude: number
  readonly latitude: number
}

const MINUTE = 60_000
/** Calls of one quarter in a quiet daytime minute, and more of them for each mm/h of rain. */
const QUIET = 0.011
const PER_RAIN = 0.0042

const TOPICS: Readonly<Record<Call['topic'], { line: Call['line']; title: Names }>> = {
  ponding: { line: '12345', title: { 'zh-CN': '路面积水', en: 'Water on the road' } },
  trapped: { line: '119', title: { 'zh-CN': '车辆被困', en: 'Vehicle trapped' } },
  outage: { line: '12345', title: { 'zh-CN': '小区停电', en: 'No power' } },
  traffic: { line: '110', title: { 'zh-CN': '交通事故', en: 'Traffic accident' } },
  noise: { line: '12345', title: { 'zh-CN': '施工噪声', en: 'Building noise' } },
  medical: { line: '120', title: { 'zh-CN': '急救', en: 'Medical emergency' } },
}

/** Calls after `fromMs` and up to `toMs` (world time), by the same storm as every gauge; the seed and the span decide alone. */
export function callsBetween(seed: number, fromMs: number, toMs: number): Call[] {
  const out: Call[] = []
  for (let minute = Math.floor(fromMs / MINUTE); minute * MINUTE <= toMs; minute++) {
    const { day, at } = storyTime(minute * MINUTE)
    const moment: Moment = { seed, minute, at, storm: stormOf(seed, day) }
    for (let q = 0; q < QUARTERS.length; q++) {
      const call = callOf(moment, q)
      if (call !== undefined && call.phenomenonTime > fromMs && call.phenomenonTime <= toMs) out.push(call)
    }
  }
  return out.sort((a, b) => a.phenomenonTime - b.phenomenonTime || (a.key < b.key ? -1 : 1))
}

interface Moment {
  readonly seed: number
  readonly minute: number
  /** Milliseconds into the story. */
  readonly at: number
  readonly storm: Storm
}

function callOf({ seed, minute, at, storm }: Moment, q: number): Call | undefined {
  const quarter = QUARTERS[q]!
  const hour = clockHour(at)
  const rain = rainRate(storm, at, quarter.at)
  const awake = hour < 6 ? 0.25 : hour > 22 ? 0.5 : 1
  if (unit(seed, minute, q, 1) >= QUIET * awake + PER_RAIN * rain) return undefined
  const topic = topicOf(rain, unit(seed, minute, q, 2))
  const { line, title } = TOPICS[topic]
  const [longitude, latitude] = toDegrees(
    placeOf(topic, quarter.at, { reach: quarter.reach, chance: [seed, minute, q] }),
  )
  return {
    key: `${minute}-${q}`,
    line,
    topic,
    titleZh: title['zh-CN'],
    titleEn: title.en,
    phenomenonTime: minute * MINUTE + Math.floor(unit(seed, minute, q, 3) * 60) * 1_000,
    longitude,
    latitude,
  }
}

function topicOf(rain: number, chance: number): Call['topic'] {
  const wet = Math.min(0.85, rain / 45)
  if (chance < wet * 0.62) return 'ponding'
  if (chance < wet * 0.74) return 'trapped'
  if (chance < wet) return 'outage'
  const dry = (chance - wet) / (1 - wet)
  return dry < 0.34 ? 'traffic' : dry < 0.66 ? 'noise' : 'medical'
}

/** Trapped cars are at the nearest underpass, everything else somewhere in the quarter. */
function placeOf(
  topic: Call['topic'],
  middle: Point,
  { reach, chance }: { reach: number; chance: readonly number[] },
): Point {
  if (topic === 'trapped') {
    const metres = ({ at }: (typeof UNDERPASSES)[number]): number => Math.hypot(at[0] - middle[0], at[1] - middle[1])
    return UNDERPASSES.reduce((best, one) => (metres(one) < metres(best) ? one : best)).at
  }
  const [angle, away] = [2 * Math.PI * unit(...chance, 4), reach * 0.8 * Math.sqrt(unit(...chance, 5))]
  return [middle[0] + away * Math.cos(angle), middle[1] + away * Math.sin(angle)]
}
