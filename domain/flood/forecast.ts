import { z } from 'zod'
import { CityKey, Names } from '../ids'
import { EpochMillis } from '../time'
import { Rung } from '../runs/modelRun'

/** Part of every request and of every product: another version may give another result. */
export const FLOOD_FORECAST_VERSION = '1'

const Series = z.array(z.tuple([EpochMillis, z.number().min(0)])).readonly()

/** A rain gauge as a run sees it: mm/h from each moment until the next. */
export const GaugeRain = z.object({
  key: z.string(),
  longitude: z.number(),
  latitude: z.number(),
  rates_mmh: Series,
})
export type GaugeRain = z.infer<typeof GaugeRain>

/** What is assumed of the rain that nobody has measured yet; stated on every product. */
export const RainAssumption = z.discriminatedUnion('kind', [
  /** The mean of the last quarter of an hour holds, then halves again and again. */
  z.object({ kind: z.literal('persistence'), holdMinutes: z.number().min(0), halfLifeMinutes: z.number().positive() }),
  /** Somebody's nowcast: the gauges' own rates go on after the issue; where they end, it is dry. */
  z.object({ kind: z.literal('nowcast') }),
  /** A design storm of the city's formula over the whole city. */
  z.object({
    kind: z.literal('designStorm'),
    returnYears: z.number().min(1).max(100),
    minutes: z.number().min(10).max(180),
  }),
])
export type RainAssumption = z.infer<typeof RainAssumption>

/** All that a run of the flood model depends on: the same request gives the same bytes. */
export const FloodRequest = z
  .object({
    model: z.literal('flood'),
    version: z.string(),
    /** Digest of the sources that compute it. */
    code: z.string(),
    city: CityKey,
    cityDigest: z.string(),
    timeZone: z.string(),
    seed: z.number().int(),
    issueTime: EpochMillis,
    /** Measured rain before the issue that brings the city from dry to its present state. */
    warmUpMinutes: z.number().positive(),
    horizonMinutes: z.number().positive(),
    frameMinutes: z.number().positive(),
    gauges: z.array(GaugeRain),
    assumption: RainAssumption,
    riverRise_m: z.number().min(-10).max(10),
    pumpsOut: z.array(z.string()),
    gatesShut: z.array(z.string()),
    blocked: z.record(z.string(), z.number().min(0).max(1)),
    extremeRainConfirmed: z.boolean(),
  })
  .readonly()
export type FloodRequest = z.infer<typeof FloodRequest>

/** A frame of depths: tiles of codes by `domain/flood/depthTiles`, packed as `packFrame` packs them. */
export const FloodFrame = z.object({ validTime: EpochMillis, blob: z.string(), bytes: z.number().int() }).readonly()
export type FloodFrame = z.infer<typeof FloodFrame>

/** Minutes from the issue until a depth line is reached; 0 is now, null is not within the horizon. */
const MinutesToLines = z.array(z.number().min(0).nullable()).readonly()

export const UnderpassForecast = z
  .object({
    code: z.string(),
    name: Names,
    longitude: z.number(),
    latitude: z.number(),
    /** m at the issue, and the deepest within the horizon with its minute. */
    now_m: z.number(),
    peak_m: z.number(),
    peakMinute: z.number(),
    minutesToLines: MinutesToLines,
  })
  .readonly()
export type UnderpassForecast = z.infer<typeof UnderpassForecast>

const Minute = z.number().int().min(0)

/** What the water means for people, houses and roads; minutes from the issue, looked at each frame. */
export const FloodConsequences = z
  .object({
    /** Residents at home behind doors in water, rounded; fewer than ten are none. */
    people: z.array(z.object({ minute: Minute, exposed: z.number().int() })),
    buildings: z.object({
      wet: z.number().int(),
      deepest: z.array(
        z.object({ code: z.string(), longitude: z.number(), latitude: z.number(), peak_m: z.number(), minute: Minute }),
      ),
    }),
    /** Roads that somebody cannot pass, and from when; null is not within the horizon. */
    roads: z.array(
      z.object({
        code: z.string(),
        name: Names.optional(),
        walker: Minute.nullable(),
        car: Minute.nullable(),
        fireEngine: Minute.nullable(),
      }),
    ),
  })
  .readonly()
export type FloodConsequences = z.infer<typeof FloodConsequences>

/** The product of a run; pictures and lists are made of it alone. */
export const FloodResult = z
  .object({
    model: z.literal('flood'),
    version: z.string(),
    request: z.string(),
    rung: Rung,
    issueTime: EpochMillis,
    lines_cm: z.array(z.number()),
    quality: z.array(z.string()),
    assumption: RainAssumption.optional(),
    /** Of the frames; centre of the south-west cell and steps, degrees. None where a rule made the product. */
    grid: z
      .object({
        columns: z.number().int(),
        rows: z.number().int(),
        west: z.number(),
        south: z.number(),
        stepLongitude: z.number(),
        stepLatitude: z.number(),
      })
      .optional(),
    frames: z.array(FloodFrame),
    underpasses: z.array(UnderpassForecast),
    consequences: FloodConsequences.optional(),
    /** Highest rate over the city before and after the issue, mm/h. */
    rain: z.object({ measured_mmh: z.number(), assumed_mmh: z.number() }),
    massErrorQuanta: z.string(),
    /** Share of the grid that was swept in a tick. */
    activeShare: z.number(),
  })
  .readonly()
export type FloodResult = z.infer<typeof FloodResult>
