import type { Names } from '@/domain/ids'

/** What lies on a cell, as far as water cares. */
export const COVER = {
  open: 0,
  street: 1,
  paved: 2,
  green: 3,
  farm: 4,
  forest: 5,
  river: 6,
  still: 7,
  roof: 8,
} as const
export type Cover = (typeof COVER)[keyof typeof COVER]

/** Where a grid in degrees lies: centre of its south-west cell, and steps, degrees. */
export interface GridPlace {
  readonly west: number
  readonly south: number
  readonly stepLongitude: number
  readonly stepLatitude: number
}

/** Inlets of one catchment lead to the sump of one pump station; `network` names both. */
export interface CityInlet {
  readonly cell: number
  readonly network: string
  /** What it swallows under a decimetre of water, m3/s. */
  readonly capacity_m3s: number
}

export interface CatchmentPumps {
  readonly network: string
  readonly code: string
  readonly name: Names
  readonly capacity_m3s: number
  /** What the pipes of the catchment hold, m3. */
  readonly storage_m3: number
}

export interface CityUnderpass {
  readonly code: string
  readonly name: Names
  readonly longitude: number
  readonly latitude: number
  /** Its lowest cell. */
  readonly cell: number
  readonly pump_m3s: number
}

/** A city as the flood model sees it. Arrays are dense, row 0 in the south. */
export interface CityGround {
  readonly columns: number
  readonly rows: number
  readonly cellSize_m: number
  readonly place: GridPlace
  readonly height_m: Float32Array
  /** One of COVER by cell. */
  readonly cover: Uint8Array
  /** Level of rivers and lakes at rest, m; NaN on land. */
  readonly level_m: Float32Array
  readonly inlets: readonly CityInlet[]
  readonly pumps: readonly CatchmentPumps[]
  readonly underpasses: readonly CityUnderpass[]
}

/** Row and column of a place; undefined outside the grid. */
export function cellAt(
  ground: Pick<CityGround, 'columns' | 'rows' | 'place'>,
  at: readonly [number, number],
): number | undefined {
  const { west, south, stepLongitude, stepLatitude } = ground.place
  const column = Math.round((at[0] - west) / stepLongitude)
  const row = Math.round((at[1] - south) / stepLatitude)
  if (column < 0 || row < 0 || column >= ground.columns || row >= ground.rows) return undefined
  return row * ground.columns + column
}
