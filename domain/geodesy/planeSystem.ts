import type { LonLat } from './coordinateSystem'
import { ELLIPSOIDS, fromGeocentric, shiftDatum, toGeocentric, unshiftDatum } from './ellipsoid'
import type { Ellipsoid, SevenParameters } from './ellipsoid'
import { fromStereographic, toStereographic } from './obliqueStereographic'
import { TransverseMercatorProjection } from './transverseMercator'
import type { TransverseMercator } from './transverseMercator'

/** A plane system of coordinates: metres east and north, to CGCS2000 (taken as WGS84) and back. */
export interface PlaneSystem {
  readonly name: string
  toDegrees(x: number, y: number): LonLat
  fromDegrees(place: LonLat): readonly [number, number]
}

const RADIAN = Math.PI / 180
const MERCATOR_RADIUS = 6_378_137

/** The Dutch grid's datum to ETRS89; without the national correction grid this is good to 0.3 m. */
const AMERSFOORT: Datum = {
  ellipsoid: ELLIPSOIDS.bessel,
  shift: { dx: 565.2369, dy: 50.0087, dz: 465.658, rx: -0.406_857, ry: 0.350_733, rz: -1.870_347, ppm: 4.0812 },
}
const RD_NEW = {
  ellipsoid: ELLIPSOIDS.bessel,
  longitude: 5 + 23 / 60 + 15.5 / 3600,
  latitude: 52 + 9 / 60 + 22.178 / 3600,
  scale: 0.999_907_9,
  falseEasting: 155_000,
  falseNorthing: 463_000,
}

/** Plane system of an EPSG number; undefined for one that Belfry does not know. Degrees are no plane. */
export function planeSystem(epsg: number): PlaneSystem | undefined {
  if (epsg === 3857) return webMercator
  if (epsg === 28_992 || epsg === 7415) return rdNew
  const grid = gridOf(epsg)
  return grid === undefined ? undefined : gridSystem(`EPSG:${epsg}`, grid)
}

/** The datum of a grid that is not CGCS2000's: its ellipsoid and the way to CGCS2000. */
export interface Datum {
  readonly ellipsoid: Ellipsoid
  readonly shift: SevenParameters
}

/** A transverse Mercator grid, on a datum of its own where one is given. */
export function gridSystem(name: string, grid: TransverseMercator, datum?: Datum): PlaneSystem {
  const projection = new TransverseMercatorProjection(grid)
  return {
    name,
    toDegrees: (x, y) => fromDatum(projection.fromGrid(x, y), datum),
    fromDegrees: (place) => projection.toGrid(...toDatum(place, datum)),
  }
}

const rdNew: PlaneSystem = {
  name: 'EPSG:28992',
  toDegrees: (x, y) => fromDatum(fromStereographic(RD_NEW, x, y), AMERSFOORT),
  fromDegrees: (place) => toStereographic(RD_NEW, ...toDatum(place, AMERSFOORT)),
}

const webMercator: PlaneSystem = {
  name: 'EPSG:3857',
  toDegrees: (x, y) => ({
    longitude: x / MERCATOR_RADIUS / RADIAN,
    latitude: Math.atan(Math.sinh(y / MERCATOR_RADIUS)) / RADIAN,
  }),
  fromDegrees: ({ longitude, latitude }) => [
    longitude * RADIAN * MERCATOR_RADIUS,
    Math.asinh(Math.tan(latitude * RADIAN)) * MERCATOR_RADIUS,
  ],
}

function fromDatum([longitude, latitude]: readonly [number, number], datum: Datum | undefined): LonLat {
  if (datum === undefined) return { longitude: longitude / RADIAN, latitude: latitude / RADIAN }
  const there = shiftDatum(datum.shift, toGeocentric(datum.ellipsoid, longitude, latitude))
  const place = fromGeocentric(ELLIPSOIDS.CGCS2000, there)
  return { longitude: place.longitude / RADIAN, latitude: place.latitude / RADIAN }
}

function toDatum({ longitude, latitude }: LonLat, datum: Datum | undefined): [number, number] {
  if (datum === undefined) return [longitude * RADIAN, latitude * RADIAN]
  const here = toGeocentric(ELLIPSOIDS.CGCS2000, longitude * RADIAN, latitude * RADIAN)
  const place = fromGeocentric(datum.ellipsoid, unshiftDatum(datum.shift, here))
  return [place.longitude, place.latitude]
}

interface ZoneRow {
  readonly first: number
  readonly last: number
  /** Grid of the n-th number of the row. */
  readonly grid: (n: number) => TransverseMercator
}

const utm = (zone: number, south: boolean): TransverseMercator => ({
  ellipsoid: ELLIPSOIDS.WGS84,
  centralMeridian: zone * 6 - 183,
  latitudeOfOrigin: 0,
  scale: 0.9996,
  falseEasting: 500_000,
  falseNorthing: south ? 10_000_000 : 0,
})
const gaussKrueger = (centralMeridian: number, zone?: number): TransverseMercator => ({
  ellipsoid: ELLIPSOIDS.CGCS2000,
  centralMeridian,
  latitudeOfOrigin: 0,
  scale: 1,
  falseEasting: 500_000 + (zone ?? 0) * 1_000_000,
  falseNorthing: 0,
})

const ZONES: readonly ZoneRow[] = [
  { first: 32_601, last: 32_660, grid: (n) => utm(n + 1, false) },
  { first: 32_701, last: 32_760, grid: (n) => utm(n + 1, true) },
  { first: 25_828, last: 25_838, grid: (n) => utm(n + 28, false) },
  // Map Grid of Australia 1994.
  { first: 28_348, last: 28_358, grid: (n) => utm(n + 48, true) },
  // CGCS2000: zones of 6 degrees with and without the zone in front, zones of 3 degrees likewise.
  { first: 4491, last: 4501, grid: (n) => gaussKrueger(75 + 6 * n, 13 + n) },
  { first: 4502, last: 4512, grid: (n) => gaussKrueger(75 + 6 * n) },
  { first: 4513, last: 4533, grid: (n) => gaussKrueger(75 + 3 * n, 25 + n) },
  { first: 4534, last: 4554, grid: (n) => gaussKrueger(75 + 3 * n) },
]

function gridOf(epsg: number): TransverseMercator | undefined {
  const row = ZONES.find(({ first, last }) => epsg >= first && epsg <= last)
  return row?.grid(epsg - row.first)
}
