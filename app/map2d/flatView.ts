import type { Camera } from '@/app/stage/camera'

/** Degrees of longitude and latitude. */
export type Degrees = readonly [number, number]

/** The same camera that the stage has, seen from straight above with north up; lengths in CSS px. */
export interface FlatView {
  readonly width: number
  readonly height: number
  readonly zoom: number
  readonly metresPerPixel: number
  readonly project: (place: Degrees) => [number, number]
  readonly unproject: (x: number, y: number) => [number, number]
}

/** Side of the web mercator world at zoom 0, px: the convention of the stage. */
const WORLD = 512
const EARTH_CIRCUMFERENCE = 40_075_016.686
/** Web mercator ends here. Degrees. */
const LIMIT = 85.051_129

const mercatorX = (longitude: number): number => (longitude + 180) / 360
const mercatorY = (latitude: number): number => {
  const radians = (Math.max(-LIMIT, Math.min(LIMIT, latitude)) * Math.PI) / 180
  return (1 - Math.log(Math.tan(Math.PI / 4 + radians / 2)) / Math.PI) / 2
}

export function flatView(
  camera: Pick<Camera, 'longitude' | 'latitude' | 'zoom'>,
  size: { width: number; height: number },
): FlatView {
  const { width, height } = size
  const { longitude, latitude, zoom } = camera
  const side = WORLD * 2 ** zoom
  const left = mercatorX(longitude) * side - width / 2
  const top = mercatorY(latitude) * side - height / 2
  return {
    width,
    height,
    zoom,
    metresPerPixel: (EARTH_CIRCUMFERENCE * Math.cos((latitude * Math.PI) / 180)) / side,
    project: ([x, y]) => [mercatorX(x) * side - left, mercatorY(y) * side - top],
    unproject: (x, y) => [
      ((x + left) / side) * 360 - 180,
      (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + top)) / side))) * 180) / Math.PI,
    ],
  }
}
