import type { Degrees, Road, RoadClass } from '@/domain/city/cityModel'
import type { ComponentCodes } from '@/domain/city/componentCode'
import type { Names } from '@/domain/ids'
import { degreesOf } from '../curve'
import type { Point } from '../curve'
import { chainsOf } from '../fabric/chains'
import { pieceKey } from '../fabric/crossings'
import type { Layout } from '../fabric/layout'
import type { Edge } from '../fabric/planar'
import { ROAD_FORM } from '../fabric/widths'
import type { WaterField } from '../ground/waterField'
import { NameGiver } from '../names'
import { Dice } from '../random'

/** A road before it has a code: metres, and the numbers of its nodes. */
export interface RoadPart {
  readonly key: string
  readonly points: readonly Point[]
  readonly nodes: readonly number[]
  readonly class: RoadClass
  readonly name?: Names
  readonly ref?: string
  readonly form: 'ground' | 'bridge' | 'underpass' | 'tunnel'
}

/** Node numbers of roads that pass below a node of the plan. */
const BELOW = 5_000_000

/** The streets of the plan as roads, parted where they become bridges or dip under something. */
export function streetParts(seed: number, layout: Layout, water: WaterField): RoadPart[] {
  const { plan, streets } = layout
  const isRoad = isRoadOf(layout, water)
  const names = streetNames(seed, layout)
  const form = formOf(layout, water)
  const out: RoadPart[] = []
  for (const { line, nodes } of chainsOf(plan, isRoad)) {
    const street = streets[line]!
    const name = names.get(line)
    let from = 0
    for (let i = 1; i < nodes.length; i++) {
      const here = form(line, nodes[i - 1]!, nodes[i]!)
      if (i + 1 < nodes.length && form(line, nodes[i]!, nodes[i + 1]!) === here) continue
      const part = nodes.slice(from, i + 1)
      out.push({
        key: `${street.key}/${out.length}`,
        points: part.map((node): Point => [plan.x[node]!, plan.y[node]!]),
        nodes: part.map((node) => nodeNumber(layout, { line, node, dips: here === 'underpass' })),
        class: street.class!,
        form: here,
        ...(name === undefined ? {} : { name }),
      })
      from = i
    }
  }
  return out
}

const isRoadOf =
  ({ plan, streets, blocks }: Layout, water: WaterField) =>
  ({ a, b, line, left, right }: Edge): boolean => {
    const { class: cls, urbanOnly } = streets[line]!
    if (cls === undefined) return false
    if (!urbanOnly) return true
    const [x, y] = [(plan.x[a]! + plan.x[b]!) / 2, (plan.y[a]! + plan.y[b]!) / 2]
    return water.any(x, y) > 3 && [left, right].some((face) => blocks[face]?.kind === 'city')
  }

function nodeNumber(
  { underpasses }: Layout,
  { line, node, dips }: { line: number; node: number; dips: boolean },
): number {
  const below = dips && underpasses.some((underpass) => underpass.line === line && underpass.under.has(node))
  return below ? BELOW + node : node + 1
}

/** Bridge, underpass or neither, for a piece of a street. */
function formOf(
  { plan, underpasses, crossings }: Layout,
  water: WaterField,
): (line: number, a: number, b: number) => RoadPart['form'] {
  const dips = new Map(underpasses.flatMap(({ pieces, line }) => [...pieces].map((piece) => [piece, line] as const)))
  const dipped = new Set(underpasses.map(({ road, over, at }) => `${road} ${over} ${Math.round(at[0])}`))
  const above = crossings.filter(
    ({ overKind, road, over, at }) => overKind === 'rail' && !dipped.has(`${road} ${over} ${Math.round(at[0])}`),
  )
  const isOver = (line: number, x: number, y: number): boolean =>
    above.some((crossing) => crossing.line === line && Math.hypot(crossing.at[0] - x, crossing.at[1] - y) < 70)
  return (line, a, b) => {
    if (dips.get(pieceKey(a, b)) === line) return 'underpass'
    const [x, y] = [(plan.x[a]! + plan.x[b]!) / 2, (plan.y[a]! + plan.y[b]!) / 2]
    return water.any(x, y) < 4 || isOver(line, x, y) ? 'bridge' : 'ground'
  }
}

const ENDINGS: Partial<Record<RoadClass, readonly [string, string]>> = {
  secondary: ['路', 'Road'],
  tertiary: ['路', 'Road'],
  residential: ['街', 'Street'],
  service: ['巷', 'Lane'],
}

function streetNames(seed: number, { streets }: Layout): Map<number, Names> {
  const given = streets.flatMap(({ name }) => (name === undefined ? [] : [name['zh-CN']]))
  const giver = new NameGiver(new Dice(seed, 31), given)
  const out = new Map<number, Names>()
  streets.forEach(({ class: cls, name, key }, line) => {
    const ending = cls === undefined ? undefined : ENDINGS[cls]
    if (name !== undefined) out.set(line, name)
    else if (ending !== undefined && key.startsWith('street-')) out.set(line, giver.next(...ending))
  })
  return out
}

/** Roads of the model: with degrees and codes, in the order of the parts. */
export function roadsOf(
  parts: readonly RoadPart[],
  { codes, divisionAt }: { codes: ComponentCodes; divisionAt: (at: Point) => string },
): Road[] {
  return parts.map((part) => {
    const middle = part.points[Math.floor(part.points.length / 2)]!
    const { width, lanes, limit } = ROAD_FORM[part.class]
    const foot = part.class !== 'motorway'
    return {
      code: codes.add(divisionAt(middle), part.form === 'ground' ? 'road' : part.form),
      source: `linjiang/road/${part.key}`,
      ...(part.name === undefined ? {} : { name: part.name }),
      ...(part.ref === undefined ? {} : { ref: part.ref }),
      line: degreesOf(part.points) satisfies Degrees,
      nodes: Float64Array.from(part.nodes),
      class: part.class,
      bridge: part.form === 'bridge',
      tunnel: part.form === 'tunnel',
      underpass: part.form === 'underpass',
      layer: { ground: 0, bridge: 1, underpass: -1, tunnel: -2 }[part.form],
      oneWay: 0,
      width,
      lanes,
      speedLimit: limit,
      car: part.class !== 'footway' && part.class !== 'steps',
      foot,
    }
  })
}
