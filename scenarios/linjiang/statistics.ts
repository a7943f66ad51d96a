import type { CityModel, HeightGrid, Polygon, RoadClass } from '@/domain/city/cityModel'
import { metresPerDegree } from '@/domain/geodesy/metresPerDegree'
import type { Point } from './curve'
import { arrange } from './fabric/arrangement'
import { Planar } from './fabric/planar'
import { areaOf } from './fabric/polygon'
import { ringOf } from './fabric/split'

/** Tenth, half and nine tenths of a distribution. */
export type Spread = readonly [low: number, middle: number, high: number]

/** Figures by which a city's fabric is told from another's, in a square of 2 km around its densest square kilometre. */
export interface CityStatistics {
  readonly name: string
  /** Hectares between streets that cars use (no service ways, no tracks). */
  readonly blocks: Spread
  /** Meetings of three and more such streets per km² of the square, and the share of those with four and more. */
  readonly junctions: number
  readonly fourWay: number
  readonly houses: number
  /** Square metres on the ground, metres of height. */
  readonly footprints: Spread
  readonly heights: Spread
  /** Share of the square that is built over. */
  readonly covered: number
  /** Rise over run between terrain posts 30 m or more apart, percent. */
  readonly slopes: Spread
}

const HALF = 1_000
const CAR_STREETS: ReadonlySet<RoadClass> = new Set(['trunk', 'primary', 'secondary', 'tertiary', 'residential'])

/** Measures a city, the invented and the real ones by the same rule. `name` stands in the table. */
export function cityStatistics(model: CityModel, name: string): CityStatistics {
  const frame = frameOf(model)
  const houses = model.buildings
    .map(({ footprint, height }) => ({
      at: frame.toMetres(footprint.outer[0]!, footprint.outer[1]!),
      area: areaIn(footprint, frame),
      height,
    }))
    .filter(({ at: [x, y], area }) => Math.abs(x) < HALF && Math.abs(y) < HALF && area > 5)
  const { blocks, junctions, fourWay } = streetsIn(model, frame)
  return {
    name,
    blocks: spread(blocks.map((area) => area / 1e4)),
    junctions,
    fourWay,
    houses: houses.length,
    footprints: spread(houses.map(({ area }) => area)),
    heights: spread(houses.map(({ height }) => height)),
    covered: houses.reduce((sum, { area }) => sum + area, 0) / (4 * HALF * HALF),
    slopes: spread(slopesIn(model.terrain, frame)),
  }
}

interface Frame {
  readonly toMetres: (longitude: number, latitude: number) => Point
}

/** Metres around the middle of the square kilometre with the most ground built over. */
function frameOf(model: CityModel): Frame {
  const cells = new Map<string, { ground: number; longitude: number; latitude: number }>()
  const first = model.buildings[0]
  if (first === undefined) throw new RangeError('A city without houses cannot be compared.')
  const per = metresPerDegree(first.footprint.outer[1]!)
  for (const { footprint } of model.buildings) {
    const [longitude, latitude] = [footprint.outer[0]!, footprint.outer[1]!]
    const [cx, cy] = [Math.floor((longitude * per.longitude) / 1_000), Math.floor((latitude * per.latitude) / 1_000)]
    const cell = cells.get(`${cx},${cy}`) ?? {
      ground: 0,
      longitude: ((cx + 0.5) * 1_000) / per.longitude,
      latitude: ((cy + 0.5) * 1_000) / per.latitude,
    }
    cell.ground += Math.abs(areaOf(pointsOf(footprint.outer, (x, y) => [x * per.longitude, y * per.latitude])))
    cells.set(`${cx},${cy}`, cell)
  }
  const { longitude, latitude } = [...cells.values()].reduce((best, cell) => (cell.ground > best.ground ? cell : best))
  return { toMetres: (x, y) => [(x - longitude) * per.longitude, (y - latitude) * per.latitude] }
}

