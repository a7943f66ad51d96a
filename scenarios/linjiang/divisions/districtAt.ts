import type { Point } from '../curve'
import type { Layout } from '../fabric/layout'
import type { Parts } from './divide'

/** Code of the district of a face. */
export function districtOfFace({ districts }: Parts, { blocks }: Layout): (face: number) => string {
  const codes: string[] = blocks.map(() => districts[0]!.code)
  for (const { code, faces } of districts) for (const face of faces) codes[face] = code
  return (face) => codes[face]!
}

const CELL = 250
const SPAN = 1_000

/** District of a place: that of the block whose inside is nearest. */
export function districtAt({ blocks }: Layout, divisionOf: (face: number) => string): (at: Point) => string {
  const cells = new Map<number, number[]>()
  const cellOf = (value: number): number => Math.floor(value / CELL)
  blocks.forEach(({ inner: [x, y] }, face) => {
    const key = cellOf(x) * SPAN + cellOf(y)
    const list = cells.get(key)
    if (list === undefined) cells.set(key, [face])
    else list.push(face)
  })
  const facesNear = ([x, y]: Point, reach: number): number[] => {
    const out: number[] = []
    for (let i = -reach; i <= reach; i++)
      for (let j = -reach; j <= reach; j++) out.push(...(cells.get((cellOf(x) + i) * SPAN + cellOf(y) + j) ?? []))
    return out
  }
  return (at) => {
    const metres = (face: number): number => Math.hypot(blocks[face]!.inner[0] - at[0], blocks[face]!.inner[1] - at[1])
    for (let reach = 1; reach < 100; reach *= 2) {
      const near = facesNear(at, reach)
      if (near.length > 0) return divisionOf(near.reduce((best, face) => (metres(face) < metres(best) ? face : best)))
    }
    return divisionOf(0)
  }
}
