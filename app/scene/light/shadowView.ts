import type { OrthographicCamera } from 'three'
import { Vector3 } from 'three'
import type { Direction } from './lightSamples'

/** The ground that casts and takes shadows: the same for every tile of a wall, or a seam would show. Metres. */
export interface ShadowFit {
  readonly east: number
  readonly north: number
  readonly up: number
  readonly radius: number
}

/** Room above and below the ground for towers and hills, in radii. */
const DEPTH = 2

/** Camera of one light: looks along it at the middle of the fit. */
export function shadowCamera(camera: OrthographicCamera, fit: ShadowFit, toward: Direction): void {
  const { radius } = fit
  const centre = new Vector3(fit.east, fit.north, fit.up)
  camera.left = camera.bottom = -radius
  camera.right = camera.top = radius
  camera.near = 0
  camera.far = 2 * DEPTH * radius
  camera.up.set(0, toward[2] > 0.95 ? 1 : 0, toward[2] > 0.95 ? 0 : 1)
  camera.position.copy(centre).addScaledVector(new Vector3(...toward), DEPTH * radius)
  camera.lookAt(centre)
  camera.updateMatrixWorld()
  camera.updateProjectionMatrix()
}

/** Depth difference of `metres` in such a camera, 0 to 1. */
export const depthOf = (metres: number, fit: ShadowFit): number => metres / (2 * DEPTH * fit.radius)
