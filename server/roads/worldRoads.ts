import type { Counted, Place } from '@/domain/api/roads'
import { LiveRoads, edgesByRoad } from '@/domain/roads/liveRoads'
import { mainNetwork } from '@/domain/roads/mainNetwork'
import type { RoadGraph, Vehicle } from '@/domain/roads/roadGraph'
import { InstrumentPlaces } from '@/domain/roads/roadReadings'
import type { RoadReadings } from '@/domain/roads/roadReadings'
import { RoadSearch } from '@/domain/roads/roadSearch'
import type { RoadsNow } from '@/domain/roads/roadTimes'
import { passableEdges } from '@/domain/roads/snapEnds'
import { StretchGrid } from '@/domain/roads/stretchGrid'
import type { Snap } from '@/domain/roads/stretchGrid'
import type { RoadChange, Unmatched } from './threadMessages'

/** A city's graph with what is made of it once: the index of its stretches and the main network of each vehicle. */
export class CityRoads {
  readonly graph: RoadGraph
  readonly grid: StretchGrid
  readonly search: RoadSearch
  readonly #networks = new Map<Vehicle, Uint8Array>()
  #edges: ReturnType<typeof edgesByRoad> | undefined
  #instruments: InstrumentPlaces | undefined

  constructor(graph: RoadGraph) {
    this.graph = graph
    this.grid = new StretchGrid(graph)
    this.search = new RoadSearch(graph)
  }

  /** Edges of a road by its component code; `undefined` where the city has no such road. */
  edgesOf(code: string): readonly number[] | undefined {
    this.#edges ??= edgesByRoad(this.graph)
    return this.#edges.get(code)
  }

  /** Where instruments stand on these roads. */
  get instruments(): InstrumentPlaces {
    this.#instruments ??= new InstrumentPlaces(this.graph, this.grid)
    return this.#instruments
  }

  /** 1 for the nodes of a vehicle's main network on open roads. */
  network(vehicle: Vehicle, freeFlow: Float32Array): Uint8Array {
    let member = this.#networks.get(vehicle)
    if (member === undefined) {
      member = mainNetwork(this.graph, freeFlow).member
      this.#networks.set(vehicle, member)
    }
    return member
  }
}

const CLOSE_WITHIN_METRES = 100

/** The roads of one World as they are now. */
export class WorldRoadsNow {
  readonly city: CityRoads
  readonly live: LiveRoads
  readonly #unmatched = new Map<string, Unmatched>()
  #counted: { readonly version: number; readonly value: Counted } | undefined

  constructor(city: CityRoads) {
    this.city = city
    this.live = new LiveRoads(city.graph)
  }

  now(vehicle: Vehicle): RoadsNow {
    const { graph, search } = this.city
    return { graph, search, weights: this.live.weights(vehicle), turns: vehicle !== 'foot' }
  }

  /** The same, with weights that stay as they are: for an answer during which roads may close. */
  kept(vehicle: Vehicle): RoadsNow {
    return { ...this.now(vehicle), weights: this.live.weights(vehicle).slice() }
  }

  /**
   * The nearest place on a road that the vehicle can use now and that is joined to the rest of the city: nobody is led
   * to a lane behind a gate or to a flooded street.
   */
  snap([longitude, latitude]: Place, vehicle: Vehicle, withinMetres: number): Snap | undefined {
    const { graph, grid } = this.city
    const weights = this.live.weights(vehicle)
    const member = this.city.network(vehicle, this.live.freeFlow(vehicle))
    return grid.nearest({ longitude, latitude }, withinMetres, (stretch) => {
      return passableEdges(graph, weights, stretch).some(
        (edge) => member[graph.tail[edge]!] === 1 && member[graph.head[edge]!] === 1,
      )
    })
  }

  /** Takes what the instruments say, in place of what they said before. */
  measure(said: RoadReadings): void {
    const { instruments } = this.city
    this.live.setMeasured(instruments.secondsOf(said))
    this.live.setDepths(instruments.depthsOf(said))
  }

  /** What holds now besides open, dry and empty roads; stands in each answer. */
  get counted(): Counted {
    const { version } = this.live
    if (this.#counted?.version === version) return this.#counted.value
    const { closedEdges, measuredEdges, wetStretches } = this.live
    const forbiddenTurns = this.city.graph.turnFrom.length
    this.#counted = { version, value: { closedEdges, measuredEdges, wetStretches, forbiddenTurns } }
    return this.#counted.value
  }

  /** What of a change names nothing on these roads: told to whoever made it. */
  apply(change: RoadChange): Unmatched {
    if (change.kind === 'reopen') {
      this.live.reopen(change.source)
      this.#unmatched.delete(change.source)
      return ALL_MATCHED
    }
    const { edges, unmatched } = this.#edgesOf(change)
    this.live.close({ source: change.source, reason: change.reason, edges })
    this.#unmatched.set(change.source, unmatched)
    return unmatched
  }

  /** What of a source's closure names nothing on these roads. */
  unmatchedOf(source: string): Unmatched {
    return this.#unmatched.get(source) ?? ALL_MATCHED
  }

  /** A place closes the road that is nearest for anybody, open or not. */
  #edgesOf(change: Extract<RoadChange, { kind: 'close' }>): { edges: number[]; unmatched: Unmatched } {
    const { graph, grid } = this.city
    const edges: number[] = []
    const [codes, places]: [string[], Place[]] = [[], []]
    for (const code of change.codes) {
      const named = this.city.edgesOf(code)
      if (named === undefined) codes.push(code)
      else for (const edge of named) edges.push(edge)
    }
    for (const place of change.places) {
      const snap = grid.nearest({ longitude: place[0], latitude: place[1] }, CLOSE_WITHIN_METRES, () => true)
      if (snap === undefined) places.push(place)
      else edges.push(graph.along[snap.stretch]!, graph.against[snap.stretch]!)
    }
    return { edges: edges.filter((edge) => edge >= 0), unmatched: { codes, places } }
  }
}

const ALL_MATCHED: Unmatched = { codes: [], places: [] }
