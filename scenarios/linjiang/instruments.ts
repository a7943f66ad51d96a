import { names, PLACES, thing } from './cityThing'
import type { CityThing, ThingKind } from './cityThing'
import { along, lengthOf } from './curve'
import type { Point } from './curve'
import { DISTRICT_PLANS } from './divisions/plan'
import { HALF_SIZE } from './ground/extent'
import { PLAN_ROADS } from './plan/network'
import type { PlanRoad } from './plan/network'
import { METRO_STATIONS } from './plan/metro'
import { QUARTERS, quarterAt } from './plan/quarters'
import { between, textKey, unit } from './random'
import { ROADS } from './roads'
import { halfWidth, RIVER } from './water'

const inside = ([x, y]: Point): boolean => Math.max(Math.abs(x), Math.abs(y)) < HALF_SIZE - 60
const inCity = ([x, y]: Point): boolean => quarterAt(x, y).depth < 1
const isDry = ([x, y]: Point): boolean => RIVER.every(([rx, ry], i) => Math.hypot(rx - x, ry - y) > halfWidth(i) + 60)

interface RowForm {
  readonly kind: ThingKind
  readonly prefix: string
  readonly zh: string
  readonly en: string
  /** Metres between two along a road, and metres beside its middle. */
  readonly every: number
  readonly beside: number
  readonly where: (at: Point) => boolean
  readonly roads: (road: PlanRoad) => boolean
}

/** Instruments along roads, uneven distances apart. */
function alongRoads({ kind, prefix, zh, en, every, beside, where, roads }: RowForm): CityThing[] {
  return PLAN_ROADS.filter(roads).flatMap((road) => {
    const length = lengthOf(road.line)
    const out: CityThing[] = []
    const key = textKey(road.key + prefix)
    for (
      let at = between(0.2, 0.8, PLACES, key) * every;
      at < length;
      at += every * between(0.8, 1.25, PLACES, key, out.length)
    ) {
      const { point, direction } = along(road.line, at)
      const place: Point = [point[0] - Math.sin(direction) * beside, point[1] + Math.cos(direction) * beside]
      if (!inside(place) || !where(place) || !isDry(place)) continue
      const no = out.length + 1
      out.push(
        thing(
          kind,
          `${prefix}-${road.key}-${no}`,
          names(`${road.name['zh-CN']}${no}号${zh}`, `${road.name.en} ${en} ${no}`),
          place,
        ),
      )
    }
    return out
  })
}

const isGreat = ({ class: cls }: PlanRoad): boolean => cls !== 'tertiary'
const OLD = new Set(ROADS.map(({ key }) => key))

const drainWells = alongRoads({
  kind: 'drainWell',
  prefix: 'drain',
  zh: '雨水井',
  en: 'storm drain',
  every: 560,
  beside: 9,
  where: inCity,
  roads: isGreat,
})
const loops = alongRoads({
  kind: 'roadLoop',
  prefix: 'loop',
  zh: '断面',
  en: 'section',
  every: 560,
  beside: 0,
  where: () => true,
  roads: (road) => isGreat(road) && !OLD.has(road.key),
})
const switchRooms = alongRoads({
  kind: 'switchRoom',
  prefix: 'switch',
  zh: '配电房',
  en: 'switch room',
  every: 1_700,
  beside: 26,
  where: inCity,
  roads: isGreat,
})
const gasPoints = alongRoads({
  kind: 'gasPoint',
  prefix: 'gas',
  zh: '燃气井',
  en: 'gas chamber',
  every: 1_450,
  beside: -9,
  where: inCity,
  roads: isGreat,
})
const waterMains = alongRoads({
  kind: 'waterMain',
  prefix: 'main',
  zh: '供水测压点',
  en: 'main',
  every: 1_550,
  beside: -7,
  where: inCity,
  roads: isGreat,
})
const noise = alongRoads({
  kind: 'noiseStation',
  prefix: 'noise',
  zh: '噪声站',
  en: 'noise station',
  every: 2_050,
  beside: 18,
  where: inCity,
  roads: isGreat,
})
const slopes = alongRoads({
  kind: 'slope',
  prefix: 'slope',
  zh: '边坡',
  en: 'slope',
  every: 330,
  beside: 24,
  where: ([, y]) => y > 6_900,
  roads: ({ key }) => ['shimen-lu', 'qingshi-lu', 'meiling-lu', 'keji-dadao'].includes(key),
})

