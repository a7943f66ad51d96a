import { cellsOfRivers, filledWater } from './cityWater'
import { COVER } from './cityGround'
import type { CityGround, Cover } from './cityGround'
import { raisedRoofs, roofRunOff } from './roofs'
import type { FloodInput, RainField, Structure } from '../input'

/** What an operator knows better than the data: pumps and drains that do not do what the plans say. */
export interface CityFaults {
  /** Codes of pump stations and underpasses whose pumps stand still. */
  readonly pumpsOut: ReadonlySet<string>
  /** Codes of pump stations whose outfall gate is shut: their sump fills. */
  readonly gatesShut: ReadonlySet<string>
  /** Share of the inlets that is blocked, by code of the pump station of their catchment; 0 to 1. */
  readonly blocked: ReadonlyMap<string, number>
}

export const NO_FAULTS: CityFaults = { pumpsOut: new Set(), gatesShut: new Set(), blocked: new Map() }

export interface CityForcing {
  readonly rain: readonly RainField[]
  readonly faults: CityFaults
  /** Rise of the river over its level at rest, m. */
  readonly riverRise_m: number
}

interface CoverFigures {
  readonly manning: number
  /** Constant loss to the ground, mm/h. */
  readonly loss_mmh: number
}

/** Values of hydraulic manuals, not of this city: docs/models/flood.md. */
const FIGURES: Readonly<Record<Cover, CoverFigures>> = {
  [COVER.open]: { manning: 0.04, loss_mmh: 8 },
  [COVER.street]: { manning: 0.02, loss_mmh: 0 },
  [COVER.paved]: { manning: 0.03, loss_mmh: 4 },
  [COVER.green]: { manning: 0.05, loss_mmh: 15 },
  [COVER.farm]: { manning: 0.06, loss_mmh: 12 },
  [COVER.forest]: { manning: 0.1, loss_mmh: 25 },
  [COVER.river]: { manning: 0.03, loss_mmh: 0 },
  [COVER.still]: { manning: 0.03, loss_mmh: 0 },
  [COVER.roof]: { manning: 0.1, loss_mmh: 0 },
}

/** Depth that arrival and duration count from: the first depth line. */
const RECORD_LINE_CM = 15
/** Hydrology and structures look at the water this often: the field is the same as at 5 s (flood.md, 4). */
const INTERVAL_S = 10
/** Water under 2 mm stands: a film on a plain costs a sweep of every cell and moves nothing. */
const FILM_M = 0.002
/** A wall of this height keeps street water out of large buildings, m. */
const ROOF_RISE_M = 3
/** Orifice of 0.67 under a decimetre of water: m2 for each m3/s. */
const INLET_AREA = 1 / (0.67 * Math.sqrt(2 * 9.81 * 0.1))

/** The city under a rain as an input of the kernel. Pure: the same ground and forcing give the same input. */
export function cityFloodInput(ground: CityGround, { rain, faults, riverRise_m }: CityForcing): FloodInput {
  const { columns, rows, cellSize_m, cover } = ground
  const water = filledWater(ground)
  const bed = water.bed_m
  const raised = raisedRoofs(ground)
  for (const cell of raised) bed[cell]! += ROOF_RISE_M
  const manning = new Float32Array(columns * rows)
  const loss = new Float32Array(columns * rows)
  for (let cell = 0; cell < manning.length; cell++) {
    const figures = FIGURES[cover[cell]! as Cover]
    manning[cell] = figures.manning
    loss[cell] = figures.loss_mmh
  }
  return {
    columns,
    rows,
    cellSize_m,
    bed_m: bed,
    manning,
    depth_m: water.depth_m,
    rain,
    roofs: roofRunOff(ground, raised),
    conductivity_mmh: loss,
    structures: [...riverBanks(ground, riverRise_m), ...drains(ground, faults), ...underpassPumps(ground, faults)],
    interval_s: INTERVAL_S,
    recordLine_cm: RECORD_LINE_CM,
    scheme: { dryDepth: FILM_M },
  }
}

/** The river is a level along its banks; how it flows in its bed is no question of a storm of hours. */
function riverBanks(ground: CityGround, rise_m: number): Structure[] {
  return [...cellsOfRivers(ground)].map(([level, cells], k) => ({
    kind: 'level',
    id: `river ${k + 1}`,
    cells,
    level_m: [[0, level + rise_m]],
  }))
}

function drains({ inlets, pumps }: CityGround, { pumpsOut, gatesShut, blocked }: CityFaults): Structure[] {
  const nodes = pumps.map(({ network, code, capacity_m3s, storage_m3 }): Structure => {
    const stands = pumpsOut.has(code) || gatesShut.has(code)
    return { kind: 'drainNode', id: network, storage_m3, pipe_m3s: stands ? 0 : capacity_m3s, outfall: 'outside' }
  })
  const codes = new Map(pumps.map(({ network, code }) => [network, code]))
  const mouths = inlets
    .filter(({ network }) => codes.has(network))
    .map(
      ({ cell, network, capacity_m3s }, k): Structure => ({
        kind: 'inlet',
        id: `inlet ${k + 1}`,
        cell,
        node: network,
        perimeter_m: capacity_m3s * 100,
        area_m2: capacity_m3s * INLET_AREA,
        blocked: blocked.get(codes.get(network) ?? '') ?? 0,
      }),
    )
  return [...nodes, ...mouths]
}

function underpassPumps({ underpasses }: CityGround, { pumpsOut }: CityFaults): Structure[] {
  return underpasses.map(({ code, cell, pump_m3s }) => ({
    kind: 'pump',
    id: code,
    sump: cell,
    outfall: 'outside',
    capacity_m3s: pumpsOut.has(code) ? 0 : pump_m3s,
    on_m: 0.05,
    off_m: 0.02,
  }))
}
