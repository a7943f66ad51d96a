import { z } from 'zod'
import { CityKey, Key, type LiveWorldNo, Names, WorldNo } from './ids'
import { EpochMillis, epochMillis } from './time'

export const WorldKind = z.enum(['live', 'exercise', 'replay', 'shadow'])
export type WorldKind = z.infer<typeof WorldKind>

/** World time = anchorWorld + (machine time − anchorReal) · rate; rate 0 is a stopped clock. */
export const WorldClock = z
  .object({ anchorWorld: EpochMillis, anchorReal: EpochMillis, rate: z.number().min(0).max(100_000) })
  .readonly()
export type WorldClock = z.infer<typeof WorldClock>

/** Where a screen of this World looks at rest. Degrees, zoom of web mercator. */
export const HomeView = z
  .object({
    longitude: z.number().min(-180).max(180),
    latitude: z.number().min(-85).max(85),
    zoom: z.number().min(0).max(22),
    pitch: z.number().min(0).max(80).default(0),
    bearing: z.number().min(-180).max(180).default(0),
  })
  .readonly()
export type HomeView = z.infer<typeof HomeView>

/** Every fact belongs to exactly one World. */
export const World = z
  .object({
    no: WorldNo,
    key: Key,
    kind: WorldKind,
    name: Names,
    timeZone: z.string().default('Asia/Shanghai'),
    parent: WorldNo.optional(),
    forkedAt: EpochMillis.optional(),
    clock: WorldClock,
    view: HomeView,
    /** The city package it shows; without one the package of the World's own key. */
    city: CityKey.optional(),
  })
  .readonly()
export type World = z.infer<typeof World>

/** A World that may speak to the real city. Made by `asLiveWorld` alone. */
export type LiveWorld = World & { readonly kind: 'live'; readonly no: LiveWorldNo }

/** The single mint of a live World: `undefined` for an exercise, a replay or a shadow. */
export function asLiveWorld(world: World): LiveWorld | undefined {
  return world.kind === 'live' ? (world as LiveWorld) : undefined
}

/** Key of the city package that a World shows, if there is such a package. */
export const cityOf = ({ city, key }: Pick<World, 'city' | 'key'>): string => city ?? key

/** World time at a machine time. */
export function worldTimeAt(clock: WorldClock, real: EpochMillis): EpochMillis {
  return epochMillis(clock.anchorWorld + (real - clock.anchorReal) * clock.rate)
}

/** Machine time at which the World shows `world`; infinity for a stopped clock that is not there yet. */
export function realTimeAt(clock: WorldClock, world: EpochMillis): EpochMillis {
  if (clock.rate === 0) return epochMillis(world <= clock.anchorWorld ? clock.anchorReal : Number.POSITIVE_INFINITY)
  return epochMillis(clock.anchorReal + (world - clock.anchorWorld) / clock.rate)
}

/** The same moment of the World, going on at another rate. */
export function withRate(clock: WorldClock, real: EpochMillis, rate: number): WorldClock {
  return { anchorWorld: worldTimeAt(clock, real), anchorReal: real, rate }
}
