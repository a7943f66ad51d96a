import { metresPerDegree } from '../geodesy/metresPerDegree'
import { outlineOf } from './cellOutline'
import type { Corner } from './cellOutline'
import { partLine } from './partLine'
import type { Position } from './partLine'
import type { RoadGraph } from './roadGraph'
import type { RoutePart } from './route'

/** GeoJSON coordinates of a multipolygon: rings closed, outer counterclockwise. */
export type AreaCoordinates = Position[][][]

const LEAST_CELL_METRES = 25
const MOST_CELLS = 400_000
const LEAST_HOLE_CELLS = 12

/**
 * The ground within about one and a half cells of the given parts of roads. Cells are 25 m wide and grow with the
 * area; smaller gaps between roads are filled. It is a picture of what the roads reach, not more exact than its cells.
 */
export function sweptArea(graph: RoadGraph, parts: readonly RoutePart[]): AreaCoordinates {
  const lines = parts.map((part) => partLine(graph, part))
  const frame = frameOf(lines)
  if (frame === undefined) return []
  const marked = new Uint8Array(frame.columns * frame.rows)
  for (const line of lines) markLine(line, frame, marked)
  const toDegrees = ([x, y]: Corner): Position => [
    round7(frame.west + x * frame.width),
    round7(frame.south + y * frame.height),
  ]
  const closed = (ring: readonly Corner[]): Position[] => [...ring, ring[0]!].map(toDegrees)
  return outlineOf({ ...frame, marked }, LEAST_HOLE_CELLS).map(({ outer, holes }) => [outer, ...holes].map(closed))
}

interface Frame {
  readonly west: number
  readonly south: number
  /** Cell size, degrees. */
  readonly width: number
  readonly height: number
  readonly columns: number
  readonly rows: number
}

function frameOf(lines: readonly (readonly Position[])[]): Frame | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const line of lines) {
    for (const [x, y] of line) {
      ;[west, east] = [Math.min(west, x), Math.max(east, x)]
      ;[south, north] = [Math.min(south, y), Math.max(north, y)]
    }
  }
  if (west > east) return undefined
  const scale = metresPerDegree((south + north) / 2)
  const [wide, high] = [(east - west) * scale.longitude, (north - south) * scale.latitude]
  const side = Math.max(LEAST_CELL_METRES, Math.sqrt((wide * high) / MOST_CELLS), Math.max(wide, high) / 20_000)
  const [width, height] = [side / scale.longitude, side / scale.latitude]
  // Two cells of margin: the swept ground never touches the rim.
  const columns = Math.floor((east - west) / width) + 5
  const rows = Math.floor((north - south) / height) + 5
  return { west: west - 2 * width, south: south - 2 * height, width, height, columns, rows }
}

/** Marks the cells on a line and their eight neighbours. */
function markLine(line: readonly Position[], frame: Frame, marked: Uint8Array): void {
  const { west, south, width, height, columns } = frame
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = [(line[i - 1]![0] - west) / width, (line[i - 1]![1] - south) / height]
    const [bx, by] = [(line[i]![0] - west) / width, (line[i]![1] - south) / height]
    const steps = Math.max(1, Math.ceil(2 * Math.max(Math.abs(bx - ax), Math.abs(by - ay))))
    for (let step = 0; step <= steps; step++) {
      const column = Math.floor(ax + ((bx - ax) * step) / steps)
      const row = Math.floor(ay + ((by - ay) * step) / steps)
      for (let y = row - 1; y <= row + 1; y++) marked.fill(1, y * columns + column - 1, y * columns + column + 2)
    }
  }
}

const round7 = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
