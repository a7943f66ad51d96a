import { z } from 'zod'
import type { LonLat } from './coordinateSystem'
import { ELLIPSOIDS } from './ellipsoid'
import type { EllipsoidName } from './ellipsoid'
import { gridSystem } from './planeSystem'
import type { PlaneSystem } from './planeSystem'

const Ellipsoids = z.enum(Object.keys(ELLIPSOIDS) as [EllipsoidName, ...EllipsoidName[]])

/**
 * A city's own grid (城市独立坐标系). Local x and y (metres east and north) go through the four parameters into the grid,
 * from the grid to degrees of its ellipsoid, and through the seven parameters to CGCS2000. Either set may be absent.
 */
export const LocalGrid = z.strictObject({
  name: z.string().min(1),
  grid: z.strictObject({
    ellipsoid: Ellipsoids,
    /** Degrees. */
    centralMeridian: z.number().min(-180).max(180),
    latitudeOfOrigin: z.number().min(-90).max(90).default(0),
    scale: z.number().min(0.9).max(1.1).default(1),
    /** Metres. */
    falseEasting: z.number().default(500_000),
    falseNorthing: z.number().default(0),
    /** Height of the plane of projection above the ellipsoid, metres; the axis grows by it. */
    planeHeight: z.number().min(-1000).max(9000).default(0),
  }),
  /** Local to grid: metres, arc seconds counter-clockwise, parts per million. */
  fourParameters: z.strictObject({ dx: z.number(), dy: z.number(), rotation: z.number(), ppm: z.number() }).optional(),
  /** The grid's datum to CGCS2000: metres, arc seconds (position vector), parts per million. */
  sevenParameters: z
    .strictObject({
      dx: z.number(),
      dy: z.number(),
      dz: z.number(),
      rx: z.number(),
      ry: z.number(),
      rz: z.number(),
      ppm: z.number(),
    })
    .optional(),
})
export type LocalGrid = z.infer<typeof LocalGrid>

const SECOND = Math.PI / 648_000

/** The plane system of a city's own grid. */
export function localGridSystem({ name, grid, fourParameters, sevenParameters }: LocalGrid): PlaneSystem {
  const { planeHeight, ellipsoid: ellipsoidName, ...rest } = grid
  const ellipsoid = ELLIPSOIDS[ellipsoidName]
  const plane = { ...rest, ellipsoid: { ...ellipsoid, axis: ellipsoid.axis + planeHeight } }
  const system = gridSystem(name, plane, sevenParameters && { ellipsoid, shift: sevenParameters })
  if (fourParameters === undefined) return system
  const scale = 1 + fourParameters.ppm * 1e-6
  const cosine = scale * Math.cos(fourParameters.rotation * SECOND)
  const sine = scale * Math.sin(fourParameters.rotation * SECOND)
  return {
    name,
    toDegrees: (x, y) =>
      system.toDegrees(fourParameters.dx + cosine * x - sine * y, fourParameters.dy + sine * x + cosine * y),
    fromDegrees: (place: LonLat) => {
      const [east, north] = system.fromDegrees(place)
      const [x, y] = [(east - fourParameters.dx) / scale ** 2, (north - fourParameters.dy) / scale ** 2]
      return [cosine * x + sine * y, cosine * y - sine * x]
    },
  }
}
