import type { NetworkLine } from '@/domain/city/cityModel'
import type { Names } from '@/domain/ids'
import { beside, degreesOf } from '../curve'
import type { Point } from '../curve'
import type { HeightRaster } from '../ground/heightRaster'
import { brookBed, DIKE_CREST, DIKE_OFFSET } from '../ground/terrain'
import type { WaterField } from '../ground/waterField'
import { HALF_SIZE } from '../ground/extent'
import { RAILWAYS } from '../plan/expressways'
import { METRO_LINES } from '../plan/metro'
import { BROOK, brookHalfWidth, NORTH_BANK, RIVER, SOUTH_BANK } from '../water'

/** A line of a network before it has a code. */
export type RawLine = Omit<NetworkLine, 'code' | 'line' | 'bridge' | 'tunnel' | 'layer'> & {
  readonly points: readonly Point[]
  readonly form?: 'bridge' | 'tunnel'
}

const names = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })
const inside = (line: readonly Point[]): Point[] =>
  line.filter(([x, y]) => Math.abs(x) <= HALF_SIZE && Math.abs(y) <= HALF_SIZE)

/** Watercourses, railways, metro and dikes. */
export function plannedLines(ground: HeightRaster, water: WaterField): RawLine[] {
  return [...watercourses(), ...railLines(ground, water), ...metroLines(ground, water), ...dikes()]
}

function watercourses(): RawLine[] {
  const river = inside(RIVER)
  const last = BROOK.length - 1
  return [
    {
      source: 'linjiang/river',
      name: names('青澜江', 'Qinglan River'),
      points: river,
      class: 'river',
      width: 510,
      metres: new Float32Array(river.length).fill(13.5),
    },
    {
      source: 'linjiang/brook',
      name: names('石塘沟', 'Shitang Brook'),
      points: BROOK,
      class: 'stream',
      width: 2 * brookHalfWidth(0.7),
      metres: Float32Array.from(BROOK, (_, i) => brookBed(i / last)),
    },
  ]
}

function railLines(ground: HeightRaster, water: WaterField): RawLine[] {
  return RAILWAYS.flatMap(({ key, name, line }) =>
    byForm(inside(line), water).map(
      ({ points, form }, i): RawLine => ({
        source: `linjiang/rail/${key}/${i}`,
        name,
        points,
        class: 'rail',
        network: key,
        width: 12,
        metres: Float32Array.from(points, ([x, y]) => ground.at(x, y) + (form === 'bridge' ? 12 : 0.4)),
        ...(form === undefined ? {} : { form }),
      }),
    ),
  )
}

function metroLines(ground: HeightRaster, water: WaterField): RawLine[] {
  return METRO_LINES.map(
    ({ key, name, line }): RawLine => ({
      source: `linjiang/${key}`,
      name,
      points: line,
      class: 'metro',
      network: key,
      form: 'tunnel',
      metres: Float32Array.from(line, ([x, y]) => ground.at(x, y) - (water.any(x, y) < 40 ? 18 : 15)),
    }),
  )
}

function dikes(): RawLine[] {
  return [beside(NORTH_BANK, DIKE_OFFSET), beside(SOUTH_BANK, -DIKE_OFFSET)].map((line, i): RawLine => {
    const points = inside(line)
    return {
      source: `linjiang/dike/${i}`,
      name: i === 0 ? names('江北大堤', 'North Dike') : names('江南大堤', 'South Dike'),
      points,
      class: 'dike',
      width: 10,
      metres: new Float32Array(points.length).fill(DIKE_CREST),
    }
  })
}

function byForm(line: readonly Point[], water: WaterField): { points: Point[]; form: 'bridge' | undefined }[] {
  const form = (i: number): 'bridge' | undefined =>
    water.any((line[i]![0] + line[i + 1]![0]) / 2, (line[i]![1] + line[i + 1]![1]) / 2) < 30 ? 'bridge' : undefined
  const out: { points: Point[]; form: 'bridge' | undefined }[] = []
  let from = 0
  for (let i = 0; i + 1 < line.length; i++) {
    if (i + 2 < line.length && form(i + 1) === form(i)) continue
    out.push({ points: line.slice(from, i + 2), form: form(i) })
    from = i + 1
  }
  return out
}

export const linesOf = (raw: readonly RawLine[], codeOf: (at: Point) => NetworkLine['code']): NetworkLine[] =>
  raw.map(({ points, form, ...rest }) => ({
    ...rest,
    code: codeOf(points[Math.floor(points.length / 2)]!),
    line: degreesOf(points),
    bridge: form === 'bridge',
    tunnel: form === 'tunnel',
    layer: form === 'bridge' ? 1 : form === 'tunnel' ? -3 : 0,
  }))
