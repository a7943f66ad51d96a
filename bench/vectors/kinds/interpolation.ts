import { z } from 'zod'
import { gcj02ToWgs84, WGS84_AXIS, wgs84ToGcj02 } from '@/domain/geodesy/coordinateSystem'
import type { LonLat } from '@/domain/geodesy/coordinateSystem'
import { greatCircleMetres } from '@/domain/geodesy/greatCircle'
import { interpolation } from '@/workers/models/interpolation/model'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const Place = z.tuple([z.number(), z.number()])
const Gauges = z.array(z.tuple([z.number(), z.number(), z.number()]))
const LatLng = z.object({ lat: z.number(), lng: z.number() })
const Model = z.enum(['linear', 'exponential', 'spherical', 'gaussian'])
const kriging = { points: Gauges, variogram: Model, params: z.array(z.number()) }
const barnes = z.object({
  points: Gauges,
  at: Place,
  r: z.number().optional(),
  kappa: z.number(),
  gamma: z.number().default(1),
})

const toLonLat = ([latitude, longitude]: readonly [number, number]): LonLat => ({ longitude, latitude })

function variogramOf(model: z.infer<typeof Model>, params: readonly number[]) {
  const [first = Number.NaN, second = Number.NaN, third = 0] = params
  return model === 'linear'
    ? { model, slope: first, nugget: second }
    : { model, sill: first, range: second, nugget: third }
}

export const interpolationKinds: Kinds = {
  idw: kind(z.object({ points: Gauges, at: Place, power: z.number() }), ({ points, at, power }) =>
    interpolation.inverseDistance(points, at, power),
  ),
  cressman: kind(z.object({ points: Gauges, at: Place, r: z.number() }), ({ points, at, r }) => ({
    value: interpolation.cressman(points, at, r),
  })),
  barnes: kind(barnes, ({ points, at, r, kappa, gamma }) => ({
    value: interpolation.barnes(points, at, { kappa, gamma, ...(r === undefined ? {} : { radius: r }) }),
  })),
  natural_neighbor: kind(z.object({ points: Gauges, at: Place }), ({ points, at }) => ({
    value: interpolation.naturalNeighbour(points, [at])[0],
  })),
  ordinary_kriging: kind(z.object({ ...kriging, at: Place }), ({ points, at, variogram, params }) => {
    const { values, variances } = interpolation.krige(points, [at], variogramOf(variogram, params))
    return { value: values[0], variance: variances[0] }
  }),
  ordinary_kriging_multi: kind(z.object({ ...kriging, at: z.array(Place) }), ({ points, at, variogram, params }) => {
    const { values, variances } = interpolation.krige(points, at, variogramOf(variogram, params))
    return { value: values, variance: variances }
  }),
  wgs2gcj: kind(LatLng, ({ lat, lng }) => {
    const { latitude, longitude } = wgs84ToGcj02({ latitude: lat, longitude: lng }, WGS84_AXIS)
    return { lat: latitude, lng: longitude }
  }),
  gcj2wgs_property: kind(
    z.object({ points: z.array(Place), back_to: z.array(Place) }),
    ({ points, back_to }) => ({
      one_step_max_m: furthest(points.map(toLonLat).map(oneStepBack), back_to.map(toLonLat)),
      iterated_max_m: furthest(
        points.map((point) => gcj02ToWgs84(toLonLat(point), WGS84_AXIS)),
        back_to.map(toLonLat),
      ),
    }),
    { judge: withinBounds },
  ),
  sphere_distance: kind(z.record(z.string(), z.unknown()), (input) => {
    const [from, to] = endsOf(input)
    const radius = z
      .number()
      .optional()
      .parse(input['R'] ?? input['radius_m'] ?? input['R_m'])
    return greatCircleMetres(from, to, radius ?? WGS84_AXIS)
  }),
}

function oneStepBack(place: LonLat): LonLat {
  const { longitude, latitude } = wgs84ToGcj02(place, WGS84_AXIS)
  return { longitude: 2 * place.longitude - longitude, latitude: 2 * place.latitude - latitude }
}

const furthest = (places: readonly LonLat[], truths: readonly LonLat[]): number =>
  Math.max(...places.map((place, i) => greatCircleMetres(place, truths[i]!, WGS84_AXIS)))

/** The expected numbers are upper bounds. */
function withinBounds(got: unknown, expected: unknown): string | undefined {
  const bounds = z.record(z.string(), z.number()).parse(expected)
  const values = z.record(z.string(), z.number()).parse(got)
  const over = Object.entries(bounds).find(([key, bound]) => !((values[key] ?? Number.POSITIVE_INFINITY) <= bound))
  return over === undefined ? undefined : `${over[0]} is ${values[over[0]]}, at most ${over[1]}`
}

/** Two places, as pairs [lat, lng], as objects, or as four numbers in that order. */
function endsOf(input: Readonly<Record<string, unknown>>): [LonLat, LonLat] {
  const values = Object.entries(input).filter(([key]) => !/^r/i.test(key))
  const pairs = values.flatMap(([, value]) => {
    const pair = Place.safeParse(value)
    if (pair.success) return [toLonLat(pair.data)]
    const named = LatLng.safeParse(value)
    return named.success ? [{ latitude: named.data.lat, longitude: named.data.lng }] : []
  })
  if (pairs.length === 2) return [pairs[0]!, pairs[1]!]
  const [a, b, c, d] = z.tuple([z.number(), z.number(), z.number(), z.number()]).parse(values.map(([, value]) => value))
  return [toLonLat([a, b]), toLonLat([c, d])]
}
