import { BufferAttribute, BufferGeometry } from 'three'
import type { LocalSquare } from '../mercatorTile'
import { POSTS } from './groundAnswer'

const SIDE = POSTS + 1
/** How far the skirt of a tile hangs down, in sides of its squares: it hides the steps between levels of detail. */
const SKIRT = 1.5

/**
 * Mesh of a tile of ground, relative to its south-west corner and to `base`.
 * @param heights (POSTS + 1)² metres from the north-west, rows to the south
 */
export function groundMesh(heights: Float32Array, { size }: LocalSquare, base: number): BufferGeometry {
  const step = size / POSTS
  const count = SIDE * SIDE + 4 * SIDE
  const position = new Float32Array(count * 3)
  const normal = new Float32Array(count * 3)
  const uv = new Float32Array(count * 2)
  const at = (column: number, row: number): number =>
    heights[Math.min(POSTS, Math.max(0, row)) * SIDE + Math.min(POSTS, Math.max(0, column))]!
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) {
      const i = row * SIDE + column
      position.set([column * step, (POSTS - row) * step, at(column, row) - base], i * 3)
      uv.set([column / POSTS, row / POSTS], i * 2)
      const dx = at(column + 1, row) - at(column - 1, row)
      const dy = at(column, row - 1) - at(column, row + 1)
      const length = Math.hypot(dx, dy, 2 * step)
      normal.set([-dx / length, -dy / length, (2 * step) / length], i * 3)
    }
  const rim = rimOf()
  rim.forEach((from, i) => {
    const to = SIDE * SIDE + i
    position.set(position.subarray(from * 3, from * 3 + 3), to * 3)
    position[to * 3 + 2] = position[to * 3 + 2]! - SKIRT * step
    normal.set(normal.subarray(from * 3, from * 3 + 3), to * 3)
    uv.set(uv.subarray(from * 2, from * 2 + 2), to * 2)
  })
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(position, 3))
  geometry.setAttribute('normal', new BufferAttribute(normal, 3))
  geometry.setAttribute('uv', new BufferAttribute(uv, 2))
  geometry.setIndex(new BufferAttribute(triangles(rim), 1))
  geometry.computeBoundingSphere()
  return geometry
}

/** Posts of the border, clockwise from the north-west; each corner twice, once for each side. */
function rimOf(): number[] {
  const steps = Array.from({ length: SIDE }, (_, i) => i)
  return [
    ...steps,
    ...steps.map((i) => i * SIDE + POSTS),
    ...steps.map((i) => POSTS * SIDE + POSTS - i),
    ...steps.map((i) => (POSTS - i) * SIDE),
  ]
}

let kept: Uint16Array | undefined

/** The same triangles for every tile: squares, then the skirt below the rim. */
function triangles(rim: readonly number[]): Uint16Array {
  if (kept !== undefined) return kept
  const index: number[] = []
  for (let row = 0; row < POSTS; row++)
    for (let column = 0; column < POSTS; column++) {
      const a = row * SIDE + column
      index.push(a, a + SIDE, a + 1, a + 1, a + SIDE, a + SIDE + 1)
    }
  rim.forEach((from, i) => {
    if (i % SIDE === POSTS) return
    const [next, low] = [rim[i + 1]!, SIDE * SIDE + i]
    index.push(from, next, low, next, low + 1, low)
  })
  kept = new Uint16Array(index)
  return kept
}
