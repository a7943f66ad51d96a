import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { CityManifest } from '@/domain/city/manifest'
import type { Names } from '@/domain/ids'
import { decodeGraph } from '@/domain/roads/graphCodec'
import { STRETCH_FLAGS, stretchCount, UNITS_PER_DEGREE } from '@/domain/roads/roadGraph'
import type { RoadGraph } from '@/domain/roads/roadGraph'
import { cellAt, COVER } from '@/workers/models/flood/city/cityGround'
import type { CityGround } from '@/workers/models/flood/city/cityGround'
import { paintLine } from './paintCells'

/** A house whose door somebody stands at. */
export interface Door {
  readonly code: string
  readonly longitude: number
  readonly latitude: number
  readonly residents: number
}

/** A piece of a road between two meetings, on the ground: bridges and tunnels are not among them. */
export interface Stretch {
  readonly code: string
  readonly name: Names | undefined
  /** Degrees, vertex by vertex. */
  readonly line: readonly (readonly [number, number])[]
}

/** Who and what a flood meets. */
export interface CityPlaces {
  readonly doors: readonly Door[]
  readonly stretches: readonly Stretch[]
}

const Building = z.object({
  code: z.string(),
  residents: z.number().optional(),
  centre: z.tuple([z.number(), z.number()]),
})

/** Houses with residents, and roads on the ground, from a city package. */
export async function readCityPlaces(folder: string): Promise<CityPlaces> {
  const manifest = CityManifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  const doors: Door[] = []
  const lines = createInterface({ input: createReadStream(join(folder, manifest.buildings.attributes)) })
  for await (const line of lines) {
    const { code, residents = 0, centre } = Building.parse(JSON.parse(line))
    doors.push({ code, residents, longitude: centre[0], latitude: centre[1] })
  }
  const graph = decodeGraph(new Uint8Array(await readFile(join(folder, manifest.roads.graph))))
  return { doors, stretches: stretchesOf(graph) }
}

function stretchesOf(graph: RoadGraph): Stretch[] {
  const stretches: Stretch[] = []
  const above = STRETCH_FLAGS.bridge | STRETCH_FLAGS.tunnel
  for (let s = 0; s < stretchCount(graph); s++) {
    if ((graph.flags[s]! & above) !== 0) continue
    const line: [number, number][] = []
    for (let v = graph.firstVertex[s]!; v < graph.firstVertex[s + 1]!; v++)
      line.push([graph.vertexLongitude[v]! / UNITS_PER_DEGREE, graph.vertexLatitude[v]! / UNITS_PER_DEGREE])
    const name = graph.nameOf[s]! < 0 ? undefined : graph.names[graph.nameOf[s]!]?.name
    stretches.push({ code: graph.codes[graph.road[s]!]!, name, line })
  }
  return stretches
}

/** Cells of a grid on which the places lie. */
export interface PlacedPlaces {
  /** The nearest cell outside houses by door; -1 off the grid. */
  readonly doorCell: Int32Array
  readonly stretchCells: readonly Int32Array[]
}

/** A door is looked for this many cells around the middle of its house. */
const DOOR_CELLS = 4

export function placeOn(ground: CityGround, { doors, stretches }: CityPlaces): PlacedPlaces {
  return {
    doorCell: Int32Array.from(doors, (door) => doorCellOf(ground, door)),
    stretchCells: stretches.map(({ line }) => {
      const cells: number[] = []
      paintLine(ground, line, (cell) => cells.push(cell))
      return Int32Array.from(cells)
    }),
  }
}

function doorCellOf(ground: CityGround, { longitude, latitude }: Door): number {
  const middle = cellAt(ground, [longitude, latitude])
  if (middle === undefined) return -1
  const { columns, rows, cover } = ground
  const [i, j] = [middle % columns, Math.floor(middle / columns)]
  const isOpen = (x: number, y: number): boolean => {
    const inside = x >= 0 && x < columns && y >= 0 && y < rows
    return inside && cover[y * columns + x] !== COVER.roof
  }
  for (let ring = 0; ring <= DOOR_CELLS; ring++) {
    const open = squareOf(ring).find(([right, down]) => isOpen(i + right, j + down))
    if (open !== undefined) return (j + open[1]) * columns + i + open[0]
  }
  return middle
}

/** Steps to every cell of a square of that half side, row by row from its first corner. */
function squareOf(half: number): [right: number, down: number][] {
  const side = 2 * half + 1
  return Array.from({ length: side * side }, (_, no) => [(no % side) - half, Math.floor(no / side) - half])
}
