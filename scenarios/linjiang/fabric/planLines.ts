import type { RoadClass } from '@/domain/city/cityModel'
import type { Names } from '@/domain/ids'
import { along, beside, lengthOf, pathOf } from '../curve'
import type { Point } from '../curve'
import { HALF_SIZE } from '../ground/extent'
import { CORRIDORS } from '../plan/expressways'
import { PLAN_ROADS } from '../plan/network'
import { BROOK, brookHalfWidth, LAKE, NORTH_BANK, RESERVOIR, SOUTH_BANK } from '../water'

/** A line of the plan: a road, or the edge of water, a corridor or the city. */
export interface Street {
  readonly key: string
  readonly class: RoadClass | undefined
  readonly name?: Names
  /** A road only where the city is; a mere boundary in the country. */
  readonly urbanOnly: boolean
}

export interface LaidLine {
  readonly street: Street
  readonly line: readonly Point[]
}

const boundary = (key: string, line: readonly Point[]): LaidLine => ({
  street: { key, class: undefined, urbanOnly: false },
  line,
})
const urban = (key: string, cls: RoadClass, line: readonly Point[], name?: Names): LaidLine => ({
  street: { key, class: cls, urbanOnly: true, ...(name === undefined ? {} : { name }) },
  line,
})

/** Everything that was there before blocks were cut, the important lines first. */
export function planLines(): LaidLine[] {
  const edge = HALF_SIZE
  const frame: Point[] = [
    [-edge, -edge],
    [edge, -edge],
    [edge, edge],
    [-edge, edge],
    [-edge, -edge],
  ]
  const roads = PLAN_ROADS.map(
    ({ key, name, class: cls, line }): LaidLine => ({ street: { key, name, class: cls, urbanOnly: false }, line }),
  )
  return [boundary('frame', frame), ...roads, ...waterside(), ...brookBridges(), ...corridorSides()]
}

function waterside(): LaidLine[] {
  const promenade = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })
  const shore = (share: number): number => brookHalfWidth(share) + 15
  const last = BROOK.length - 1
  return [
    boundary('bank-north', NORTH_BANK),
    boundary('bank-south', SOUTH_BANK),
    urban('jiangtan-beilu', 'tertiary', beside(NORTH_BANK, 56), promenade('江滩北路', 'North Strand')),
    urban('jiangtan-nanlu', 'tertiary', beside(SOUTH_BANK, -56), promenade('江滩南路', 'South Strand')),
    boundary(
      'brook-left',
      beside(BROOK, (i) => shore(i / last)),
    ),
    boundary(
      'brook-right',
      beside(BROOK, (i) => -shore(i / last)),
    ),
    boundary('brook-end', [beside(BROOK, shore(0))[0]!, beside(BROOK, -shore(0))[0]!]),
    boundary('lake', LAKE),
    urban('hubin-lu', 'residential', beside(LAKE, -48), promenade('湖滨路', 'Lakeshore Road')),
    boundary('lake-seam', [LAKE[0]!, beside(LAKE, -48)[0]!]),
    ...[
      '5090,1600 5050,1280',
      '4270,2480 3760,2560',
      '6760,3180 7190,3480',
      '6180,1800 6350,1500',
      '5300,2950 5150,3330',
    ].map((path, i) => urban(`lake-way-${i + 1}`, 'residential', pathOf(path))),
    boundary('airfield', AIRFIELD),
    boundary('reservoir', RESERVOIR),
    {
      street: { key: 'shimen-ba', class: 'tertiary', urbanOnly: false, name: promenade('石门坝路', 'Dam Road') },
      line: pathOf('-3640,8330 -3500,8282 -3300,8270 -3040,8110'),
    },
    boundary('reservoir-seam', [RESERVOIR[0]!, [-3_300, 8_270]]),
  ]
}

/** The airport's fence: a strip of three kilometres with its aprons, and the way to it. */
export const RUNWAY = { at: [-7_000, -9_330] as Point, angle: 0.06, long: 1_350, wide: 22 }
const AIRFIELD: readonly Point[] = [
  [-1_600, -330],
  [1_600, -330],
  [1_600, 420],
  [-1_600, 420],
  [-1_600, -330],
].map(([a, c]) => [
  RUNWAY.at[0] + Math.cos(RUNWAY.angle) * a! - Math.sin(RUNWAY.angle) * c!,
  RUNWAY.at[1] + Math.sin(RUNWAY.angle) * a! + Math.cos(RUNWAY.angle) * c!,
])

/** Small bridges over the brook in the town, every 400 m or so. */
function brookBridges(): LaidLine[] {
  const length = lengthOf(BROOK)
  const out: LaidLine[] = []
  for (let at = length * 0.42; at < length * 0.97; at += 410) {
    const { point, direction } = along(BROOK, at)
    const reach = brookHalfWidth(at / length) + 17
    const [nx, ny] = [-Math.sin(direction) * reach, Math.cos(direction) * reach]
    out.push(
      urban(`brook-bridge-${out.length + 1}`, 'residential', [
        [point[0] - nx, point[1] - ny],
        [point[0] + nx, point[1] + ny],
      ]),
    )
  }
  return out
}

/** Streets along both sides of motorways and railways; in the country only their fences. */
function corridorSides(): LaidLine[] {
  return CORRIDORS.flatMap(({ key, kind, line, half }) =>
    [half, -half].map((off) =>
      urban(`${key}-side${off > 0 ? 1 : 2}`, kind === 'motorway' ? 'tertiary' : 'residential', beside(line, off)),
    ),
  )
}
