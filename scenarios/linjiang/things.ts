import { names, PLACES, thing } from './cityThing'
import type { CityThing } from './cityThing'
import { INSTRUMENTS } from './instruments'
import { DISTRICTS } from './gaugedDistricts'
import { PUMP_SITES, SUBSTATION_SITES } from './plan/stations'
import { UNDERPASSES } from './plan/underpasses'
import { ROADS } from './roads'
import { BROOK, RIVER } from './water'
import { along, lengthOf } from './curve'
import type { Point } from './curve'
import { between } from './random'

const onRiver = (share: number, off: number): Point => {
  const { point, direction } = along(RIVER, lengthOf(RIVER) * share)
  return [point[0] - Math.sin(direction) * off, point[1] + Math.cos(direction) * off]
}

const riverGauges = (
  [
    ['yantou', '岩头', 'Yantou', 0.08],
    ['shangdu', '上渡', 'Upper Ferry', 0.22],
    ['liujiawan', '柳家湾', 'Liujia Bend', 0.36],
    ['linjiang', '临江', 'Linjiang', 0.53],
    ['dongmatou', '东码头', 'East Quay', 0.64],
    ['xiazhou', '下洲', 'Lower Isle', 0.78],
    ['sankou', '三口', 'Three Mouths', 0.92],
  ] as const
).map(([key, zh, en, share]) =>
  thing('riverGauge', `river-${key}`, names(`青澜江${zh}站`, `Qinglan River at ${en}`), onRiver(share, 250)),
)

const brookGauges = (
  [
    ['yuantou', '源头', 'Spring', 0.08],
    ['shitang', '石塘', 'Shitang', 0.32],
    ['qiaotou', '桥头', 'Bridgehead', 0.55],
    ['laocheng', '老城', 'Old Town', 0.76],
    ['kou', '沟口', 'Mouth', 0.95],
  ] as const
).map(([key, zh, en, share]) =>
  thing(
    'brookGauge',
    `brook-${key}`,
    names(`石塘沟${zh}站`, `Shitang Brook at ${en}`),
    along(BROOK, lengthOf(BROOK) * share).point,
  ),
)

const reservoirs = [thing('reservoir', 'reservoir-shimen', names('石门水库', 'Shimen Reservoir'), [-3_470, 8_420])]

/** Rain gauges stand on schools and offices of each district; their names count within it. */
const rainGauges = DISTRICTS.flatMap((district, d) => {
  const count = [7, 5, 8, 5, 5, 5][d] ?? 5
  const around = district.label
  return Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * 2 * Math.PI + between(-0.4, 0.4, PLACES, d, i, 1)
    const radius = i === 0 ? 0 : between(700, district.key === 'jiangyou' ? 1_300 : 2_400, PLACES, d, i, 2)
    const at: Point = [around[0] + Math.cos(angle) * radius, around[1] + Math.sin(angle) * radius * 0.8]
    const zh = `${district.name['zh-CN'].slice(0, 2)}${i + 1}号雨量站`
    return thing('rainGauge', `rain-${district.key}-${i + 1}`, names(zh, `${district.name.en} rain gauge ${i + 1}`), at)
  })
})

const ROAD_OF = new Map(ROADS.map((road) => [road.key, road]))

function onRoad(key: string, share: number): Point {
  const road = ROAD_OF.get(key)
  if (road === undefined) throw new RangeError(`No road ${key} in Linjiang.`)
  return along(road.line, lengthOf(road.line) * share).point
}

const underpasses = UNDERPASSES.map(({ key, name, at }) =>
  thing('underpass', key, names(`${name['zh-CN']}下穿`, `${name.en} underpass`), at),
)

const pumpStations = PUMP_SITES.map(({ key, name, at }) => thing('pumpStation', key, name, at))

const airStations = DISTRICTS.flatMap((district, d) =>
  Array.from({ length: d < 3 ? 2 : 1 }, (_, i) =>
    thing(
      'airStation',
      `air-${district.key}-${i + 1}`,
      names(
        `${district.name['zh-CN'].slice(0, 2)}${i === 0 ? '' : '二'}空气站`,
        `${district.name.en} air station${i === 0 ? '' : ' 2'}`,
      ),
      [district.label[0] + 420 - i * 1_300, district.label[1] - 260 + i * 700],
    ),
  ),
)

const roadLoops = ROADS.flatMap((road) =>
  [0.28, 0.68].map((share, i) =>
    thing(
      'roadLoop',
      `loop-${road.key}-${i + 1}`,
      names(`${road.name['zh-CN']}${i === 0 ? '一' : '二'}断面`, `${road.name.en} section ${i + 1}`),
      onRoad(road.key, share),
    ),
  ),
)

const substations = SUBSTATION_SITES.map(({ key, name, at }) => thing('substation', key, name, at))

const weatherStations = [
  thing('weatherStation', 'weather-guanxiang', names('临江观象台', 'Linjiang Observatory'), [-250, 1_900]),
  thing('weatherStation', 'weather-beishan', names('北山气象站', 'Beishan weather station'), [-2_100, 8_400]),
  thing('weatherStation', 'weather-gangkou', names('港口气象站', 'Harbour weather station'), [7_600, -1_750]),
]

/** Every place with instruments, in the order of their keys' groups. */
export const THINGS: readonly CityThing[] = [
  ...riverGauges,
  ...brookGauges,
  ...reservoirs,
  ...rainGauges,
  ...underpasses,
  ...pumpStations,
  ...airStations,
  ...roadLoops,
  ...substations,
  ...weatherStations,
  ...INSTRUMENTS,
]
