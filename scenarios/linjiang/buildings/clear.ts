import type { Point } from '../curve'
import { metresTo } from '../fabric/polygon'
import { ROAD_FORM } from '../fabric/widths'
import type { RoadPart } from '../networks/roadNetwork'
import type { RawBuilding } from './site'

const CELL = 50
const SPAN = 10_000

interface Piece {
  readonly a: Point
  readonly b: Point
  readonly half: number
}

/** Leaves out the few houses of twisted blocks that would reach into a carriageway on the ground. */
export function clearOfRoads(buildings: readonly RawBuilding[], roads: readonly RoadPart[]): RawBuilding[] {
  const cells = new Map<number, Piece[]>()
  const keyOf = (x: number, y: number): number => Math.floor(x / CELL) * SPAN + Math.floor(y / CELL)
  for (const { points, class: cls } of roads.filter(({ form }) => form === 'ground' || form === 'underpass'))
    for (let i = 0; i + 1 < points.length; i++)
      enter(cells, { a: points[i]!, b: points[i + 1]!, half: ROAD_FORM[cls].width / 2 + 0.4 }, keyOf)
  const isClear = ([x, y]: Point): boolean =>
    (cells.get(keyOf(x, y)) ?? []).every(({ a, b, half }) => metresTo(a, b, x, y) > half)
  return buildings.filter(
    ({ ring }) => ring.every(isClear) && ring.every((a, i) => isClear(middle(a, ring[(i + 1) % ring.length]!))),
  )
}

const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]

/** Enters a piece in every cell it can reach. */
function enter(cells: Map<number, Piece[]>, piece: Piece, keyOf: (x: number, y: number) => number): void {
  const { a, b, half } = piece
  for (let x = Math.min(a[0], b[0]) - half; x < Math.max(a[0], b[0]) + half + CELL; x += CELL)
    for (let y = Math.min(a[1], b[1]) - half; y < Math.max(a[1], b[1]) + half + CELL; y += CELL) {
      const key = keyOf(x, y)
      const list = cells.get(key)
      if (list === undefined) cells.set(key, [piece])
      else list.push(piece)
    }
}
