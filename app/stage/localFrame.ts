import { Matrix4 } from '@math.gl/core'
import { getDistanceScales, lngLatToWorld } from '@math.gl/web-mercator'
import type { Camera as ThreeCamera } from 'three'
import type { TwinViewport } from './twinViewport'

/**
 * Local metric frame of the scene: x east, y north, z up, metres, exact web mercator, so that it lies where deck's
 * layers in degrees lie. three never sees raw mercator: at 32 bits it would tremble.
 */
export class LocalFrame {
  readonly longitude: number
  readonly latitude: number
  readonly unitsPerMetre: number
  readonly #origin: readonly [number, number]

  constructor(longitude: number, latitude: number) {
    this.longitude = longitude
    this.latitude = latitude
    const [x, y] = lngLatToWorld([longitude, latitude])
    this.#origin = [x, y]
    this.unitsPerMetre = getDistanceScales({ longitude, latitude }).unitsPerMeter[2] ?? 1
  }

  /** Degrees to metres east and north of the origin. */
  toLocal(longitude: number, latitude: number): [number, number] {
    const [x, y] = lngLatToWorld([longitude, latitude])
    return [(x - this.#origin[0]) / this.unitsPerMetre, (y - this.#origin[1]) / this.unitsPerMetre]
  }

  /**
   * Gives three the camera of the deck viewport: a rigid view in metres with the same depth in clip space.
   * @param seen another projection of the same view: that of the whole wall
   */
  applyTo(camera: ThreeCamera, viewport: TwinViewport, seen: readonly number[] = viewport.projectionMatrix): void {
    const [x = 0, y = 0, z = 0] = viewport.center
    const view = new Matrix4(viewport.viewMatrixUncentered)
      .translate([this.#origin[0] - x, this.#origin[1] - y, -z])
      .scale([this.unitsPerMetre, this.unitsPerMetre, this.unitsPerMetre])
    const metresPerViewUnit = 1 / Math.hypot(view[0]!, view[1]!, view[2]!)
    // The scale moves from the view into the projection, where only element 14 knows it.
    const rigid = view.toArray().map((value, at) => (at % 4 === 3 ? value : value * metresPerViewUnit))
    const projection = [...seen]
    projection[14] = projection[14]! * metresPerViewUnit
    camera.matrixWorldInverse.fromArray(rigid)
    camera.matrixWorld.copy(camera.matrixWorldInverse).invert()
    camera.matrixWorld.decompose(camera.position, camera.quaternion, camera.scale)
    camera.projectionMatrix.fromArray(projection)
    camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert()
  }
}
