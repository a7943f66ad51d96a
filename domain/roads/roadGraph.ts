import type { Names } from '../ids'

/**
 * The one road graph of a city. Nodes are the places where roads meet or end; a stretch is the piece of one road
 * between two nodes, with its geometry; an edge is a stretch in one direction. Edges lie in the order of the node they
 * leave (CSR), nodes along a Hilbert curve, so that a search reads memory near where it read before. Positions are
 * 1e-7 degrees in Int32 (1 cm), as OpenStreetMap stores them.
 */
export interface RoadGraph {
  /** Edges that leave node `n` are `firstOut[n]` up to `firstOut[n + 1]`. */
  readonly firstOut: Int32Array
  /** Node that an edge reaches, node that it leaves, its stretch. */
  readonly head: Int32Array
  readonly tail: Int32Array
  readonly edgeStretch: Int32Array
  /** 1 where an edge runs against the geometry of its stretch. */
  readonly edgeAgainst: Uint8Array
  /** Who may use an edge: bits of `VEHICLES`. */
  readonly edgeAccess: Uint8Array
  /** Edges that reach node `n` are `inEdge[firstIn[n]]` up to `inEdge[firstIn[n + 1]]`. */
  readonly firstIn: Int32Array
  readonly inEdge: Int32Array
  readonly nodeLongitude: Int32Array
  readonly nodeLatitude: Int32Array
  /** Edge along and edge against the geometry of a stretch; -1 where there is none. */
  readonly along: Int32Array
  readonly against: Int32Array
  /** Metres on the ellipsoid. */
  readonly metres: Float32Array
  /** Index into ROAD_CLASSES. */
  readonly roadClass: Uint8Array
  /** Bits of `STRETCH_FLAGS`. */
  readonly flags: Uint8Array
  readonly layer: Int8Array
  /** Carriageway, metres; 0 where it is not known. */
  readonly width: Float32Array
  /** km/h; 0 where none is known. */
  readonly speedLimit: Uint8Array
  /** Index into `codes`: the road that the stretch is a piece of. */
  readonly road: Int32Array
  /** Index into `names`; -1 for a road without name and number. */
  readonly nameOf: Int32Array
  /** Vertices of stretch `s` are `firstVertex[s]` up to `firstVertex[s + 1]`; longitude and latitude in 1e-7 degrees. */
  readonly firstVertex: Int32Array
  readonly vertexLongitude: Int32Array
  readonly vertexLatitude: Int32Array
  /** Pairs of edges that nobody on wheels may go from and to, sorted by the first. */
  readonly turnFrom: Int32Array
  readonly turnTo: Int32Array
  /** Component code of each road. */
  readonly codes: readonly string[]
  readonly names: readonly RoadName[]
}

export interface RoadName {
  readonly name?: Names
  readonly ref?: string
}

export const STRETCH_FLAGS = { bridge: 1, tunnel: 2, underpass: 4, roundabout: 8 } as const

/** Who moves on roads; the index is the bit of `edgeAccess`. */
export const VEHICLES = ['car', 'fireEngine', 'foot'] as const
export type Vehicle = (typeof VEHICLES)[number]
export const vehicleBit = (vehicle: Vehicle): number => 1 << VEHICLES.indexOf(vehicle)

/** Positions are stored in units of this many to a degree. */
export const UNITS_PER_DEGREE = 1e7

export const nodeCount = (graph: RoadGraph): number => graph.firstOut.length - 1
export const edgeCount = (graph: RoadGraph): number => graph.head.length
export const stretchCount = (graph: RoadGraph): number => graph.metres.length

/** The same stretch in the other direction; -1 on a one-way road. */
export function twinOf(graph: RoadGraph, edge: number): number {
  const stretch = graph.edgeStretch[edge]!
  return graph.edgeAgainst[edge] === 1 ? graph.along[stretch]! : graph.against[stretch]!
}
