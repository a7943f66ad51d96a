import { VEHICLES, edgeCount, stretchCount } from './roadGraph'
import type { RoadGraph, Vehicle } from './roadGraph'
import { DEPTH_LIMIT, freeFlowSeconds, freeKmh, wetKmh } from './vehicleRules'

/** Why edges are closed; `source` is the one who closed them and may open them again. */
export interface Closure {
  readonly source: string
  readonly reason: string
  readonly edges: readonly number[]
}

/**
 * What holds on the roads now: closures, measured travel times and water, and the seconds per edge that follow from
 * them. A change is in the weights when its call returns. Not kept: whoever knows the facts tells them again after a start.
 */
export class LiveRoads {
  readonly #graph: RoadGraph
  readonly #free: Readonly<Record<Vehicle, Float32Array>>
  readonly #live: Readonly<Record<Vehicle, Float32Array>>
  readonly #closures = new Map<string, Closure>()
  /** How many closures hold each edge. */
  readonly #closed: Uint16Array
  /** Measured seconds of the traffic; 0 where nothing was measured. */
  readonly #measured: Float32Array
  readonly #depth: Float32Array
  #version = 0

  constructor(graph: RoadGraph) {
    this.#graph = graph
    const each = (make: (vehicle: Vehicle) => Float32Array): Record<Vehicle, Float32Array> => ({
      car: make('car'),
      fireEngine: make('fireEngine'),
      foot: make('foot'),
    })
    this.#free = each((vehicle) => freeFlowSeconds(graph, vehicle))
    this.#live = each((vehicle) => this.#free[vehicle].slice())
    this.#closed = new Uint16Array(edgeCount(graph))
    this.#measured = new Float32Array(edgeCount(graph))
    this.#depth = new Float32Array(stretchCount(graph))
  }

  /** Grows by one with every change. */
  get version(): number {
    return this.#version
  }

  get closures(): readonly Closure[] {
    return [...this.#closures.values()]
  }

  get closedEdges(): number {
    return this.#closed.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  }

  get measuredEdges(): number {
    return this.#measured.reduce((sum, seconds) => sum + (seconds > 0 ? 1 : 0), 0)
  }

  get wetStretches(): number {
    return this.#depth.reduce((sum, metres) => sum + (metres > 0 ? 1 : 0), 0)
  }

  /** Seconds per edge as of now, Infinity where the vehicle cannot pass. Changes in place with the state. */
  weights(vehicle: Vehicle): Float32Array {
    return this.#live[vehicle]
  }

  /** Seconds per edge of empty, dry, open roads. */
  freeFlow(vehicle: Vehicle): Float32Array {
    return this.#free[vehicle]
  }

  /** Closes edges; what the same source closed before is replaced. @throws RangeError for an edge that is not there. */
  close(closure: Closure): void {
    const edges = [...new Set(closure.edges)]
    for (const edge of edges) this.#mustExist(edge)
    const before = this.#closures.get(closure.source)?.edges ?? []
    for (const edge of before) this.#closed[edge]!--
    for (const edge of edges) this.#closed[edge]!++
    this.#closures.set(closure.source, { ...closure, edges })
    for (const edge of before) this.#update(edge)
    for (const edge of edges) this.#update(edge)
    this.#version++
  }

  /** Takes back what a source closed. An edge that another source holds stays closed. */
  reopen(source: string): boolean {
    const closure = this.#closures.get(source)
    if (closure === undefined) return false
    this.#closures.delete(source)
    for (const edge of closure.edges) this.#closed[edge]!--
    for (const edge of closure.edges) this.#update(edge)
    this.#version++
    return true
  }

  /** Why an edge is closed; empty where nobody closed it. */
  reasonsOf(edge: number): readonly Closure[] {
    return this.#closed[edge] === 0 ? [] : this.closures.filter((closure) => closure.edges.includes(edge))
  }

  /** Measured seconds to pass edges, for everything on wheels, in place of all that were measured. @throws RangeError */
  setMeasured(measured: ReadonlyMap<number, number>): void {
    for (const [edge, seconds] of measured) {
      this.#mustExist(edge)
      if (!(seconds > 0 && seconds < Infinity)) throw new RangeError(`No travel time: ${String(seconds)} s.`)
    }
    let changed = false
    for (let edge = 0; edge < this.#measured.length; edge++) {
      const seconds = Math.fround(measured.get(edge) ?? 0)
      if (seconds === this.#measured[edge]) continue
      this.#measured[edge] = seconds
      this.#update(edge)
      changed = true
    }
    if (changed) this.#version++
  }

  /** Water on each stretch, metres, 0 for dry; one value per stretch. @throws RangeError for another number of values. */
  setDepths(depths: Float32Array): void {
    if (depths.length !== this.#depth.length) {
      throw new RangeError(`${depths.length} depths for ${this.#depth.length} stretches.`)
    }
    let changed = false
    for (let stretch = 0; stretch < depths.length; stretch++) {
      if (depths[stretch] === this.#depth[stretch]) continue
      changed = true
      this.#depth[stretch] = depths[stretch]!
      for (const edge of [this.#graph.along[stretch]!, this.#graph.against[stretch]!]) if (edge >= 0) this.#update(edge)
    }
    if (changed) this.#version++
  }

  #mustExist(edge: number): void {
    if (this.#closed[edge] === undefined) throw new RangeError(`There is no edge ${edge}.`)
  }

  #update(edge: number): void {
    for (const vehicle of VEHICLES) this.#live[vehicle][edge] = this.#secondsOf(edge, vehicle)
  }

  #secondsOf(edge: number, vehicle: Vehicle): number {
    const free = this.#free[vehicle][edge]!
    if (this.#closed[edge]! > 0 || free === Infinity) return Infinity
    const stretch = this.#graph.edgeStretch[edge]!
    const depth = this.#depth[stretch]!
    if (depth > DEPTH_LIMIT[vehicle]) return Infinity
    const slowed = Math.max(1, freeKmh(this.#graph, stretch, vehicle) / wetKmh(depth, vehicle))
    const measured = vehicle === 'foot' ? 0 : this.#measured[edge]!
    return Math.max(measured > 0 ? measured : free, free * slowed)
  }
}

/** All edges of each road by its component code: what a closed street closes. */
export function edgesByRoad(graph: RoadGraph): ReadonlyMap<string, readonly number[]> {
  const lists: number[][] = graph.codes.map(() => [])
  for (const [stretch, road] of graph.road.entries()) {
    for (const edge of [graph.along[stretch]!, graph.against[stretch]!]) if (edge >= 0) lists[road]!.push(edge)
  }
  return new Map(graph.codes.map((code, road) => [code, lists[road]!]))
}
