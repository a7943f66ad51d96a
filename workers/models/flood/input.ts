import type { Scheme } from './engine'
import type { TileSetting } from './layout'

/** Points of a line over time: seconds of the run, and the value there. Straight between, constant outside. */
export type Series = readonly (readonly [seconds: number, value: number])[]

/** A cell of the grid: row * columns + column, row 0 in the south; or out of the model. */
export type Outfall = number | 'outside'

/** River, spring, burst main: m3/s over its cells together. */
export interface Inflow {
  readonly kind: 'inflow'
  readonly id: string
  readonly cells: readonly number[]
  readonly flow_m3s: Series
}
/** Water that reaches these cells leaves the model. */
export interface FreeOutflow {
  readonly kind: 'freeOutflow'
  readonly id: string
  readonly cells: readonly number[]
}
/** Tide or river level, m above the grid's zero, held at these cells. */
export interface Level {
  readonly kind: 'level'
  readonly id: string
  readonly cells: readonly number[]
  readonly level_m: Series
}
/** Runs from `on_m` of water at its sump until `off_m`, unless it has failed. */
export interface Pump {
  readonly kind: 'pump'
  readonly id: string
  readonly sump: number
  readonly outfall: Outfall
  readonly capacity_m3s: number
  readonly on_m: number
  readonly off_m: number
  /** Spans of seconds in which it stands still. */
  readonly failed?: readonly (readonly [from: number, until: number])[]
}
/** Culvert, gate or sluice between two cells; the smaller of inlet and outlet control. */
export interface Culvert {
  readonly kind: 'culvert'
  readonly id: string
  readonly from: number
  readonly to: number
  readonly width_m: number
  /** Clear height; a gate's opening over time. */
  readonly height_m: Series
  readonly invertFrom_m: number
  readonly invertTo_m: number
  /** Lets no water back. */
  readonly flap: boolean
}
/** Dike cells that fall to `bottom_m` within `seconds`, from `begins` on. */
export interface Breach {
  readonly kind: 'breach'
  readonly id: string
  readonly cells: readonly number[]
  readonly bottom_m: number
  readonly begins: number
  readonly seconds: number
}
/** Street inlet into a drain node. */
export interface Inlet {
  readonly kind: 'inlet'
  readonly id: string
  readonly cell: number
  readonly node: string
  readonly perimeter_m: number
  readonly area_m2: number
  /** Share that is blocked, 0 to 1. */
  readonly blocked: number
}
/** Pipes of a sub-catchment: what they hold, what they carry on, and where to. */
export interface DrainNode {
  readonly kind: 'drainNode'
  readonly id: string
  readonly storage_m3: number
  readonly pipe_m3s: number
  readonly outfall: Outfall
}
export type Structure = Inflow | FreeOutflow | Level | Pump | Culvert | Breach | Inlet | DrainNode

/** A coarse field stretched over the grid, its outer posts on the grid's outer cells; bilinear between. */
export interface RainRaster {
  readonly columns: number
  readonly rows: number
  readonly rate_mmh: Float32Array
}

/** Rain from a moment on: one rate, one by cell, or a coarse field; mm/h. */
export interface RainField {
  readonly from: number
  readonly rate_mmh: number | Float32Array | RainRaster
}

/** Everything a run starts from. Arrays are dense, row 0 in the south. */
export interface FloodInput {
  readonly columns: number
  readonly rows: number
  readonly cellSize_m: number
  /** Terrain, m. NaN and values of -9000 and less are outside: walls. */
  readonly bed_m: Float32Array
  /** Manning's n, s/m^(1/3). */
  readonly manning: number | Float32Array
  readonly depth_m?: Float32Array
  readonly rain?: readonly RainField[]
  /** Confirms rain above `MOST_RAIN_MMH`, which otherwise is taken for a broken gauge. */
  readonly extremeRainConfirmed?: boolean
  /** Rain on cell `from[k]` runs off on cell `to[k]`. */
  readonly roofs?: { readonly from: Int32Array; readonly to: Int32Array }
  readonly conductivity_mmh?: number | Float32Array
  /** Suction head times moisture deficit; 0 or absent makes the conductivity a constant loss. */
  readonly suction_mm?: number | Float32Array
  /** Inlet capacity spread over the cell. */
  readonly drain_mmh?: number | Float32Array
  readonly structures?: readonly Structure[]
  /** Seconds between two looks at rain, losses and structures; also the grid of checkpoints. */
  readonly interval_s?: number
  /** Depth that arrival and duration count from; absent keeps no record. */
  readonly recordLine_cm?: number
  readonly scheme?: Partial<Scheme>
  readonly tiles?: TileSetting
}

/** Why no run can be made. `field` names the part of the input, `value` what was found there. */
export interface FloodRefusal {
  readonly code:
    | 'noTerrain'
    | 'badShape'
    | 'outOfRange'
    | 'reliefTooHigh'
    | 'levelTooHigh'
    | 'rainOutOfRange'
    | 'cellOutside'
    | 'pumpWithoutOutfall'
    | 'unknownNode'
    | 'doubleId'
    | 'tooLarge'
  readonly field: string
  readonly value?: number | string
}

/** One hour at this rate is above every reading of a Chinese station (201.9 mm, Zhengzhou 2021). */
export const MOST_RAIN_MMH = 250
export const OUTSIDE_BELOW_M = -9000