const pointsOf = (flat: Float64Array, to: (x: number, y: number) => Point): Point[] =>
  Array.from({ length: flat.length / 2 }, (_, i) => to(flat[2 * i]!, flat[2 * i + 1]!))

const areaIn = ({ outer, holes }: Polygon, { toMetres }: Frame): number =>
  Math.abs(areaOf(pointsOf(outer, toMetres))) -
  holes.reduce((sum, hole) => sum + Math.abs(areaOf(pointsOf(hole, toMetres))), 0)

function streetsIn(model: CityModel, { toMetres }: Frame): { blocks: number[]; junctions: number; fourWay: number } {
  const lines = model.roads
    .filter(({ class: cls, car, tunnel }) => car && !tunnel && CAR_STREETS.has(cls))
    .map(({ line }) => pointsOf(line, toMetres))
    .filter((line) => line.some(([x, y]) => Math.abs(x) < HALF && Math.abs(y) < HALF))
    .map((line) => ({ line, tag: 0 }))
  const plan = Planar.from(arrange(lines))
  const isIn = (x: number, y: number): boolean => Math.abs(x) < HALF && Math.abs(y) < HALF
  const blocks = plan.faces
    .map((face) => ringOf(plan, face))
    .filter((ring) => ring.every(([x, y]) => isIn(x, y)))
    .map(areaOf)
    .filter((area) => area > 400)
  const ends = new Map<number, number>()
  for (const { a, b } of plan.edges.values()) for (const node of [a, b]) ends.set(node, (ends.get(node) ?? 0) + 1)
  const met = [...ends].filter(([node, count]) => count > 2 && isIn(plan.x[node]!, plan.y[node]!))
  const four = met.filter(([, count]) => count > 3).length
  return { blocks, junctions: met.length / ((4 * HALF * HALF) / 1e6), fourWay: four / (met.length || 1) }
}

function slopesIn(grid: HeightGrid, { toMetres }: Frame): number[] {
  const out: number[] = []
  const at = (column: number, row: number): Point =>
    toMetres(grid.west + column * grid.stepLongitude, grid.north - row * grid.stepLatitude)
  const [a, b, c] = [at(0, 0), at(1, 0), at(0, 1)]
  const [east, north] = [b[0] - a[0], a[1] - c[1]]
  const [right, down] = [Math.max(1, Math.ceil(30 / east)), Math.max(1, Math.ceil(30 / north))]
  for (let row = 0; row + down < grid.rows; row += down)
    for (let column = 0; column + right < grid.columns; column += right) {
      const [x, y] = at(column, row)
      if (Math.abs(x) >= HALF || Math.abs(y) >= HALF) continue
      const here = grid.metres[row * grid.columns + column]!
      const dx = (grid.metres[row * grid.columns + column + right]! - here) / (right * east)
      const dy = (grid.metres[(row + down) * grid.columns + column]! - here) / (down * north)
      if (Number.isFinite(dx + dy)) out.push(100 * Math.hypot(dx, dy))
    }
  return out
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((p, q) => p - q)
  const share = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
  return [share(0.1), share(0.5), share(0.9)]
}

const HEAD = [
  '| city | blocks, ha (p10 / p50 / p90) | junctions / km² | of four ways | houses | footprint, m² | height, m | covered | slope, % |',
  '|---|---|---|---|---|---|---|---|---|',
]

/** The figures as a table in Markdown, a line for each city. */
export function statisticsTable(cities: readonly CityStatistics[]): string[] {
  const three = (values: Spread, digits: number): string => values.map((value) => value.toFixed(digits)).join(' / ')
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
  return [
    ...HEAD,
    ...cities.map((city) =>
      [
        '',
        city.name,
        three(city.blocks, 2),
        city.junctions.toFixed(0),
        percent(city.fourWay),
        String(city.houses),
        three(city.footprints, 0),
        three(city.heights, 0),
        percent(city.covered),
        three(city.slopes, 1),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ]
}
