import type { Place } from '@/domain/api/roads'
import { LiveRoads, edgesOfRoad } from '@/domain/roads/liveRoads'
import { mainNetwork } from '@/domain/roads/mainNetwork'
import type { RoadGraph, Vehicle } from '@/domain/roads/roadGraph'
import { RoadSearch } from '@/domain/roads/roadSearch'
import type { RoadsNow } from '@/domain/roads/roadTimes'
import { passableEdges } from '@/domain/roads/snapEnds'
import { StretchGrid } from '@/domain/roads/stretchGrid'
import type { Snap } from '@/domain/roads/stretchGrid'
import type { RoadChange } from './threadMessages'

/** A city's graph with what is made of it once: the index of its stretches and the main network of each vehicle. */
export class CityRoads {
  readonly graph: RoadGraph
  readonly grid: StretchGrid
  readonly search: RoadSearch
  readonly #networks = new Map<Vehicle, Uint8Array>()

  constructor(graph: RoadGraph) {
    this.graph = graph
    this.grid = new StretchGrid(graph)
    this.search = new RoadSearch(graph)
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

  constructor(city: CityRoads) {
    this.city = city
    this.live = new LiveRoads(city.graph)
  }

  now(vehicle: Vehicle): RoadsNow {
    return { graph: this.city.graph, weights: this.live.weights(vehicle), search: this.city.search }
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

  apply(change: RoadChange): void {
    if (change.kind === 'reopen') this.live.reopen(change.source)
    else this.live.close({ source: change.source, reason: change.reason, edges: this.#edgesOf(change) })
  }

  /** A place closes the road that is nearest for anybody, open or not. */
  #edgesOf({ codes, places }: Extract<RoadChange, { kind: 'close' }>): number[] {
    const { graph, grid } = this.city
    const edges = codes.flatMap((code) => edgesOfRoad(graph, code))
    for (const [longitude, latitude] of places) {
      const snap = grid.nearest({ longitude, latitude }, CLOSE_WITHIN_METRES, () => true)
      if (snap !== undefined) edges.push(graph.along[snap.stretch]!, graph.against[snap.stretch]!)
    }
    return edges.filter((edge) => edge >= 0)
  }
}
