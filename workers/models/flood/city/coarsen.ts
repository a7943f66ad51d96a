import { COVER } from './cityGround'
import type { CityGround } from './cityGround'

/**
 * The same city on cells of `factor` times the side: mean heights, the cover of the middle cell, the pumps where they
 * were. An underpass keeps its own depth: its cell has the height of its sag.
 */
export function coarsen(ground: CityGround, factor: number): CityGround {
  if (factor === 1) return ground
  const columns = Math.floor(ground.columns / factor)
  const rows = Math.floor(ground.rows / factor)
  const to = (cell: number): number => {
    const i = Math.min(columns - 1, Math.floor((cell % ground.columns) / factor))
    const j = Math.min(rows - 1, Math.floor(Math.floor(cell / ground.columns) / factor))
    return j * columns + i
  }
  const height = new Float32Array(columns * rows)
  const cover = new Uint8Array(columns * rows)
  const level = new Float32Array(columns * rows)
  for (let j = 0, cell = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, cell++) {
      const middle = (j * factor + (factor >> 1)) * ground.columns + i * factor + (factor >> 1)
      height[cell] = meanHeight(ground, i * factor, j * factor, factor)
      // Roofs of coarse cells would wall off streets that pass between houses.
      cover[cell] = ground.cover[middle] === COVER.roof ? COVER.paved : ground.cover[middle]!
      level[cell] = ground.level_m[middle]!
    }
  }
  const underpasses = ground.underpasses.map((one) => ({ ...one, cell: to(one.cell) }))
  for (const [k, { cell }] of underpasses.entries()) {
    height[cell] = ground.height_m[ground.underpasses[k]!.cell]!
    if (cover[cell] === COVER.river) cover[cell] = COVER.street
    level[cell] = Number.NaN
  }
  const step = { longitude: ground.place.stepLongitude, latitude: ground.place.stepLatitude }
  return {
    columns,
    rows,
    cellSize_m: ground.cellSize_m * factor,
    place: {
      west: ground.place.west + ((factor - 1) / 2) * step.longitude,
      south: ground.place.south + ((factor - 1) / 2) * step.latitude,
      stepLongitude: step.longitude * factor,
      stepLatitude: step.latitude * factor,
    },
    height_m: height,
    cover,
    level_m: level,
    inlets: ground.inlets.map((inlet) => ({ ...inlet, cell: to(inlet.cell) })),
    pumps: ground.pumps,
    underpasses,
  }
}

function meanHeight({ height_m, columns }: CityGround, i: number, j: number, factor: number): number {
  let sum = 0
  for (let y = 0; y < factor; y++) for (let x = 0; x < factor; x++) sum += height_m[(j + y) * columns + i + x]!
  return sum / factor ** 2
}
