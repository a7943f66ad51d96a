import { Vector3 } from 'three'
import { expect, test } from 'vitest'
import { POSTS } from './groundAnswer'
import { groundMesh } from './groundMesh'

const SIDE = POSTS + 1
const square = { west: 0, south: 0, size: 640 }
/** A slope that rises 1 m in 10 to the north. */
const slope = Float32Array.from({ length: SIDE * SIDE }, (_, i) => 100 + (POSTS - Math.floor(i / SIDE)))

test('north is up in the picture and rises as the heights say', () => {
  const mesh = groundMesh(slope, square, 100)
  const position = mesh.getAttribute('position')
  expect([position.getX(0), position.getY(0), position.getZ(0)]).toEqual([0, 640, 64])
  const last = SIDE * SIDE - 1
  expect([position.getX(last), position.getY(last), position.getZ(last)]).toEqual([640, 0, 0])
})

test('normals stand on the slope, triangles look up', () => {
  const mesh = groundMesh(slope, square, 100)
  const normal = mesh.getAttribute('normal')
  const middle = 32 * SIDE + 32
  expect(normal.getY(middle) / normal.getZ(middle)).toBeCloseTo(-0.1, 6)
  const [a, b, c] = [0, 1, 2].map((i) =>
    new Vector3().fromBufferAttribute(mesh.getAttribute('position') as never, mesh.getIndex()!.getX(i)),
  )
  expect(b!.sub(a!).cross(c!.sub(a!)).z).toBeGreaterThan(0)
})

test('the skirt hangs below the whole rim', () => {
  const position = groundMesh(slope, square, 100).getAttribute('position')
  expect(position.count).toBe(SIDE * SIDE + 4 * SIDE)
  for (let i = SIDE * SIDE; i < position.count; i++) expect(position.getZ(i)).toBeLessThan(64 - 10)
})
