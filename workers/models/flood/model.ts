import { err, ok } from '@/domain/result'
import type { Result } from '@/domain/result'
import { checkInput, datumOf, isOutside } from './checkInput'
import { CompiledEngine } from './compiledEngine'
import { USUAL_SCHEME } from './engine'
import type { EngineStart } from './engine'
import { FloodRun } from './floodRun'
import type { FloodInput, FloodRefusal, Structure } from './input'
import type { FloodKernel } from './kernel'
import { fitsMemory, layOut, MOST_LEVEL, QUANTA, USUAL_TILES, WALL } from './layout'
import type { FloodLayout } from './layout'
import { ReferenceEngine } from './reference/referenceEngine'

const GRAVITY = 9.81

/** A checked input with the memory it needs. */
export interface PreparedFlood {
  readonly input: FloodInput
  readonly start: EngineStart
  /** Level of quantum zero, m: the floor of the lowest terrain. */
  readonly datum: number
  /** Where everything lies in the kernel's memory for a number of threads; `bytes` is what to open it with. */
  layoutFor(threads: number): FloodLayout
}

/** Checks an input and brings it to whole quanta. Nothing is guessed: what cannot be used is refused by name. */
export function prepareFlood(input: FloodInput): Result<PreparedFlood, FloodRefusal> {
  const refusal = checkInput(input)
  if (refusal !== undefined) return err(refusal)
  const { columns, rows, tiles = USUAL_TILES } = input
  const datum = datumOf(input.bed_m)
  const start = startOf(input, datum)
  const layoutFor = (threads: number): FloodLayout =>
    layOut({
      columns,
      rows,
      tiles,
      threads,
      exchanges: start.exchanges,
      hydrology: start.hydrology,
      record: start.record,
    })
  if (!fitsMemory(layoutFor(1))) return err({ code: 'tooLarge', field: 'columns, rows', value: columns * rows })
  return ok({ input, start, datum, layoutFor })
}

/** Starts a run on an opened kernel of at least `layoutFor(kernel.threads).bytes`. */
export function startFlood(prepared: PreparedFlood, kernel: FloodKernel): FloodRun {
  return new FloodRun(prepared, new CompiledEngine(kernel, prepared.layoutFor(kernel.threads), prepared.start))
}

/** The same run in plain TypeScript: for proofs, and where the kernel cannot be compiled. */
export function startReferenceFlood(prepared: PreparedFlood): FloodRun {
  return new FloodRun(prepared, new ReferenceEngine(prepared.start))
}

function startOf(input: FloodInput, datum: number): EngineStart {
  const { columns, rows, bed_m, manning, depth_m } = input
  const count = columns * rows
  const bed = new Int32Array(count)
  const friction = new Float32Array(count)
  const depth = new Int32Array(count)
  for (let cell = 0; cell < count; cell++) {
    const outside = isOutside(bed_m[cell]!)
    bed[cell] = outside ? WALL : Math.round((bed_m[cell]! - datum) * QUANTA)
    const n = typeof manning === 'number' ? manning : manning[cell]!
    friction[cell] = GRAVITY * n * n
    if (depth_m !== undefined && !outside) depth[cell] = Math.round(depth_m[cell]! * QUANTA)
  }
  const { rain, conductivity_mmh, drain_mmh, recordLine_cm, structures = [] } = input
  const scheme = { ...USUAL_SCHEME, ...input.scheme }
  return {
    columns,
    rows,
    cellSize: input.cellSize_m,
    scheme: { ...scheme, levels: Math.min(MOST_LEVEL, Math.max(0, Math.floor(scheme.levels))) },
    bed,
    friction,
    depth,
    hydrology: rain !== undefined || conductivity_mmh !== undefined || drain_mmh !== undefined,
    record: recordLine_cm !== undefined,
    recordLine: Math.round(((recordLine_cm ?? 0) / 100) * QUANTA),
    exchanges: structures.reduce((sum, structure) => sum + exchangesOf(structure), 0),
  }
}

function exchangesOf(structure: Structure): number {
  switch (structure.kind) {
    case 'inflow':
    case 'freeOutflow':
    case 'level':
      return structure.cells.length
    case 'pump':
    case 'culvert':
      return 1
    case 'breach':
    case 'inlet':
    case 'drainNode':
      return 0
  }
}
