import { Matrix4, Vector3 } from 'three'
import { eastNorthUp } from '@/domain/geodesy/webMercator'
import type { Place } from '@/app/scene/sceneModule'

/** Degrees of a place given in earth-centred metres, after Bowring; exact to a millimetre near the ground. */
export function degreesOf({ x, y, z }: Vector3): readonly [number, number] {
  const [a, e2] = [6_378_137, 0.006_694_379_990_14]
  const b = a * Math.sqrt(1 - e2)
  const second = (a * a - b * b) / (b * b)
  const p = Math.hypot(x, y)
  const theta = Math.atan2(z * a, p * b)
  const latitude = Math.atan2(z + second * b * Math.sin(theta) ** 3, p - e2 * a * Math.cos(theta) ** 3)
  return [(Math.atan2(y, x) * 180) / Math.PI, (latitude * 180) / Math.PI]
}

/** A step that is small against a city and large against rounding. Degrees. */
const STEP = 1e-4

/**
 * From earth-centred metres around `centre` to the scene: exact at the centre, with the two scales of the scene's web
 * mercator there, so that a tile lies where the layers in degrees lie.
 * @param base ellipsoid height that lies at the scene's zero, metres
 */
export function toScene(centre: Vector3, place: Place, base: number): Matrix4 {
  const [longitude, latitude] = degreesOf(centre)
  const [east, north] = place(longitude, latitude)
  const frame = new Matrix4().fromArray(eastNorthUp(longitude, latitude, 0))
  const inverse = frame.clone().invert()
  const metres = (dLongitude: number, dLatitude: number): Vector3 =>
    new Vector3(...earth(longitude + dLongitude, latitude + dLatitude)).applyMatrix4(inverse)
  const scaleEast = (place(longitude + STEP, latitude)[0] - east) / metres(STEP, 0).x
  const scaleNorth = (place(longitude, latitude + STEP)[1] - north) / metres(0, STEP).y
  return new Matrix4()
    .makeTranslation(east, north, -base)
    .scale(new Vector3(scaleEast, scaleNorth, 1))
    .multiply(inverse)
}

function earth(longitude: number, latitude: number): readonly [number, number, number] {
  const matrix = eastNorthUp(longitude, latitude, 0)
  return [matrix[12]!, matrix[13]!, matrix[14]!]
}
