import { eccentricity2 } from './ellipsoid'
import type { Ellipsoid } from './ellipsoid'

/** The double stereographic projection of the Dutch grid (EPSG method 9809). Degrees and metres. */
export interface ObliqueStereographic {
  readonly ellipsoid: Ellipsoid
  readonly longitude: number
  readonly latitude: number
  readonly scale: number
  readonly falseEasting: number
  readonly falseNorthing: number
}

const RADIAN = Math.PI / 180

/** Radians to easting and northing. */
export function toStereographic(grid: ObliqueStereographic, longitude: number, latitude: number): [number, number] {
  const sphere = sphereOf(grid)
  const chi = sphere.latitudeOf(latitude)
  const turn = sphere.n * (longitude - grid.longitude * RADIAN)
  const { chi0 } = sphere
  const spread = 1 + Math.sin(chi) * Math.sin(chi0) + Math.cos(chi) * Math.cos(chi0) * Math.cos(turn)
  const size = (2 * sphere.radius * grid.scale) / spread
  return [
    grid.falseEasting + size * Math.cos(chi) * Math.sin(turn),
    grid.falseNorthing + size * (Math.sin(chi) * Math.cos(chi0) - Math.cos(chi) * Math.sin(chi0) * Math.cos(turn)),
  ]
}

/** Easting and northing to radians. */
export function fromStereographic(grid: ObliqueStereographic, easting: number, northing: number): [number, number] {
  const sphere = sphereOf(grid)
  const [x, y] = [easting - grid.falseEasting, northing - grid.falseNorthing]
  const { chi0 } = sphere
  const distance = Math.hypot(x, y)
  if (distance === 0) return [grid.longitude * RADIAN, grid.latitude * RADIAN]
  const angle = 2 * Math.atan(distance / (2 * sphere.radius * grid.scale))
  const chi = Math.asin(Math.cos(angle) * Math.sin(chi0) + (y * Math.sin(angle) * Math.cos(chi0)) / distance)
  const turn = Math.atan2(
    x * Math.sin(angle),
    distance * Math.cos(chi0) * Math.cos(angle) - y * Math.sin(chi0) * Math.sin(angle),
  )
  return [grid.longitude * RADIAN + turn / sphere.n, sphere.geographicOf(chi)]
}

function sphereOf({ ellipsoid, latitude }: ObliqueStereographic) {
  const e2 = eccentricity2(ellipsoid)
  const e = Math.sqrt(e2)
  const phi0 = latitude * RADIAN
  const sine0 = Math.sin(phi0)
  const radius = (ellipsoid.axis * Math.sqrt(1 - e2)) / (1 - e2 * sine0 ** 2)
  const n = Math.sqrt(1 + (e2 * Math.cos(phi0) ** 4) / (1 - e2))
  const stretched = (phi: number): number =>
    (((1 + Math.sin(phi)) / (1 - Math.sin(phi))) * ((1 - e * Math.sin(phi)) / (1 + e * Math.sin(phi))) ** e) ** n
  const w1 = stretched(phi0)
  const sineChi = (w1 - 1) / (w1 + 1)
  const c = ((n + sine0) * (1 - sineChi)) / ((n - sine0) * (1 + sineChi))
  const latitudeOf = (phi: number): number => {
    const w = c * stretched(phi)
    return Math.asin((w - 1) / (w + 1))
  }
  /** The sphere's latitude hardly differs from the ellipsoid's, so that Newton's steps of the difference converge fast. */
  const geographicOf = (chi: number): number => {
    let phi = chi
    for (let round = 0; round < 12; round++) phi += chi - latitudeOf(phi)
    return phi
  }
  return { radius, n, chi0: latitudeOf(phi0), latitudeOf, geographicOf }
}
