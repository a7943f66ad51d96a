import type { LonLat } from '../geodesy/coordinateSystem'
import { metresPerDegree } from '../geodesy/metresPerDegree'
import { UNITS_PER_DEGREE, stretchCount } from './roadGraph'
import type { RoadGraph } from './roadGraph'

/** A place on a stretch. */
export interface Snap {
  readonly stretch: number
  /** Share of the stretch's length before the place, along its geometry, 0 to 1. */
  readonly fraction: number
  readonly longitude: number
  readonly latitude: number
  /** From the place that was asked to the road, metres. */
  readonly offRoadMetres: number
}

const SEGMENTS_PER_CELL = 3
const MOST_CELLS = 4_000_000
const LEAST_CELL_METRES = 25

interface Hit {
  segment: number
  share: number
  metres: number
}

/** Segments of all stretches in a packed grid of cells: finds the nearest road without looking at the rest. */
export class StretchGrid {
  readonly #graph: RoadGraph
  readonly #stretchOf: Int32Array
  readonly #west: number
  readonly #south: number
  /** Cell size in units of 1e-7 degrees. */
  readonly #width: number
  readonly #height: number
  readonly #columns: number
  readonly #rows: number
  readonly #first: Int32Array
  readonly #segments: Int32Array

  constructor(graph: RoadGraph) {
    this.#graph = graph
    this.#stretchOf = stretchOfVertex(graph)
    const [west, east] = extent(graph.vertexLongitude)
    const [south, north] = extent(graph.vertexLatitude)
    this.#west = west
    this.#south = south
    const scale = metresPerDegree((south + north) / 2 / UNITS_PER_DEGREE)
    const wide = ((east - west) * scale.longitude) / UNITS_PER_DEGREE
    const high = ((north - south) * scale.latitude) / UNITS_PER_DEGREE
    const cells = Math.min(MOST_CELLS, Math.max(1, graph.vertexLongitude.length / SEGMENTS_PER_CELL))
    const side = Math.max(LEAST_CELL_METRES, Math.sqrt((wide * high) / cells), Math.max(wide, high) / cells)
    this.#width = Math.ceil((side / scale.longitude) * UNITS_PER_DEGREE)
    this.#height = Math.ceil((side / scale.latitude) * UNITS_PER_DEGREE)
    this.#columns = Math.floor((east - west) / this.#width) + 1
    this.#rows = Math.floor((north - south) / this.#height) + 1
    this.#first = new Int32Array(this.#columns * this.#rows + 1)
    this.#segments = this.#fill()
  }

