import { STRETCH_FLAGS, UNITS_PER_DEGREE } from './roadGraph'
import type { RoadGraph } from './roadGraph'
import type { StretchGrid } from './stretchGrid'
import { metresPerDegree } from '../geodesy/metresPerDegree'

/** What instruments beside the roads say now. Places are degrees. */
export interface RoadReadings {
  readonly speeds: readonly { readonly place: Place; readonly kmh: number }[]
  /** Water on the road. */
  readonly depths: readonly { readonly place: Place; readonly metres: number }[]
}
type Place = readonly [longitude: number, latitude: number]

/** Metres between a detector and its road, between a gauge and its underpass, and how far a detector speaks for its road. */
const ON_ROAD = 60
const ON_UNDERPASS = 80
const REACH = 500
/** A detector that stands in a jam shows this at least, km/h. */
const SLOWEST = 3

/**
 * Finds what each instrument speaks for: a detector for the stretches of its road, by name, within 500 m and in both
 * directions, the nearest detector deciding; a gauge for the underpass at it, else for the stretch at it.
 */
export class InstrumentPlaces {
  readonly #graph: RoadGraph
  readonly #grid: StretchGrid
  readonly #byName = new Map<number, number[]>()
  readonly #known = new Map<string, readonly { readonly stretch: number; readonly metres: number }[]>()

  constructor(graph: RoadGraph, grid: StretchGrid) {
    this.#graph = graph
    this.#grid = grid
    for (const [stretch, name] of graph.nameOf.entries()) {
      if (name < 0) continue
      const list = this.#byName.get(name)
      if (list === undefined) this.#byName.set(name, [stretch])
      else list.push(stretch)
    }
  }

  /** Measured seconds of edges. */
  secondsOf({ speeds }: RoadReadings): ReadonlyMap<number, number> {
    const { along, against, metres } = this.#graph
    const nearest = new Map<number, { away: number; kmh: number }>()
    for (const { place, kmh } of speeds) {
      for (const { stretch, metres: away } of this.#roadAt(place)) {
        if (away < (nearest.get(stretch)?.away ?? Infinity)) nearest.set(stretch, { away, kmh })
      }
    }
    const seconds = new Map<number, number>()
    for (const [stretch, { kmh }] of nearest) {
      const took = (metres[stretch]! * 3.6) / Math.max(kmh, SLOWEST)
      for (const edge of [along[stretch]!, against[stretch]!]) if (edge >= 0) seconds.set(edge, took)
    }
    return seconds
  }

  /** Metres of water on each stretch; of two gauges on one stretch the deeper. */
  depthsOf({ depths }: RoadReadings): Float32Array {
    const all = new Float32Array(this.#graph.metres.length)
    for (const { place, metres } of depths) {
      const stretch = this.#underpassAt(place)
      if (stretch !== undefined && metres > all[stretch]!) all[stretch] = metres
    }
    return all
  }

  #roadAt(place: Place): readonly { readonly stretch: number; readonly metres: number }[] {
    const key = place.join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const snap = this.#grid.nearest({ longitude: place[0], latitude: place[1] }, ON_ROAD, () => true)
    const found = snap === undefined ? [] : this.#sameRoad(snap.stretch, place)
    this.#known.set(key, found)
    return found
  }

  #sameRoad(stretch: number, place: Place): { stretch: number; metres: number }[] {
    const others = this.#byName.get(this.#graph.nameOf[stretch]!) ?? []
    const near = others
      .filter((other) => other !== stretch)
      .map((other) => ({ stretch: other, metres: this.#metresTo(other, place) }))
    return [{ stretch, metres: 0 }, ...near.filter(({ metres }) => metres <= REACH)]
  }

  /** To the vertex in the middle of a stretch's list. */
  #metresTo(stretch: number, [longitude, latitude]: Place): number {
    const { firstVertex, vertexLongitude, vertexLatitude } = this.#graph
    const vertex = (firstVertex[stretch]! + firstVertex[stretch + 1]!) >> 1
    const scale = metresPerDegree(latitude)
    const east = (vertexLongitude[vertex]! / UNITS_PER_DEGREE - longitude) * scale.longitude
    return Math.hypot(east, (vertexLatitude[vertex]! / UNITS_PER_DEGREE - latitude) * scale.latitude)
  }

  #underpassAt([longitude, latitude]: Place): number | undefined {
    const at = { longitude, latitude }
    const dips = (stretch: number): boolean => (this.#graph.flags[stretch]! & STRETCH_FLAGS.underpass) !== 0
    const found = this.#grid.nearest(at, ON_UNDERPASS, dips) ?? this.#grid.nearest(at, ON_ROAD, () => true)
    return found?.stretch
  }
}
