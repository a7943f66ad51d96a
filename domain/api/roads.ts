import { z } from 'zod'
import { ROAD_CLASSES } from '../city/cityModel'
import { Names } from '../ids'
import { EpochMillis } from '../time'
import { TURNS } from '../roads/instructions'
import { VEHICLES } from '../roads/roadGraph'

/** Most places of one list: a matrix has at most the square of it. */
const MOST_PLACES = 1000
const LONGEST_ISOCHRONE_SECONDS = 7200

/** Longitude and latitude, degrees. */
export const Place = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
export type Place = z.infer<typeof Place>
const Places = z.array(Place).min(1).max(MOST_PLACES)

const common = {
  vehicle: z.enum(VEHICLES).default('car'),
  /** A place farther from a road that the vehicle may use is on no road, metres. */
  withinMetres: z.number().min(1).max(5000).default(1000),
}

/** `POST /api/worlds/:world/roads/nearest`: the road at each place. */
export const NearestQuestion = z.object({ ...common, places: Places })
/** `…/roads/route`: the way of least time now. */
export const RouteQuestion = z.object({ ...common, from: Place, to: Place })
/** `…/roads/matrix`: times from each source to each target now. */
export const MatrixQuestion = z.object({ ...common, sources: Places, targets: Places })
/** `…/roads/closest`: the places from which `target` is reached first now. */
export const ClosestQuestion = z.object({
  ...common,
  places: Places,
  target: Place,
  count: z.number().int().min(1).max(MOST_PLACES).default(5),
})
/** `…/roads/isochrone`: what is reached from a place, or reaches it, within each of some times. */
export const IsochroneQuestion = z.object({
  ...common,
  place: Place,
  seconds: z.array(z.number().min(1).max(LONGEST_ISOCHRONE_SECONDS)).min(1).max(6),
  direction: z.enum(['from', 'to']).default('from'),
})

const RoadName = z.object({ name: Names.optional(), ref: z.string().optional() })
const metres = z.number().min(0)
const seconds = z.number().min(0)
const count = z.number().int().min(0)
/** What an answer counted with besides open, dry and empty roads. */
const Counted = z.object({
  /** Edges are directions of a stretch: a two-way street has two. */
  closedEdges: count,
  /** Edges whose time follows from a measured speed. */
  measuredEdges: count,
  /** Stretches with water on them. */
  wetStretches: count,
  /** Forbidden turns of the graph; they bind everything on wheels. */
  forbiddenTurns: count,
})
export type Counted = z.infer<typeof Counted>
/** `version` grows with every change of closures, speeds and water: two answers with one version rest on the same roads. */
const roadsNow = { version: z.number().int(), counted: Counted }

export const NearestAnswer = z.object({
  ...roadsNow,
  places: z.array(
    z
      .object({
        place: Place,
        offRoadMetres: metres,
        code: z.string(),
        road: RoadName,
        class: z.enum(ROAD_CLASSES),
      })
      .nullable(),
  ),
})
export type NearestAnswer = z.infer<typeof NearestAnswer>

/** `route` is null where there is no way, or where a place is on no road. */
export const RouteAnswer = z.object({
  ...roadsNow,
  route: z
    .object({
      seconds,
      metres,
      line: z.array(Place),
      /** From the place that was asked to the road, at both ends. */
      offRoadMetres: z.tuple([metres, metres]),
      instructions: z.array(
        z.object({
          turn: z.enum(TURNS),
          road: RoadName,
          class: z.enum(ROAD_CLASSES),
          metres,
          seconds,
          bridge: z.boolean(),
          tunnel: z.boolean(),
          firstPosition: z.number().int(),
        }),
      ),
    })
    .nullable(),
})
export type RouteAnswer = z.infer<typeof RouteAnswer>

/** A row per source, a column per target; null where there is no way. */
export const MatrixAnswer = z.object({ ...roadsNow, seconds: z.array(z.array(seconds.nullable())) })
export type MatrixAnswer = z.infer<typeof MatrixAnswer>

export const ClosestAnswer = z.object({ ...roadsNow, closest: z.array(z.object({ index: z.number().int(), seconds })) })
export type ClosestAnswer = z.infer<typeof ClosestAnswer>

/** GeoJSON areas, one per asked time; drawn from cells of 25 m and more, so a picture and no measurement. */
export const IsochroneAnswer = z.object({
  ...roadsNow,
  areas: z.array(
    z.object({
      seconds,
      /** Length of the roads inside. */
      metres,
      area: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(Place))) }),
    }),
  ),
})
export type IsochroneAnswer = z.infer<typeof IsochroneAnswer>

export type RoadQuestion =
  | ({ readonly kind: 'nearest' } & z.output<typeof NearestQuestion>)
  | ({ readonly kind: 'route' } & z.output<typeof RouteQuestion>)
  | ({ readonly kind: 'matrix' } & z.output<typeof MatrixQuestion>)
  | ({ readonly kind: 'closest' } & z.output<typeof ClosestQuestion>)
  | ({ readonly kind: 'isochrone' } & z.output<typeof IsochroneQuestion>)

/** Most roads or places of one closure: a flooded district is several thousand. */
const MOST_CLOSED = 20_000

/** `PUT …/roads/closures/:source`: whole roads by component code, and the stretch at each place, in both directions. */
export const CloseRoads = z.object({
  reason: z.string().trim().min(1).max(200),
  codes: z.array(z.string().max(40)).max(MOST_CLOSED).default([]),
  places: z.array(Place).max(MOST_CLOSED).default([]),
})
export type CloseRoads = z.output<typeof CloseRoads>

/** What of the closure names nothing on the roads of the city; null when the roads cannot be read now: it is kept. */
export const ClosureMade = z.object({
  unmatched: z.object({ codes: z.array(z.string()), places: z.array(Place) }).nullable(),
})

export const RoadClosure = CloseRoads.extend({ source: z.string(), by: z.string(), at: EpochMillis })
export const RoadClosures = z.object({ closures: z.array(RoadClosure) })