  /** The nearest place on an accepted stretch, at most `withinMetres` away. */
  nearest(place: LonLat, withinMetres: number, accepts: (stretch: number) => boolean): Snap | undefined {
    const scale = metresPerDegree(place.latitude)
    const [x, y] = [place.longitude * UNITS_PER_DEGREE, place.latitude * UNITS_PER_DEGREE]
    const column = Math.floor((x - this.#west) / this.#width)
    const row = Math.floor((y - this.#south) / this.#height)
    const cellMetres = Math.min(this.#width * scale.longitude, this.#height * scale.latitude) / UNITS_PER_DEGREE
    if (!Number.isFinite(column) || !Number.isFinite(row) || !(cellMetres > 0)) return undefined
    const best: Hit = { segment: -1, share: 0, metres: withinMetres }
    const look = (cell: number): void => {
      for (let i = this.#first[cell]!; i < this.#first[cell + 1]!; i++) {
        const segment = this.#segments[i]!
        const hit = this.#foot(segment, { x, y, scale })
        if (hit.metres <= best.metres && hit.metres < Infinity && accepts(this.#stretchOf[segment]!)) {
          if (hit.metres < best.metres || best.segment < 0 || segment < best.segment) Object.assign(best, hit)
        }
      }
    }
    // What lies beyond ring r is at least r cells away.
    for (let ring = 0; ; ring++) {
      this.#ring(column, row, { ring, look })
      if (ring * cellMetres > best.metres || this.#isBeyond(column, row, ring)) break
    }
    return best.segment < 0 ? undefined : this.#snap(best, scale)
  }

  #fill(): Int32Array {
    const { vertexLongitude } = this.#graph
    const each = (visit: (cell: number, segment: number) => void): void => {
      for (let vertex = 0; vertex + 1 < vertexLongitude.length; vertex++) {
        if (this.#stretchOf[vertex] === this.#stretchOf[vertex + 1]) this.#cellsOf(vertex, visit)
      }
    }
    each((cell) => this.#first[cell + 1]!++)
    for (let cell = 0; cell + 1 < this.#first.length; cell++) this.#first[cell + 1]! += this.#first[cell]!
    const next = this.#first.slice()
    const segments = new Int32Array(this.#first.at(-1)!)
    each((cell, segment) => (segments[next[cell]!++] = segment))
    return segments
  }

  #cellsOf(segment: number, visit: (cell: number, segment: number) => void): void {
    const { vertexLongitude: lon, vertexLatitude: lat } = this.#graph
    const columnOf = (x: number): number => Math.floor((x - this.#west) / this.#width)
    const rowOf = (y: number): number => Math.floor((y - this.#south) / this.#height)
    const [a, b] = [columnOf(lon[segment]!), columnOf(lon[segment + 1]!)]
    const [c, d] = [rowOf(lat[segment]!), rowOf(lat[segment + 1]!)]
    for (let row = Math.min(c, d); row <= Math.max(c, d); row++) {
      for (let column = Math.min(a, b); column <= Math.max(a, b); column++) visit(row * this.#columns + column, segment)
    }
  }

  /** The cells at this distance of a place's own cell, as far as they are in the grid. */
  #ring(column: number, row: number, { ring, look }: { ring: number; look: (cell: number) => void }): void {
    const lookIn = (x: number, y: number): void => {
      if (x >= 0 && x < this.#columns) look(y * this.#columns + x)
    }
    for (let y = Math.max(row - ring, 0); y <= Math.min(row + ring, this.#rows - 1); y++) {
      if (y === row - ring || y === row + ring) {
        const right = Math.min(column + ring, this.#columns - 1)
        for (let x = Math.max(column - ring, 0); x <= right; x++) look(y * this.#columns + x)
      } else {
        lookIn(column - ring, y)
        lookIn(column + ring, y)
      }
    }
  }

  #isBeyond(column: number, row: number, ring: number): boolean {
    const farColumn = Math.max(column, this.#columns - 1 - column)
    const farRow = Math.max(row, this.#rows - 1 - row)
    return ring > Math.max(farColumn, farRow)
  }

  /** The foot of the perpendicular from a place to a segment. */
  #foot(segment: number, { x, y, scale }: { x: number; y: number; scale: Scale }): Hit {
    const { vertexLongitude: lon, vertexLatitude: lat } = this.#graph
    const [kx, ky] = [scale.longitude / UNITS_PER_DEGREE, scale.latitude / UNITS_PER_DEGREE]
    const dx = (lon[segment + 1]! - lon[segment]!) * kx
    const dy = (lat[segment + 1]! - lat[segment]!) * ky
    const [px, py] = [(x - lon[segment]!) * kx, (y - lat[segment]!) * ky]
    const square = dx * dx + dy * dy
    const share = square === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square))
    return { segment, share, metres: Math.hypot(px - share * dx, py - share * dy) }
  }

  #snap({ segment, share, metres }: Hit, scale: Scale): Snap {
    const { vertexLongitude: lon, vertexLatitude: lat, firstVertex } = this.#graph
    const stretch = this.#stretchOf[segment]!
    let [before, whole] = [0, 0]
    for (let vertex = firstVertex[stretch]!; vertex + 1 < firstVertex[stretch + 1]!; vertex++) {
      const length = Math.hypot(
        (lon[vertex + 1]! - lon[vertex]!) * scale.longitude,
        (lat[vertex + 1]! - lat[vertex]!) * scale.latitude,
      )
      if (vertex < segment) before += length
      if (vertex === segment) before += length * share
      whole += length
    }
    return {
      stretch,
      fraction: whole === 0 ? 0 : Math.min(1, before / whole),
      longitude: (lon[segment]! + share * (lon[segment + 1]! - lon[segment]!)) / UNITS_PER_DEGREE,
      latitude: (lat[segment]! + share * (lat[segment + 1]! - lat[segment]!)) / UNITS_PER_DEGREE,
      offRoadMetres: metres,
    }
  }
}

type Scale = ReturnType<typeof metresPerDegree>

function stretchOfVertex(graph: RoadGraph): Int32Array {
  const owner = new Int32Array(graph.vertexLongitude.length)
  for (let stretch = 0; stretch < stretchCount(graph); stretch++) {
    owner.fill(stretch, graph.firstVertex[stretch], graph.firstVertex[stretch + 1])
  }
  return owner
}

function extent(values: Int32Array): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return low > high ? [0, 0] : [low, high]
}
