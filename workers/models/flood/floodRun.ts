import type { EngineState, FloodEngine } from './engine'
import type { FloodInput, RainField } from './input'
import { QUANTA } from './layout'
import { rateByCell } from './rainRaster'
import { Structures } from './structures'
import type { StructureState } from './structures'

/** Name and version that go into provenance; the version moves with every change of a result. */
const FLOOD_MODEL = { name: 'flood', version: '1.0.0' } as const

/** A checkpoint of another version of the model: going on would give a result of neither. */
export class ForeignCheckpoint extends Error {
  readonly retry = false
}

const SECONDS_OF_MM_H = QUANTA / 3.6e6
const USUAL_INTERVAL_S = 5

/** All that a run is at the end of an interval. Structured-clone safe; the input that it belongs to is kept beside it. */
export interface FloodCheckpoint {
  readonly version: string
  readonly engine: EngineState
  readonly structures: StructureState
  readonly initial: bigint
}

/** What the record kept by cell; dense, row 0 in the south. */
export interface FloodRecord {
  /** Deepest water at the ends of intervals, m. */
  readonly peak_m: Float32Array
  /** Seconds of the run at which the record line was first reached; 0 when it never was. */
  readonly arrival_s: Float32Array
  /** Seconds at or above the line. */
  readonly duration_s: Float32Array
  /** Largest speed, m/s. */
  readonly speed_ms: Float32Array
}

interface Prepared {
  readonly input: FloodInput
  readonly datum: number
}

/** A flood under way. It moves in whole intervals, so that how it is asked to advance does not change a result. */
export class FloodRun {
  readonly interval: number
  readonly #prepared: Prepared
  readonly #engine: FloodEngine
  readonly #structures: Structures
  #initial: bigint
  #field: RainField | undefined

  constructor(prepared: Prepared, engine: FloodEngine) {
    this.#prepared = prepared
    this.#engine = engine
    const { input, datum } = prepared
    this.interval = input.interval_s ?? USUAL_INTERVAL_S
    const ground = { cellArea: input.cellSize_m ** 2, datum, interval: this.interval }
    this.#structures = new Structures(input.structures ?? [], ground, engine)
    this.#initial = this.#total()
    this.#setGround()
  }

  /** Seconds since the start. */
  get time(): number {
    return this.#engine.time
  }

  /** Ticks of the finest step, and cells swept. */
  get work(): FloodEngine['work'] {
    return this.#engine.work
  }

  /** Goes on until the first end of an interval at or after `until` seconds. */
  advance(until: number): void {
    while (this.time < until - 1e-6) {
      this.#chooseRain()
      this.#structures.begin(this.#engine)
      const next = (Math.round(this.time / this.interval) + 1) * this.interval
      this.#engine.drive(next)
    }
  }

