import { MOST_RAIN_MMH, OUTSIDE_BELOW_M } from './input'
import type { FloodInput, FloodRefusal, RainField, RainRaster, Series, Structure } from './input'

const MOST_RELIEF_M = 1900
/** Below the outer wall of 2 000 m: what stands higher would flow through it, and 2 048 m no longer fit a whole number. */
const MOST_LEVEL_M = 1990
const MOST_RECORD_LINE_CM = 100_000
const MOST_CELLS = 40_000_000

/** The first reason why no run can be made of this; undefined when one can. */
export function checkInput(input: FloodInput): FloodRefusal | undefined {
  return (
    checkShape(input) ??
    checkSteps(input) ??
    checkTerrain(input) ??
    checkFields(input) ??
    checkLevels(input) ??
    checkRain(input) ??
    checkStructures(input) ??
    checkHeldLevels(input)
  )
}

function checkShape({ columns, rows, bed_m }: FloodInput): FloodRefusal | undefined {
  if (!Number.isInteger(columns) || !Number.isInteger(rows) || columns < 1 || rows < 1)
    return { code: 'badShape', field: 'columns, rows', value: `${columns} x ${rows}` }
  if (columns * rows > MOST_CELLS) return { code: 'tooLarge', field: 'columns, rows', value: columns * rows }
  if (bed_m.length === 0) return { code: 'noTerrain', field: 'bed_m' }
  if (bed_m.length !== columns * rows) return { code: 'badShape', field: 'bed_m', value: bed_m.length }
  return undefined
}

function checkSteps({ cellSize_m, interval_s = 5, recordLine_cm = 0 }: FloodInput): FloodRefusal | undefined {
  if (!(cellSize_m > 0 && cellSize_m <= 1000)) return { code: 'outOfRange', field: 'cellSize_m', value: cellSize_m }
  if (!(interval_s > 0 && interval_s <= 600)) return { code: 'outOfRange', field: 'interval_s', value: interval_s }
  if (!(recordLine_cm >= 0 && recordLine_cm <= MOST_RECORD_LINE_CM))
    return { code: 'outOfRange', field: 'recordLine_cm', value: recordLine_cm }
  return undefined
}

/** Level of quantum zero, m: the floor of the lowest terrain. */
export const datumOf = (bed: Float32Array): number => Math.floor(reliefOf(bed).lowest)

export const isOutside = (bed: number): boolean => !(bed > OUTSIDE_BELOW_M)

/** Lowest and highest terrain, m; infinities when there is none. */
export function reliefOf(bed: Float32Array): { lowest: number; highest: number } {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const z of bed) {
    if (isOutside(z)) continue
    if (z < lowest) lowest = z
    if (z > highest) highest = z
  }
  return { lowest, highest }
}

function checkTerrain({ bed_m }: FloodInput): FloodRefusal | undefined {
  const { lowest, highest } = reliefOf(bed_m)
  if (lowest === Number.POSITIVE_INFINITY) return { code: 'noTerrain', field: 'bed_m' }
  if (!(highest - lowest <= MOST_RELIEF_M)) return { code: 'reliefTooHigh', field: 'bed_m', value: highest - lowest }
  return undefined
}

const FIELDS = [
  ['manning', 0.005, 1],
  ['depth_m', 0, 500],
  ['conductivity_mmh', 0, 1000],
  ['suction_mm', 0, 2000],
  ['drain_mmh', 0, 1000],
] as const

function checkFields(input: FloodInput): FloodRefusal | undefined {
  for (const [field, least, most] of FIELDS) {
    const given = input[field]
    if (given === undefined) continue
    if (typeof given !== 'number' && given.length !== input.columns * input.rows)
      return { code: 'badShape', field, value: given.length }
    const bad = typeof given === 'number' ? [given].find(isBad) : given.find(isBad)
    if (bad !== undefined) return { code: 'outOfRange', field, value: bad }
    function isBad(value: number): boolean {
      return !(value >= least && value <= most)
    }
  }
  return undefined
}

/** Water that stands above the wall at the start. */
function checkLevels({ bed_m, depth_m }: FloodInput): FloodRefusal | undefined {
  if (depth_m === undefined) return undefined
  const most = datumOf(bed_m) + MOST_LEVEL_M
  const cell = depth_m.findIndex((depth, k) => !isOutside(bed_m[k]!) && bed_m[k]! + depth > most)
  return cell < 0 ? undefined : { code: 'levelTooHigh', field: 'depth_m', value: bed_m[cell]! + depth_m[cell]! }
}

/** Levels that structures set, m: within what whole numbers hold above and below the datum. */
function checkHeldLevels({ bed_m, structures = [] }: FloodInput): FloodRefusal | undefined {
  const datum = datumOf(bed_m)
  for (const structure of structures) {
    const levels = levelsOf(structure)
    const high = levels.find((level) => level - datum > MOST_LEVEL_M)
    if (high !== undefined) return { code: 'levelTooHigh', field: structure.id, value: high }
    const low = levels.find((level) => level - datum < -MOST_LEVEL_M)
    if (low !== undefined) return { code: 'outOfRange', field: structure.id, value: low }
  }
  return undefined
}

