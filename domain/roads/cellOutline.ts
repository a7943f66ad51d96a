/** Marked cells of a grid, row 0 in the south. */
export interface CellMask {
  readonly columns: number
  readonly rows: number
  readonly marked: Uint8Array
}

/** Corner of cells: column and row, halves where corners are cut. */
export type Corner = [number, number]

/** One outer ring, counterclockwise, and its holes, clockwise; the first corner is not repeated. */
export interface CellShape {
  readonly outer: Corner[]
  readonly holes: Corner[][]
}

/**
 * The outlines of marked cells, corners cut at half a cell so that slopes are not stairs. Cells that touch at a corner
 * only are apart. Holes of fewer than `leastHole` cells are filled.
 */
export function outlineOf(mask: CellMask, leastHole: number): CellShape[] {
  const rings = traceRings(mask)
  const shapes = rings
    .filter((ring) => areaOf(ring) > 0)
    .map((ring) => ({ ring, area: areaOf(ring), holes: [] as Corner[][] }))
    .sort((a, b) => a.area - b.area)
  for (const hole of rings) {
    if (areaOf(hole) > -leastHole) continue
    // The cell left of the first step of a hole is marked, so the middle of that step lies in its owner's shape only.
    const owner = shapes.find(({ ring }) => isInside(ring, beside(hole)))
    owner?.holes.push(cutCorners(hole))
  }
  return shapes.reverse().map(({ ring, holes }) => ({ outer: cutCorners(ring), holes }))
}

/** Steps around cells with the marked cell on the left: 0 east, 1 north, 2 west, 3 south. */
const STEP: readonly Corner[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
]

function traceRings(mask: CellMask): Corner[][] {
  const { columns, rows, marked } = mask
  const is = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < columns && row < rows && marked[row * columns + column] === 1
  const bordered = (column: number, row: number, side: number): boolean => {
    const [dx, dy] = STEP[(side + 3) % 4]!
    return !is(column + dx, row + dy)
  }
  const done = new Uint8Array(columns * rows * 4)
  const rings: Corner[][] = []
  for (let i = 0; i < done.length; i++) {
    const [cell, side] = [i >> 2, i & 3]
    if (marked[cell] === 0 || done[i] === 1) continue
    const [column, row] = [cell % columns, Math.floor(cell / columns)]
    if (bordered(column, row, side)) rings.push(walk({ column, row, side }, { columns, is, done }))
  }
  return rings
}

interface Place {
  readonly column: number
  readonly row: number
  readonly side: number
}
interface Walked {
  readonly columns: number
  readonly is: (column: number, row: number) => boolean
  readonly done: Uint8Array
}

/** Follows the border of a cell's side (its lower side going east, its right side going north, …) until it closes. */
function walk(start: Place, { columns, is, done }: Walked): Corner[] {
  const ring: Corner[] = []
  let { column, row, side } = start
  do {
    done[(row * columns + column) * 4 + side] = 1
    ring.push(cornerOf(column, row, side))
    const [dx, dy] = STEP[side]!
    const [ox, oy] = STEP[(side + 3) % 4]!
    if (!is(column + dx, row + dy)) {
      side = (side + 1) % 4
    } else if (is(column + dx + ox, row + dy + oy)) {
      column += dx + ox
      row += dy + oy
      side = (side + 3) % 4
    } else {
      column += dx
      row += dy
    }
  } while (column !== start.column || row !== start.row || side !== start.side)
  return ring
}

/** Where the step along a side of a cell begins. */
function cornerOf(column: number, row: number, side: number): Corner {
  return [column + (side === 1 || side === 2 ? 1 : 0), row + (side === 2 || side === 3 ? 1 : 0)]
}

function areaOf(ring: readonly Corner[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + (x * nextY - nextX * y) / 2
  }, 0)
}

/** A point in the marked cell left of a ring's first step. */
function beside(ring: readonly Corner[]): Corner {
  const [[x, y], [nextX, nextY]] = [ring[0]!, ring[1]!]
  return [(x + nextX) / 2 - (nextY - y) / 4, (y + nextY) / 2 + (nextX - x) / 4]
}

function isInside(ring: readonly Corner[], [x, y]: Corner): boolean {
  let inside = false
  for (const [i, [ax, ay]] of ring.entries()) {
    const [bx, by] = ring[(i + 1) % ring.length]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** The middles of the steps, without those that lie on a straight line. */
function cutCorners(ring: readonly Corner[]): Corner[] {
  const middles = ring.map(([x, y], i): Corner => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return [(x + nextX) / 2, (y + nextY) / 2]
  })
  return middles.filter(([x, y], i) => {
    const [ax, ay] = middles[(i + middles.length - 1) % middles.length]!
    const [bx, by] = middles[(i + 1) % middles.length]!
    return (x - ax) * (by - y) !== (bx - x) * (y - ay)
  })
}
