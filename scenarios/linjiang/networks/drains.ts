import type { Point } from '../curve'
import type { Names } from '@/domain/ids'
import type { HeightRaster } from '../ground/heightRaster'
import type { WaterField } from '../ground/waterField'
import { PUMP_SITES } from '../plan/stations'
import type { RawLine } from './lines'
import { grow, nearestWay } from './forest'
import type { Forest, Ways } from './forest'

/** A pump station with its sump: where the pipes of a catchment meet, and what it lifts into the river or brook. */
export interface PumpStation {
  readonly key: string
  readonly name: Names
  readonly at: Point
  /** Bottom of its sump and the level of its outfall, orthometric metres. */
  readonly sump: number
  readonly outfall: number
  readonly capacity: number
  /** Hectares that drain to it. */
  readonly hectares: number
}

/** Pipes lie this deep at least; they fall by at least one in a thousand. */
const COVER = 1.9
const FALL = 0.001
/** Land that one metre of street drains, m²; rain that pipes were made for, m/s; share that runs off. */
const STREET_LAND = 105
const DESIGN_RAIN = 0.036 / 3_600
const RUN_OFF = 0.65
const MANNING = 0.014
const DIAMETERS = [0.5, 0.6, 0.8, 1, 1.2, 1.5, 1.8, 2, 2.4, 2.8, 3.2, 3.6, 4.2, 5]

/** Storm drains under the streets: every pipe falls towards its pump station, which lifts the water over the dike. */
export function drainNetwork(
  ways: Ways,
  ground: HeightRaster,
  water: WaterField,
): { lines: RawLine[]; pumps: PumpStation[] } {
  const roots = PUMP_SITES.map(({ at }) => nearestWay(ways, at))
  const height = (node: number): number => ground.at(...ways.at(node))
  const forest = grow(ways, roots, (from, towards, metres) => metres + 60 * Math.max(0, height(towards) - height(from)))
  const pipes = sizePipes(ways, forest, height)
  const lines: RawLine[] = []
  for (const run of runsOf(forest, pipes))
    lines.push(
      pipeLine(run, { ways, pipes, key: PUMP_SITES[roots.indexOf(forest.root.get(run[0]!)!)]!.key, no: lines.length }),
    )
  const pumps = PUMP_SITES.map(({ key, name }, i) => station(roots[i]!, { key, name, at: ways.at(roots[i]!), pipes }))
  return { lines: [...lines, ...pumps.map((pump, i) => outfallLine(pump, i, water))], pumps }
}

interface Pipes {
  readonly area: Map<number, number>
  readonly invert: Map<number, number>
  readonly diameter: Map<number, number>
  readonly capacity: Map<number, number>
}

function sizePipes(ways: Ways, { order, toRoot }: Forest, height: (node: number) => number): Pipes {
  const area = new Map<number, number>()
  const invert = new Map<number, number>()
  const diameter = new Map<number, number>()
  const capacity = new Map<number, number>()
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!
    const down = toRoot.get(node)!
    const own = (ways.next.get(node) ?? []).reduce((sum, { metres }) => sum + metres / 2, 0) * STREET_LAND
    const total = (area.get(node) ?? 0) + own
    area.set(node, total)
    const level = Math.min(height(node) - COVER, invert.get(node) ?? Number.POSITIVE_INFINITY)
    invert.set(node, level)
    if (down === node) continue
    const [a, b] = [ways.at(node), ways.at(down)]
    const metres = Math.hypot(a[0] - b[0], a[1] - b[1])
    const lower = Math.min(height(down) - COVER, level - FALL * metres)
    invert.set(down, Math.min(lower, invert.get(down) ?? Number.POSITIVE_INFINITY))
    area.set(down, (area.get(down) ?? 0) + total)
    const slope = Math.max(FALL, (level - lower) / metres)
    const wanted = total * RUN_OFF * DESIGN_RAIN
    const size = DIAMETERS.find((d) => full(d, slope) >= wanted) ?? DIAMETERS.at(-1)!
    diameter.set(node, size)
    capacity.set(node, full(size, slope))
  }
  return { area, invert, diameter, capacity }
}

/** Discharge of a full round pipe by Manning, m³/s. */
const full = (d: number, slope: number): number =>
  ((Math.PI * d * d) / 4) * (d / 4) ** (2 / 3) * (Math.sqrt(slope) / MANNING)

/** Runs of pipe of one diameter, each from its upper end to the next junction of a larger one. */
function runsOf({ order, toRoot }: Forest, { area, diameter }: Pipes): number[][] {
  const main = new Map<number, number>()
  for (const node of order) {
    const down = toRoot.get(node)!
    if (down !== node && area.get(node)! > (area.get(main.get(down) ?? -1) ?? 0)) main.set(down, node)
  }
  const begins = (node: number): boolean =>
    toRoot.get(node) !== node && diameter.get(main.get(node) ?? -1) !== diameter.get(node)
  const goesOn = (before: number, at: number): boolean =>
    toRoot.get(at) !== at && main.get(at) === before && diameter.get(at) === diameter.get(before)
  return order.filter(begins).map((node) => {
    const run = [node, toRoot.get(node)!]
    while (goesOn(run.at(-2)!, run.at(-1)!)) run.push(toRoot.get(run.at(-1)!)!)
    return run
  })
}

function pipeLine(
  run: readonly number[],
  { ways, pipes, key, no }: { ways: Ways; pipes: Pipes; key: string; no: number },
): RawLine {
  // Where the lower pipe lies deeper, this one drops into its manhole: its own end stays above that.
  return {
    source: `linjiang/drain/${key}/${no}`,
    points: run.map((node) => ways.at(node)),
    class: 'drain',
    form: 'tunnel',
    network: key,
    width: pipes.diameter.get(run[0]!)!,
    capacity: Math.round(Math.min(...run.slice(0, -1).map((node) => pipes.capacity.get(node)!)) * 1_000) / 1_000,
    metres: Float32Array.from(run, (node) => pipes.invert.get(node)!),
  }
}

const BANK_LEVEL = 23.4

function station(
  root: number,
  { key, name, at, pipes }: { key: string; name: Names; at: Point; pipes: Pipes },
): PumpStation {
  const area = pipes.area.get(root) ?? 0
  return {
    key,
    name,
    at,
    sump: pipes.invert.get(root)! - 1.5,
    outfall: BANK_LEVEL,
    capacity: Math.round(area * RUN_OFF * DESIGN_RAIN * 10) / 10,
    hectares: Math.round(area / 1_000) / 10,
  }
}

/** Rising main from the station to the nearest open water, by the steepest way down of the distance. */
function outfallLine({ key, name, at, sump, outfall, capacity }: PumpStation, i: number, water: WaterField): RawLine {
  const points: Point[] = [at]
  for (let step = 0; step < 60; step++) {
    const [x, y] = points.at(-1)!
    if (water.any(x, y) < -4) break
    const [gx, gy] = [water.any(x + 12, y) - water.any(x - 12, y), water.any(x, y + 12) - water.any(x, y - 12)]
    const steep = Math.hypot(gx, gy) || 1
    points.push([x - (gx / steep) * 30, y - (gy / steep) * 30])
  }
  return {
    source: `linjiang/outfall/${i + 1}`,
    name,
    points,
    class: 'pipeline',
    form: 'tunnel',
    network: key,
    width: 2,
    capacity,
    metres: Float32Array.from(points, (_, k) => (k === 0 ? sump : outfall)),
  }
}
