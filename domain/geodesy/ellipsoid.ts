/** An ellipsoid: semi-major axis in metres and flattening. */
export interface Ellipsoid {
  readonly axis: number
  readonly flattening: number
}

export const ELLIPSOIDS = {
  CGCS2000: { axis: 6_378_137, flattening: 1 / 298.257_222_101 },
  WGS84: { axis: 6_378_137, flattening: 1 / 298.257_223_563 },
  GRS80: { axis: 6_378_137, flattening: 1 / 298.257_222_101 },
  krasovsky: { axis: 6_378_245, flattening: 1 / 298.3 },
  IAG75: { axis: 6_378_140, flattening: 1 / 298.257 },
  bessel: { axis: 6_377_397.155, flattening: 1 / 299.152_812_8 },
} as const satisfies Record<string, Ellipsoid>
export type EllipsoidName = keyof typeof ELLIPSOIDS

/** Metres in the frame that turns with the Earth. */
export type Geocentric = readonly [x: number, y: number, z: number]

/** Radians and metres above the ellipsoid to geocentric metres. */
export function toGeocentric(ellipsoid: Ellipsoid, longitude: number, latitude: number, height = 0): Geocentric {
  const e2 = eccentricity2(ellipsoid)
  const normal = ellipsoid.axis / Math.sqrt(1 - e2 * Math.sin(latitude) ** 2)
  const flat = (normal + height) * Math.cos(latitude)
  return [flat * Math.cos(longitude), flat * Math.sin(longitude), (normal * (1 - e2) + height) * Math.sin(latitude)]
}

/** Geocentric metres to radians; exact to 1e-12 for heights of a city. */
export function fromGeocentric(ellipsoid: Ellipsoid, [x, y, z]: Geocentric): { longitude: number; latitude: number } {
  const e2 = eccentricity2(ellipsoid)
  const flat = Math.hypot(x, y)
  let latitude = Math.atan2(z, flat * (1 - e2))
  for (let round = 0; round < 8; round++) {
    const normal = ellipsoid.axis / Math.sqrt(1 - e2 * Math.sin(latitude) ** 2)
    latitude = Math.atan2(z + e2 * normal * Math.sin(latitude), flat)
  }
  return { longitude: Math.atan2(y, x), latitude }
}

export const eccentricity2 = ({ flattening }: Ellipsoid): number => flattening * (2 - flattening)

/** Seven parameters: metres, arc seconds, parts per million; rotations turn the position vector. */
export interface SevenParameters {
  readonly dx: number
  readonly dy: number
  readonly dz: number
  readonly rx: number
  readonly ry: number
  readonly rz: number
  readonly ppm: number
}

const SECOND = Math.PI / 648_000

/** Moves a geocentric position to another datum. */
export function shiftDatum(by: SevenParameters, [x, y, z]: Geocentric): Geocentric {
  const [rx, ry, rz, scale] = [by.rx * SECOND, by.ry * SECOND, by.rz * SECOND, 1 + by.ppm * 1e-6]
  return [
    by.dx + scale * (x - rz * y + ry * z),
    by.dy + scale * (rz * x + y - rx * z),
    by.dz + scale * (-ry * x + rx * y + z),
  ]
}

/** Undoes `shiftDatum`, to 1e-6 m for the small angles of datums. */
export function unshiftDatum(by: SevenParameters, [x, y, z]: Geocentric): Geocentric {
  const [rx, ry, rz, scale] = [by.rx * SECOND, by.ry * SECOND, by.rz * SECOND, 1 + by.ppm * 1e-6]
  const [u, v, w] = [(x - by.dx) / scale, (y - by.dy) / scale, (z - by.dz) / scale]
  // The inverse of I + S with antisymmetric S, exact by its determinant.
  const size = 1 + rx * rx + ry * ry + rz * rz
  const along = rx * u + ry * v + rz * w
  return [
    (u + rx * along + rz * v - ry * w) / size,
    (v + ry * along + rx * w - rz * u) / size,
    (w + rz * along + ry * u - rx * v) / size,
  ]
}
