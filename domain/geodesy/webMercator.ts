/** Web mercator as a unit square: x grows east, y grows south, 0 to 1 over the whole world. */

/** Address of a tile in the scheme {z}/{x}/{y}, row 0 in the north. */
export interface TileAddress {
  readonly z: number
  readonly x: number
  readonly y: number
}

/** Semi-major axis and squared eccentricity of WGS84; CGCS2000 differs from the latter in the eighth digit. */
const AXIS = 6_378_137
const ECCENTRICITY2 = 0.006_694_379_990_14
/** Degrees beyond which web mercator has no square any more. */
const EDGE = 85.051_128_779_806_6

const radians = (degrees: number): number => (degrees * Math.PI) / 180

export const mercatorX = (longitude: number): number => longitude / 360 + 0.5

export function mercatorY(latitude: number): number {
  const sine = Math.sin(radians(Math.min(EDGE, Math.max(-EDGE, latitude))))
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}

export const longitudeAt = (x: number): number => (x - 0.5) * 360

export const latitudeAt = (y: number): number => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI

/** Degrees: west, south, east, north. */
export type Bounds = readonly [number, number, number, number]

export function tileBounds({ z, x, y }: TileAddress): Bounds {
  const size = 2 ** -z
  return [longitudeAt(x * size), latitudeAt((y + 1) * size), longitudeAt((x + 1) * size), latitudeAt(y * size)]
}

/** The tiles of a zoom that meet the bounds, row by row; a tile that only touches is not among them. */
export function tilesWithin([west, south, east, north]: Bounds, z: number): TileAddress[] {
  const count = 2 ** z
  const last = (share: number): number => Math.min(count, Math.ceil(share * count)) - 1
  const firstX = Math.max(0, Math.floor(mercatorX(west) * count))
  const firstY = Math.max(0, Math.floor(mercatorY(north) * count))
  const tiles: TileAddress[] = []
  for (let y = firstY; y <= Math.max(firstY, last(mercatorY(south))); y++)
    for (let x = firstX; x <= Math.max(firstX, last(mercatorX(east))); x++) tiles.push({ z, x, y })
  return tiles
}

/** Metres on the ground per pixel of a tile of 256 pixels, east to west. */
export const metresPerPixel = (z: number, latitude: number): number =>
  (2 * Math.PI * AXIS * Math.cos(radians(latitude))) / (256 * 2 ** z)

/** Metres of the ellipsoid per degree at a latitude: east, north. */
export function metresPerDegree(latitude: number): readonly [number, number] {
  const root = Math.sqrt(1 - ECCENTRICITY2 * Math.sin(radians(latitude)) ** 2)
  const east = (AXIS / root) * Math.cos(radians(latitude))
  const north = (AXIS * (1 - ECCENTRICITY2)) / root ** 3
  return [radians(east), radians(north)]
}

/**
 * The metric frame of a tile's meshes: east and north of the tile's centre are proportional to web mercator, with the
 * ellipsoid's scale at the centre. A screen in mercator places such a mesh exactly by two factors; on the ellipsoid a
 * vertex of a zoom 14 tile is off by less than 0.1 m.
 */
export interface TileFrame {
  readonly longitude: number
  readonly latitude: number
  /** Of the centre, in the unit square. */
  readonly x: number
  readonly y: number
  /** Metres per unit of the square at the centre. */
  readonly east: number
  readonly north: number
}

export function tileFrame({ z, x, y }: TileAddress): TileFrame {
  const centre = { x: (x + 0.5) * 2 ** -z, y: (y + 0.5) * 2 ** -z }
  const latitude = latitudeAt(centre.y)
  const [east, north] = metresPerDegree(latitude)
  // A degree of latitude is 1 / (360 cos φ) of the square.
  return {
    longitude: longitudeAt(centre.x),
    latitude,
    ...centre,
    east: east * 360,
    north: north * 360 * Math.cos(radians(latitude)),
  }
}

/** Earth-centred metres of a position; height above the ellipsoid. */
export function earthCentred(longitude: number, latitude: number, height: number): readonly [number, number, number] {
  const [lambda, phi] = [radians(longitude), radians(latitude)]
  const normal = AXIS / Math.sqrt(1 - ECCENTRICITY2 * Math.sin(phi) ** 2)
  const axial = (normal + height) * Math.cos(phi)
  return [axial * Math.cos(lambda), axial * Math.sin(lambda), (normal * (1 - ECCENTRICITY2) + height) * Math.sin(phi)]
}

/** Column-major 4 × 4 matrix from east, north, up at a position to earth-centred metres. */
export function eastNorthUp(longitude: number, latitude: number, height: number): readonly number[] {
  const [lambda, phi] = [radians(longitude), radians(latitude)]
  const [sinL, cosL, sinP, cosP] = [Math.sin(lambda), Math.cos(lambda), Math.sin(phi), Math.cos(phi)]
  return [
    ...[-sinL, cosL, 0, 0],
    ...[-sinP * cosL, -sinP * sinL, cosP, 0],
    ...[cosP * cosL, cosP * sinL, sinP, 0],
    ...[...earthCentred(longitude, latitude, height), 1],
  ]
}
