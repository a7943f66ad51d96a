import { smooth } from '../curve'
import type { Point } from '../curve'
import type { Layout } from '../fabric/layout'
import type { HeightRaster } from '../ground/heightRaster'
import type { WaterField } from '../ground/waterField'
import { MOTORWAYS } from '../plan/expressways'
import { ROAD_TUNNEL } from '../plan/network'
import type { RoadPart } from './roadNetwork'

const NODES = 1_000_000
const PER_LINE = 10_000
/** Ground this much above the mean of a kilometre both ways is passed by a tunnel, metres. */
const TUNNEL_COVER = 14

interface Surroundings {
  readonly layout: Layout
  readonly ground: HeightRaster
  readonly water: WaterField
}

/** Motorways with their tunnels, bridges and ramps, and the tunnel below the river. */
export function motorwayParts({ layout, ground, water }: Surroundings): RoadPart[] {
  const out: RoadPart[] = []
  const nearest = nearestNode(layout)
  MOTORWAYS.forEach((motorway, m) => {
    const { line } = motorway
    const ring = line.length > 2 && Math.hypot(line[0]![0] - line.at(-1)![0], line[0]![1] - line.at(-1)![1]) < 1
    const nodes = line.map((_, i) => NODES + m * PER_LINE + (ring && i === line.length - 1 ? 0 : i))
    const forms = formsOf(line, { layout, ground, water, key: motorway.key })
    let from = 0
    for (let i = 0; i + 1 < line.length; i++) {
      if (i + 2 < line.length && forms[i + 1] === forms[i]) continue
      out.push({
        key: `${motorway.key}/${i}`,
        points: line.slice(from, i + 2),
        nodes: nodes.slice(from, i + 2),
        class: 'motorway',
        form: forms[i]!,
        name: motorway.name,
        ...(motorway.ref === undefined ? {} : { ref: motorway.ref }),
      })
      from = i + 1
    }
    if (!ring) out.push(junction(line[0]!, nodes[0]!, motorway.key))
    for (const part of ramps(motorway.key, { line, nodes, layout, nearest })) out.push(part)
  })
  out.push(riverTunnel(nearest))
  return out
}

function formsOf(
  line: readonly Point[],
  { layout, ground, water, key }: Surroundings & { key: string },
): RoadPart['form'][] {
  const heights = line.map(([x, y]) => ground.at(x, y))
  return line.slice(1).map((b, i) => {
    const a = line[i]!
    const near = heights.slice(Math.max(0, i - 8), i + 10)
    const mean = near.reduce((sum, height) => sum + height, 0) / near.length
    const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    if ((heights[i]! + heights[i + 1]!) / 2 > mean + TUNNEL_COVER) return 'tunnel'
    const crossed = layout.crossings.some(({ over, at }) => over === key && Math.hypot(at[0] - x, at[1] - y) < 110)
    return crossed || water.any(x, y) < 10 ? 'bridge' : 'ground'
  })
}

/** From the first point of an arm to the nearest node of the ring. */
function junction(from: Point, node: number, key: string): RoadPart {
  const ring = MOTORWAYS[0]!.line
  const index = ring
    .slice(0, -1)
    .reduce(
      (best, [x, y], i) =>
        Math.hypot(x - from[0], y - from[1]) < Math.hypot(ring[best]![0] - from[0], ring[best]![1] - from[1])
          ? i
          : best,
      0,
    )
  return {
    key: `${key}/junction`,
    points: [from, ring[index]!],
    nodes: [node, NODES + index],
    class: 'motorway',
    form: 'bridge',
  }
}

/** Two ramps at each crossing with a primary or secondary road. */
function ramps(
  key: string,
  {
    line,
    nodes,
    layout,
    nearest,
  }: {
    line: readonly Point[]
    nodes: readonly number[]
    layout: Layout
    nearest: (at: Point, line?: number) => { node: number; at: Point }
  },
): RoadPart[] {
  return layout.crossings
    .filter(({ over, line: road }) => over === key && layout.streets[road]!.class !== 'tertiary')
    .flatMap((crossing, c) => {
      const at = line.reduce(
        (best, [x, y], i) =>
          Math.hypot(x - crossing.at[0], y - crossing.at[1]) <
          Math.hypot(line[best]![0] - crossing.at[0], line[best]![1] - crossing.at[1])
            ? i
            : best,
        0,
      )
      return [-3, 3].flatMap((step): RoadPart[] => {
        const index = (at + step + line.length - 1) % (line.length - 1)
        const leave = line[index]
        if (leave === undefined || Math.hypot(leave[0] - crossing.at[0], leave[1] - crossing.at[1]) > 900) return []
        const [dx, dy] = [leave[0] - crossing.at[0], leave[1] - crossing.at[1]]
        const metres = Math.hypot(dx, dy)
        const side = step > 0 ? 1 : -1
        const aim: Point = [crossing.at[0] - (dy / metres) * 150 * side, crossing.at[1] + (dx / metres) * 150 * side]
        const end = nearest(aim, crossing.line)
        const bend: Point = [
          (leave[0] + end.at[0]) / 2 - (dy / metres) * 45 * side,
          (leave[1] + end.at[1]) / 2 + (dx / metres) * 45 * side,
        ]
        const points = smooth([leave, bend, end.at], 60)
        const inner = points
          .slice(1, -1)
          .map((_, i) => NODES * 2 + (Math.round(crossing.at[0] + 20_000) * 40 + c) * 100 + (step > 0 ? 50 : 0) + i)
        return [
          {
            key: `${key}/ramp-${c}-${step}`,
            points,
            nodes: [nodes[index]!, ...inner, end.node],
            class: 'secondary',
            form: 'bridge',
          },
        ]
      })
    })
}

function riverTunnel(nearest: (at: Point) => { node: number; at: Point }): RoadPart {
  const { line, key, name, class: cls } = ROAD_TUNNEL
  const [first, last] = [nearest(line[0]!), nearest(line.at(-1)!)]
  const inner = line.slice(1, -1)
  return {
    key,
    name,
    class: cls,
    form: 'tunnel',
    points: [first.at, ...inner, last.at],
    nodes: [first.node, ...inner.map((_, i) => NODES + 900_000 + i), last.node],
  }
}

/** Nearest node of a planned road (or of the given line alone); its number in the model. */
function nearestNode({ plan, streets }: Layout): (at: Point, line?: number) => { node: number; at: Point } {
  const isMajor = (line: number): boolean =>
    ['primary', 'secondary', 'trunk', 'tertiary'].includes(streets[line]!.class ?? '') && !streets[line]!.urbanOnly
  const edges = [...plan.edges.values()].filter(({ line }) => isMajor(line))
  return ([x, y], wanted) => {
    let [best, metres] = [-1, Number.POSITIVE_INFINITY]
    for (const { a, b, line } of edges) {
      if (wanted !== undefined && line !== wanted) continue
      for (const node of [a, b]) {
        const d = Math.hypot(plan.x[node]! - x, plan.y[node]! - y)
        if (d < metres) [best, metres] = [node, d]
      }
    }
    return { node: best + 1, at: [plan.x[best]!, plan.y[best]!] }
  }
}
