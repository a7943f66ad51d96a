import type { Point } from '../curve'
import type { Layout } from '../fabric/layout'
import type { RoadClass } from '@/domain/city/cityModel'
import type { Land } from './partition'

/** Blocks that no great road parts, as one piece each: borders of districts and streets follow such roads. */
export interface Clumps {
  readonly land: Land
  /** Faces of each piece. */
  readonly faces: readonly (readonly number[])[]
  /** Piece of each face. */
  readonly pieceOf: Int32Array
}

type Neighbours = readonly (readonly { face: number; soft: boolean }[])[]

/** `soft`: classes of streets that do not part. In the country every line does. */
export function clump(
  layout: Layout,
  { people, soft }: { people: readonly number[]; soft: ReadonlySet<RoadClass> },
): Clumps {
  const { blocks } = layout
  const neighbours = neighboursOf(layout, soft)
  const pieceOf = new Int32Array(blocks.length).fill(-1)
  const faces: number[][] = []
  for (let start = 0; start < blocks.length; start++) {
    if (pieceOf[start]! >= 0) continue
    const piece = [start]
    pieceOf[start] = faces.length
    for (let i = 0; i < piece.length; i++) {
      const fresh = neighbours[piece[i]!]!.filter(({ face, soft: open }) => open && pieceOf[face]! < 0)
      const own = [...new Set(fresh.map(({ face }) => face))]
      for (const face of own) pieceOf[face] = faces.length
      piece.push(...own)
    }
    faces.push(piece)
  }
  return { land: landOf({ faces, pieceOf, neighbours }, { blocks, people }), faces, pieceOf }
}

function neighboursOf({ plan, blocks, streets }: Layout, soft: ReadonlySet<RoadClass>): Neighbours {
  const out = blocks.map(() => [] as { face: number; soft: boolean }[])
  for (const { left, right, line } of plan.edges.values()) {
    if (left < 0 || right < 0 || left === right) continue
    const cls = streets[line]!.class
    const open = cls !== undefined && soft.has(cls) && blocks[left]!.kind === 'city' && blocks[right]!.kind === 'city'
    out[left]!.push({ face: right, soft: open })
    out[right]!.push({ face: left, soft: open })
  }
  return out
}

function landOf(
  { faces, pieceOf, neighbours }: { faces: readonly number[][]; pieceOf: Int32Array; neighbours: Neighbours },
  { blocks, people }: { blocks: Layout['blocks']; people: readonly number[] },
): Land {
  const at = faces.map((piece): Point => {
    let [x, y, weight] = [0, 0, 0]
    for (const face of piece) {
      const { inner } = blocks[face]!
      const area = blocks[face]!.area + 1
      x += inner[0] * area
      y += inner[1] * area
      weight += area
    }
    return [x / weight, y / weight]
  })
  return {
    at,
    weight: faces.map((piece) => piece.reduce((sum, face) => sum + people[face]!, 0)),
    neighbours: faces.map((piece, p) =>
      [...new Set(piece.flatMap((face) => neighbours[face]!.map((next) => pieceOf[next.face]!)))].filter(
        (next) => next !== p,
      ),
    ),
  }
}
