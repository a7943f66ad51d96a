import type { Point } from '../curve'
import { distanceTo } from '../curve'
import type { WaterField } from '../ground/waterField'
import { CORRIDORS } from '../plan/expressways'
import { quarterAt } from '../plan/quarters'
import type { Quarter } from '../plan/quarters'
import { Dice } from '../random'
import { arrange } from './arrangement'
import { placeUnderpasses, findCrossings } from './crossings'
import type { Crossing, Underpass } from './crossings'
import { CITY_EDGE, mannerOf } from './manners'
import { Planar } from './planar'
import type { Face } from './planar'
import { planLines } from './planLines'
import type { Street } from './planLines'
import { areaOf, innerPoint } from './polygon'
import { cutIntoBlocks, ringOf } from './split'

/** What an area between lines is. `verge`: a strip too narrow for houses. */
export type BlockKind = 'city' | 'country' | 'water' | 'corridor' | 'verge'

export interface Block {
  readonly face: Face
  readonly kind: BlockKind
  readonly ring: readonly Point[]
  readonly inner: Point
  readonly area: number
  readonly quarter: Quarter
  /** How far from its quarter's middle, 0 to 1 in the city. */
  readonly depth: number
}

/** Streets and blocks of the whole city. */
export interface Layout {
  readonly plan: Planar
  readonly streets: readonly Street[]
  /** By face id. */
  readonly blocks: readonly Block[]
  readonly crossings: readonly Crossing[]
  readonly underpasses: readonly Underpass[]
}

interface LayoutInput {
  readonly seed: number
  readonly water: WaterField
  readonly groundAt: (x: number, y: number) => number
}

/** Lays the planned lines, then cuts every face of land into blocks in the manner of its quarter. */
export function layOut({ seed, water, groundAt }: LayoutInput): Layout {
  const laid = planLines()
  const streets: Street[] = laid.map(({ street }) => street)
  const plan = Planar.from(arrange(laid.map(({ line }, tag) => ({ line, tag }))))
  const kinds = new Map<number, BlockKind>()
  const isHill = (x: number, y: number): boolean => groundAt(x, y) > 62
  for (const face of [...plan.faces]) {
    const ring = ringOf(plan, face)
    const kind = firstKind(ring, water)
    const parts =
      kind === undefined
        ? cutIntoBlocks(plan, face, {
            mannerAt: (part) => mannerOf(part, isHill),
            dice: new Dice(seed, ...innerPoint(ring).map(Math.round)),
            street: (cls) => streets.push({ key: `street-${streets.length}`, class: cls, urbanOnly: false }) - 1,
          })
        : [face]
    for (const part of parts) kinds.set(part.id, kind ?? 'city')
  }
  const crossings = findCrossings(plan, streets)
  const underpasses = placeUnderpasses(plan, streets, crossings)
  const blocks = plan.faces.map((face) => blockOf(plan, face, kinds.get(face.id) ?? 'city'))
  return { plan, streets, blocks, crossings, underpasses }
}

/** What a face is before it is cut; undefined when it is land to build on. */
function firstKind(ring: readonly Point[], water: WaterField): BlockKind | undefined {
  const [x, y] = innerPoint(ring)
  if (water.river(x, y) < 0 || water.lake(x, y) < 0 || water.reservoir(x, y) < 0 || water.brook(x, y) < 13)
    return 'water'
  if (CORRIDORS.some(({ line, half }) => distanceTo(line, [x, y]) < half)) return 'corridor'
  if (isShore(x, y, water)) return 'verge'
  return isThin(ring, 30) ? 'verge' : undefined
}

/** Dike, strand or green bank between the water and its first street. */
const isShore = (x: number, y: number, water: WaterField): boolean =>
  water.river(x, y) < 50 || water.brook(x, y) < 16 || water.lake(x, y) < 45 || water.reservoir(x, y) < 30

function isThin(ring: readonly Point[], metres: number): boolean {
  let around = 0
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
    around += Math.hypot(b[0] - a[0], b[1] - a[1])
  }
  const area = areaOf(ring)
  return area < 700 || (2 * area) / around < metres
}

function blockOf(plan: Planar, face: Face, kind: BlockKind): Block {
  const ring = ringOf(plan, face)
  const inner = innerPoint(ring)
  const { quarter, depth } = quarterAt(inner[0], inner[1])
  const area = areaOf(ring)
  const real = kind !== 'city' ? kind : depth >= CITY_EDGE ? 'country' : isThin(ring, 15) ? 'verge' : 'city'
  return { face, kind: real, ring, inner, area, quarter, depth }
}