  /** Depth of one cell, m; debts of a cell read as dry. */
  depthAt(cell: number): number {
    return Math.max(0, this.#engine.depthOf(cell)) / QUANTA
  }

  /** Water level of one cell, m in the terrain's height system; undefined when it is dry. */
  levelAt(cell: number): number | undefined {
    const depth = this.#engine.depthOf(cell)
    return depth > 0 ? (depth + this.#engine.bedOf(cell)) / QUANTA + this.#prepared.datum : undefined
  }

  /** Depth of every cell, m. */
  depths(): Float32Array {
    const quanta = new Int32Array(this.#prepared.input.columns * this.#prepared.input.rows)
    this.#engine.copyDepth(quanta)
    return Float32Array.from(quanta, (depth) => Math.max(0, depth) / QUANTA)
  }

  /** Peak, arrival, duration and speed; undefined when the input asked for no record. */
  record(): FloodRecord | undefined {
    if (this.#prepared.input.recordLine_cm === undefined) return undefined
    const { peak, arrival, duration, speed } = this.#engine.save()
    const peak_m = Float32Array.from(peak, (quanta) => quanta / QUANTA)
    return { peak_m, arrival_s: arrival, duration_s: duration, speed_ms: speed }
  }

  /** Water now, less all that came and with all that went, less the water at the start: 0, or a defect. Quanta of depth. */
  massError(): bigint {
    const { rain, infiltrated, drained } = this.#engine.accounts()
    const { exchanges } = this.#engine.save()
    const kinds = this.#exchangeKinds()
    const brought = exchanges.reduce((sum, { total }, place) => (kinds[place] === 'pair' ? sum : sum + total), 0n)
    return this.#total() + this.#structures.held - this.#initial - rain + infiltrated + drained - brought
  }

  /** Everything that is needed to go on as if nothing had happened, to the bit. */
  save(): FloodCheckpoint {
    return {
      version: FLOOD_MODEL.version,
      engine: this.#engine.save(),
      structures: this.#structures.save(),
      initial: this.#initial,
    }
  }

  /** Goes on from a checkpoint of the same input, on any number of threads and any tiles. @throws ForeignCheckpoint */
  restore({ version, engine, structures, initial }: FloodCheckpoint): void {
    if (version !== FLOOD_MODEL.version)
      throw new ForeignCheckpoint(`This checkpoint is of flood ${version}, this is ${FLOOD_MODEL.version}.`)
    this.#structures.announce(this.#engine)
    this.#structures.restore(structures)
    this.#initial = initial
    this.#field = this.#fieldAt(engine.time - this.interval)
    this.#engine.setRain(this.#field === undefined ? undefined : this.#ratesOf(this.#field))
    this.#engine.restore(engine)
  }

  #total(): bigint {
    const quanta = new Int32Array(this.#prepared.input.columns * this.#prepared.input.rows)
    this.#engine.copyDepth(quanta)
    let sum = 0n
    for (let first = 0; first < quanta.length; first += 65_536)
      sum += BigInt(quanta.subarray(first, first + 65_536).reduce((part, depth) => part + depth, 0))
    return sum
  }

  #exchangeKinds(): string[] {
    return (this.#prepared.input.structures ?? []).flatMap((structure) => {
      if (structure.kind === 'pump') return [structure.outfall === 'outside' ? 'rate' : 'pair']
      if (structure.kind === 'culvert') return ['pair']
      return structure.kind === 'inflow' || structure.kind === 'freeOutflow' || structure.kind === 'level'
        ? structure.cells.map(() => 'rate')
        : []
    })
  }

  #setGround(): void {
    const { input } = this.#prepared
    if (input.conductivity_mmh === undefined && input.drain_mmh === undefined) return
    const count = input.columns * input.rows
    const field = (given: number | Float32Array | undefined, scale: number): Float32Array =>
      given === undefined || typeof given === 'number'
        ? new Float32Array(count).fill((given ?? 0) * scale)
        : given.map((value) => value * scale)
    this.#engine.setGround({
      conductivity: field(input.conductivity_mmh, SECONDS_OF_MM_H),
      suction: field(input.suction_mm, QUANTA / 1000),
      drain: field(input.drain_mmh, SECONDS_OF_MM_H),
    })
  }

  #fieldAt(time: number): RainField | undefined {
    return (this.#prepared.input.rain ?? []).filter(({ from }) => from <= time + 1e-6).at(-1)
  }

  #chooseRain(): void {
    const field = this.#fieldAt(this.time)
    if (field === this.#field) return
    this.#field = field
    this.#engine.setRain(field === undefined ? undefined : this.#ratesOf(field))
  }

  /** Rates by cell in quanta/s, with the rain on roofs brought to the street. */
  #ratesOf({ rate_mmh }: RainField): Float32Array | undefined {
    if (rate_mmh === 0) return undefined
    const { columns, rows, bed_m, roofs } = this.#prepared.input
    const rates = new Float32Array(columns * rows)
    const rateOf = rateByCell(rate_mmh, columns, rows)
    for (let cell = 0; cell < rates.length; cell++)
      if (bed_m[cell]! > -9000) rates[cell] = rateOf(cell) * SECONDS_OF_MM_H
    if (roofs === undefined) return rates
    const own = rates.slice()
    for (const [k, from] of roofs.from.entries()) {
      rates[from]! -= own[from]!
      rates[roofs.to[k]!]! += own[from]!
    }
    return rates
  }
}
