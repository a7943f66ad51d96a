/** One exchange of water with a cell, or between two; see docs/models/flood.md. Rates in quanta of depth per second. */
export type Exchange =
  | { readonly kind: 'rate'; readonly cell: number; readonly rate: number }
  /** Holds the cell's level at `stage + slope * time` quanta above the datum. */
  | { readonly kind: 'stage'; readonly cell: number; readonly stage: number; readonly slope: number }
  | { readonly kind: 'pair'; readonly cell: number; readonly to: number; readonly rate: number }

/** What the ground and the sewers take, by cell: dense arrays, row 0 in the south. */
export interface Ground {
  /** Saturated conductivity, quanta/s. */
  readonly conductivity: Float32Array
  /** Suction head times moisture deficit, quanta; 0 makes the conductivity a constant loss. */
  readonly suction: Float32Array
  /** Capacity of inlets spread over the cell, quanta/s. */
  readonly drain: Float32Array
}

/** Sums since the beginning, quanta of depth over all cells. */
export interface Accounts {
  readonly rain: bigint
  readonly infiltrated: bigint
  readonly drained: bigint
}

/** Water, flows and memory of a run, dense and independent of tiles and threads: what a checkpoint holds. */
export interface EngineState {
  readonly time: number
  readonly rainSince: number
  readonly depth: Int32Array
  readonly bed: Int32Array
  /** Unit flow through the east and north face of each cell, m2/s. */
  readonly flowX: Float32Array
  readonly flowY: Float32Array
  /** Deepest water by block, as the time step reads it. */
  readonly blockMax: Int32Array
  readonly infiltrated: Int32Array
  readonly peak: Int32Array
  readonly arrival: Float32Array
  readonly duration: Float32Array
  readonly speed: Float32Array
  readonly accounts: Accounts
  /** Carry and total by exchange. */
  readonly exchanges: readonly { readonly carry: number; readonly total: bigint }[]
}

/** How the equations are stepped. */
export interface Scheme {
  /** Share of the Courant limit, 0 to 1. */
  readonly alpha: number
  /** Weight of a face's own flow against the mean of its neighbours. */
  readonly theta: number
  /** Water below this does not flow, m. */
  readonly dryDepth: number
  /** Largest Froude number of a face. */
  readonly froude: number
  /** Longest step, s. */
  readonly dtMax: number
  /** Doublings of the step that shallow blocks may take; 0 is one step for all. */
  readonly levels: number
}
export const USUAL_SCHEME: Scheme = { alpha: 0.7, theta: 0.9, dryDepth: 0.001, froude: 1, dtMax: 30, levels: 3 }

/** A thing that moves the water: the compiled kernel, or the scalar reference of the same arithmetic. Cells are j * columns + i. */
export interface FloodEngine {
  readonly time: number
  /** Ticks of the finest step so far, and cells swept in them. */
  readonly work: { readonly ticks: bigint; readonly cells: bigint }
  /** Carries the water to `until` (s) and ends the interval with rain, losses and the record. */
  drive(until: number): void
  depthOf(cell: number): number
  bedOf(cell: number): number
  /** Adds (or takes) whole quanta at once, between intervals. */
  add(cell: number, quanta: number): void
  setBed(cell: number, quanta: number): void
  /** Rain by cell from now on, quanta/s; undefined is none. */
  setRain(rates: Float32Array | undefined): void
  setGround(ground: Ground): void
  /** The list as a whole; carries and totals by place stay when the place's kind stays. */
  setExchanges(list: readonly Exchange[]): void
  exchanged(place: number): bigint
  accounts(): Accounts
  copyDepth(into: Int32Array): void
  save(): EngineState
  restore(state: EngineState): void
}

/** Where an engine starts. */
export interface EngineStart {
  readonly columns: number
  readonly rows: number
  /** Side of a cell, m. */
  readonly cellSize: number
  readonly scheme: Scheme
  /** Bed, quanta above the datum; a wall is `WALL`. */
  readonly bed: Int32Array
  /** 9.81 n^2 by cell. */
  readonly friction: Float32Array
  readonly depth: Int32Array
  readonly hydrology: boolean
  readonly record: boolean
  /** Depth that arrival and duration count from, quanta. */
  readonly recordLine: number
  readonly exchanges: number
}
