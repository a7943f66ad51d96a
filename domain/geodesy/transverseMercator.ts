import { eccentricity2 } from './ellipsoid'
import type { Ellipsoid } from './ellipsoid'

/** Gauss-Krüger, UTM and their kin. Degrees and metres. */
export interface TransverseMercator {
  readonly ellipsoid: Ellipsoid
  readonly centralMeridian: number
  readonly latitudeOfOrigin: number
  readonly scale: number
  readonly falseEasting: number
  readonly falseNorthing: number
}

const RADIAN = Math.PI / 180

/**
 * The projection by Krüger's series to the fourth order: 1e-6 m within 6 degrees of the meridian. Its factors are computed
 * once: a height raster asks it for millions of posts.
 */
export class TransverseMercatorProjection {
  readonly #grid: TransverseMercator
  readonly #radius: number
  readonly #forward: readonly number[]
  readonly #inverse: readonly number[]
  readonly #origin: number

  constructor(grid: TransverseMercator) {
    const { radius, forward, inverse } = series(grid.ellipsoid)
    this.#grid = grid
    this.#radius = radius * grid.scale
    this.#forward = forward
    this.#inverse = inverse
    this.#origin = this.#project(0, grid.latitudeOfOrigin * RADIAN)[1]
  }

  /** Radians to easting and northing. */
  toGrid(longitude: number, latitude: number): [number, number] {
    const { centralMeridian, falseEasting, falseNorthing } = this.#grid
    const [east, north] = this.#project(longitude - centralMeridian * RADIAN, latitude)
    return [falseEasting + this.#radius * east, falseNorthing + this.#radius * (north - this.#origin)]
  }

  /** Easting and northing to radians. */
  fromGrid(easting: number, northing: number): [number, number] {
    const { centralMeridian, falseEasting, falseNorthing, ellipsoid } = this.#grid
    const xi = (northing - falseNorthing) / this.#radius + this.#origin
    const eta = (easting - falseEasting) / this.#radius
    let x = xi
    let y = eta
    for (let i = 0; i < this.#inverse.length; i++) {
      const order = 2 * (i + 1)
      x -= this.#inverse[i]! * Math.sin(order * xi) * Math.cosh(order * eta)
      y -= this.#inverse[i]! * Math.cos(order * xi) * Math.sinh(order * eta)
    }
    const conformal = Math.sin(x) / Math.hypot(Math.sinh(y), Math.cos(x))
    const longitude = centralMeridian * RADIAN + Math.atan2(Math.sinh(y), Math.cos(x))
    return [longitude, Math.atan(geographicTangent(ellipsoid, conformal))]
  }

  #project(longitude: number, latitude: number): [number, number] {
    const tangent = conformalTangent(this.#grid.ellipsoid, Math.tan(latitude))
    const xi = Math.atan2(tangent, Math.cos(longitude))
    const eta = Math.asinh(Math.sin(longitude) / Math.hypot(tangent, Math.cos(longitude)))
    let north = xi
    let east = eta
    for (let i = 0; i < this.#forward.length; i++) {
      const order = 2 * (i + 1)
      north += this.#forward[i]! * Math.sin(order * xi) * Math.cosh(order * eta)
      east += this.#forward[i]! * Math.cos(order * xi) * Math.sinh(order * eta)
    }
    return [east, north]
  }
}

/** Tangent of the conformal latitude from that of the geographic one (Karney 2011, equations 7 to 9). */
function conformalTangent(ellipsoid: Ellipsoid, tangent: number): number {
  const e = Math.sqrt(eccentricity2(ellipsoid))
  const sigma = Math.sinh(e * Math.atanh((e * tangent) / Math.hypot(1, tangent)))
  return tangent * Math.hypot(1, sigma) - sigma * Math.hypot(1, tangent)
}

function geographicTangent(ellipsoid: Ellipsoid, conformal: number): number {
  const e2 = eccentricity2(ellipsoid)
  let tangent = conformal
  for (let round = 0; round < 6; round++) {
    const guess = conformalTangent(ellipsoid, tangent)
    const slope =
      ((conformal - guess) * (1 + (1 - e2) * tangent ** 2)) / ((1 - e2) * Math.hypot(1, tangent) * Math.hypot(1, guess))
    tangent += slope
  }
  return tangent
}

function series({ axis, flattening }: Ellipsoid): { radius: number; forward: number[]; inverse: number[] } {
  const n = flattening / (2 - flattening)
  return {
    radius: (axis / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64),
    forward: [
      n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4,
      (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4,
      (61 / 240) * n ** 3 - (103 / 140) * n ** 4,
      (49_561 / 161_280) * n ** 4,
    ],
    inverse: [
      n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3 - (1 / 360) * n ** 4,
      (1 / 48) * n ** 2 + (1 / 15) * n ** 3 - (437 / 1440) * n ** 4,
      (17 / 480) * n ** 3 - (37 / 840) * n ** 4,
      (4397 / 161_280) * n ** 4,
    ],
  }
}
