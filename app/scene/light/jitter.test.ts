import { Matrix4, PerspectiveCamera, Vector3 } from 'three'
import { expect, test } from 'vitest'
import { jitterAt, shiftProjection } from './jitter'

test('a point moves by just the asked part of a pixel, at any distance', () => {
  const camera = new PerspectiveCamera(34, 2, 1, 1000)
  const size = { width: 200, height: 100 }
  const moved = new Matrix4().copy(camera.projectionMatrix)
  shiftProjection(moved, [0.25, -0.5], size)
  for (const z of [-2, -50, -900]) {
    const before = new Vector3(0.3, -0.2, z).applyMatrix4(camera.projectionMatrix)
    const after = new Vector3(0.3, -0.2, z).applyMatrix4(moved)
    expect(((after.x - before.x) / 2) * size.width).toBeCloseTo(0.25, 6)
    expect(((after.y - before.y) / 2) * size.height).toBeCloseTo(-0.5, 6)
    expect(after.z).toBeCloseTo(before.z, 9)
  }
})

test('the shifts stay inside the pixel and even out', () => {
  const shifts = Array.from({ length: 48 }, (_, n) => jitterAt(n))
  for (const [x, y] of shifts) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(0.5)
  for (const axis of [0, 1] as const) {
    expect(Math.abs(shifts.reduce((sum, shift) => sum + shift[axis], 0) / shifts.length)).toBeLessThan(0.03)
  }
})