function levelsOf(structure: Structure): readonly number[] {
  if (structure.kind === 'level') return structure.level_m.map(([, level]) => level)
  return structure.kind === 'breach' ? [structure.bottom_m] : []
}

function checkRain({ rain = [], extremeRainConfirmed = false, columns, rows }: FloodInput): FloodRefusal | undefined {
  const most = extremeRainConfirmed ? 2000 : MOST_RAIN_MMH
  for (const [at, { from, rate_mmh }] of rain.entries()) {
    const field = `rain[${at}]`
    if (!Number.isFinite(from)) return { code: 'outOfRange', field: `${field}.from`, value: from }
    const values = ratesIn(rate_mmh)
    if (typeof rate_mmh !== 'number' && values.length !== postsOf(rate_mmh, columns * rows))
      return { code: 'badShape', field, value: values.length }
    const bad = values.find((value) => !(value >= 0 && value <= most))
    if (bad !== undefined) return { code: 'rainOutOfRange', field, value: bad }
  }
  return undefined
}

function ratesIn(rate: RainField['rate_mmh']): readonly number[] | Float32Array {
  if (typeof rate === 'number') return [rate]
  return 'rate_mmh' in rate ? rate.rate_mmh : rate
}

/** A field by cell has all of them; a raster has two posts each way at least. */
function postsOf(rate: Float32Array | RainRaster, cells: number): number {
  if (!('rate_mmh' in rate)) return cells
  return rate.columns >= 2 && rate.rows >= 2 ? rate.columns * rate.rows : -1
}

function checkStructures(input: FloodInput): FloodRefusal | undefined {
  const { structures = [], roofs } = input
  const ids = new Set<string>()
  const nodes = new Set(structures.filter(({ kind }) => kind === 'drainNode').map(({ id }) => id))
  for (const structure of structures) {
    if (ids.has(structure.id)) return { code: 'doubleId', field: 'structures', value: structure.id }
    ids.add(structure.id)
    const refusal = checkStructure(structure, input)
    if (refusal !== undefined) return refusal
    if (structure.kind === 'inlet' && !nodes.has(structure.node))
      return { code: 'unknownNode', field: structure.id, value: structure.node }
  }
  if (roofs === undefined) return undefined
  if (roofs.from.length !== roofs.to.length) return { code: 'badShape', field: 'roofs', value: roofs.to.length }
  const lost = [...roofs.from, ...roofs.to].find((cell) => !isInside(cell, input))
  return lost === undefined ? undefined : { code: 'cellOutside', field: 'roofs', value: lost }
}

function checkStructure(structure: Structure, input: FloodInput): FloodRefusal | undefined {
  const field = structure.id
  // Input may come from outside of the compiler's sight: a pump whose outfall was never entered.
  if (structure.kind === 'pump' && (structure.outfall as unknown) == null) return { code: 'pumpWithoutOutfall', field }
  const lost = cellsOf(structure).find((cell) => !isInside(cell, input))
  if (lost !== undefined) return { code: 'cellOutside', field, value: lost }
  const bad = numbersOf(structure).find((value) => !Number.isFinite(value) || Math.abs(value) > 1e6 || value <= -9000)
  return bad === undefined ? undefined : { code: 'outOfRange', field, value: bad }
}

function isInside(cell: number, { columns, rows, bed_m }: FloodInput): boolean {
  return Number.isInteger(cell) && cell >= 0 && cell < columns * rows && !isOutside(bed_m[cell]!)
}

const cellOf = (outfall: number | 'outside'): number[] => (outfall === 'outside' ? [] : [outfall])
const valuesOf = (series: Series): number[] => series.flatMap(([at, value]) => [at, value])

function cellsOf(structure: Structure): readonly number[] {
  switch (structure.kind) {
    case 'inflow':
    case 'freeOutflow':
    case 'level':
    case 'breach':
      return structure.cells
    case 'pump':
      return [structure.sump, ...cellOf(structure.outfall)]
    case 'culvert':
      return [structure.from, structure.to]
    case 'inlet':
      return [structure.cell]
    case 'drainNode':
      return cellOf(structure.outfall)
  }
}

function numbersOf(structure: Structure): readonly number[] {
  switch (structure.kind) {
    case 'inflow':
      return valuesOf(structure.flow_m3s)
    case 'freeOutflow':
      return []
    case 'level':
      return valuesOf(structure.level_m)
    case 'breach':
      return [structure.bottom_m, structure.begins, structure.seconds]
    case 'pump':
      return [structure.capacity_m3s, structure.on_m, structure.off_m]
    case 'culvert':
      return [structure.width_m, structure.invertFrom_m, structure.invertTo_m, ...valuesOf(structure.height_m)]
    case 'inlet':
      return [structure.perimeter_m, structure.area_m2, structure.blocked]
    case 'drainNode':
      return [structure.storage_m3, structure.pipe_m3s]
  }
}