/** Where planned roads cross the river: four spans each. */
const bridges = PLAN_ROADS.flatMap((road) => {
  const middle = road.line.find(
    ([x, y]) => RIVER.some(([rx, ry], i) => Math.hypot(rx - x, ry - y) < halfWidth(i) * 0.55) && inside([x, y]),
  )
  if (middle === undefined) return []
  return [1, 2, 3, 4].map((span) =>
    thing(
      'bridge',
      `bridge-${road.key}-${span}`,
      names(`${road.name['zh-CN']}大桥第${span}跨`, `${road.name.en} bridge, span ${span}`),
      [middle[0] + span * 4 - 10, middle[1] + span * 6 - 15],
    ),
  )
})

const metro = METRO_STATIONS.map(({ name, at }, i) =>
  thing('metroStation', `metro-${i + 1}`, names(`${name['zh-CN']}站`, `${name.en} station`), at),
)

const hospitals = DISTRICT_PLANS.flatMap(({ key, name, at }) =>
  [0, 1].map((i) => {
    const place: Point = [
      at[0] + between(-700, 700, PLACES, textKey(key), i, 3),
      at[1] + between(-700, 700, PLACES, textKey(key), i, 4),
    ]
    return thing(
      'hospital',
      `hospital-${key}-${i + 1}`,
      names(
        `${name['zh-CN']}${i === 0 ? '人民医院' : '中医院'}`,
        `${name.en} ${i === 0 ? 'People’s Hospital' : 'Hospital of Chinese Medicine'}`,
      ),
      place,
    )
  }),
)

/** Rings of detectors around the chemical works and the harbour's tank farm. */
const detectors = QUARTERS.filter(({ kind }) => kind === 'chemical' || kind === 'harbour').flatMap(
  ({ key, at, reach }) =>
    Array.from({ length: key === 'chemical' ? 28 : 8 }, (_, i) => {
      const angle = (i / (key === 'chemical' ? 28 : 8)) * 2 * Math.PI
      const radius = reach * (0.35 + 0.6 * unit(PLACES, textKey(key), i))
      return thing(
        'chemicalDetector',
        `chemical-${key}-${i + 1}`,
        names(
          `${key === 'chemical' ? '化工园' : key === 'harbour' ? '港口' : '物流园'}${i + 1}号探头`,
          `${key} detector ${i + 1}`,
        ),
        [at[0] + radius * Math.cos(angle), at[1] + radius * Math.sin(angle)],
      )
    }),
)

/** More rain gauges, air and weather stations: one of each kind of quarter that the first network missed. */
const skyStations = QUARTERS.flatMap(({ key, kind, at }, i): CityThing[] => {
  const near = districtName(at)
  const place: Point = [at[0] + between(-260, 260, PLACES, i, 8), at[1] + between(-260, 260, PLACES, i, 9)]
  return [
    thing('rainGauge', `rain-quarter-${key}`, names(`${near}${i + 1}号雨量点`, `Rain point ${i + 1}`), place),
    ...(i % 2 === 0
      ? [
          thing('airStation', `air-quarter-${key}`, names(`${near}微型空气站${i + 1}`, `Small air station ${i + 1}`), [
            place[0] + 140,
            place[1] - 90,
          ]),
        ]
      : []),
    ...(kind === 'towers' || kind === 'airport'
      ? [
          thing(
            'weatherStation',
            `weather-quarter-${key}`,
            names(`${near}自动气象站${i + 1}`, `Automatic weather station ${i + 1}`),
            [place[0] - 120, place[1] + 160],
          ),
        ]
      : []),
  ]
})

function districtName([x, y]: Point): string {
  const metres = ({ at }: (typeof DISTRICT_PLANS)[number]): number => Math.hypot(at[0] - x, at[1] - y)
  return DISTRICT_PLANS.reduce((best, plan) => (metres(plan) < metres(best) ? plan : best)).name['zh-CN'].slice(0, 2)
}

/** What twelve departments have built since the first network: with it more than two thousand places of twenty kinds. */
export const INSTRUMENTS: readonly CityThing[] = [
  ...skyStations,
  ...loops,
  ...drainWells,
  ...switchRooms,
  ...gasPoints,
  ...waterMains,
  ...noise,
  ...slopes,
  ...bridges,
  ...metro,
  ...hospitals,
  ...detectors,
]
