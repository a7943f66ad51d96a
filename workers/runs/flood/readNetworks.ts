import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CityManifest } from '@/domain/city/manifest'
import { greatCircleMetres } from '@/domain/geodesy/greatCircle'
import { Names } from '@/domain/ids'
import { cellAt } from '@/workers/models/flood/city/cityGround'
import type { CatchmentPumps, CityGround, CityInlet, CityUnderpass } from '@/workers/models/flood/city/cityGround'

/** Inlets stand this far apart along a street with a drain, m. */
const INLET_EVERY_M = 60
/** Land that one metre of street drains, m2; rain that pipes are made for, m/s; share that runs off (docs/linjiang.md). */
const STREET_LAND_M2 = 105
const DESIGN_RAIN_MS = 0.036 / 3600
const RUN_OFF = 0.65
/** An underpass whose package says nothing of its pump gets the usual one of Linjiang. */
const USUAL_PUMP_M3S = 0.28
/** The sag of an underpass is searched this many cells around its point. */
const SAG_CELLS = 3

const Facility = z.object({
  properties: z.object({
    code: z.string(),
    source: z.string(),
    name: Names.optional(),
    kind: z.string(),
    figures: z.record(z.string(), z.number()).default({}),
  }),
  geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
})
const Line = z.object({
  properties: z.object({ class: z.string(), network: z.string().optional(), width: z.number().optional() }),
  geometry: z.object({ type: z.literal('LineString'), coordinates: z.array(z.array(z.number()).min(2)) }),
})

type Networks = Pick<CityGround, 'inlets' | 'pumps' | 'underpasses'>
type Grid = Pick<CityGround, 'columns' | 'rows' | 'place' | 'height_m'>

/** Drains with their inlets and pump stations, and underpasses with their pumps, from the package's places. */
export async function readNetworks(folder: string, { places }: CityManifest, grid: Grid): Promise<Networks> {
  const facilities = (await featuresOf(join(folder, places.facilities))).flatMap((feature) => {
    const kind = (feature as { properties?: { kind?: unknown } }).properties?.kind
    return kind === 'underpass' || kind === 'pumping' ? [Facility.parse(feature)] : []
  })
  const drains = (await featuresOf(join(folder, places.lines))).flatMap((feature) => {
    const kind = (feature as { properties?: { class?: unknown } }).properties?.class
    return kind === 'drain' ? [Line.parse(feature)] : []
  })
  return {
    inlets: inletsOf(drains, grid),
    pumps: pumpsOf(facilities, drains),
    underpasses: underpassesOf(facilities, grid),
  }
}

async function featuresOf(path: string): Promise<unknown[]> {
  const { features } = z.object({ features: z.array(z.unknown()) }).parse(JSON.parse(await readFile(path, 'utf8')))
  return features
}

function inletsOf(drains: readonly z.infer<typeof Line>[], grid: Grid): CityInlet[] {
  const inlets = new Map<number, CityInlet>()
  const capacity = INLET_EVERY_M * STREET_LAND_M2 * RUN_OFF * DESIGN_RAIN_MS
  for (const { properties, geometry } of drains) {
    const { network } = properties
    if (network === undefined) continue
    for (const place of spaced(geometry.coordinates, INLET_EVERY_M)) {
      const cell = cellAt(grid, place)
      if (cell !== undefined && !inlets.has(cell)) inlets.set(cell, { cell, network, capacity_m3s: capacity })
    }
  }
  return [...inlets.values()]
}

/** Places along a line, half a distance from its ends. Degrees, metres. */
function spaced(line: readonly (readonly number[])[], every: number): (readonly [number, number])[] {
  const places: (readonly [number, number])[] = []
  let next = every / 2
  for (let k = 0; k + 1 < line.length; k++) {
    const [a, b] = [line[k]!, line[k + 1]!]
    const metres = lengthOf([a, b])
    for (; next <= metres; next += every) {
      const share = next / metres
      places.push([a[0]! + (b[0]! - a[0]!) * share, a[1]! + (b[1]! - a[1]!) * share])
    }
    next -= metres
  }
  return places
}

const lengthOf = (line: readonly (readonly number[])[]): number =>
  line.slice(1).reduce((sum, point, k) => {
    const before = line[k]!
    return (
      sum +
      greatCircleMetres({ longitude: before[0]!, latitude: before[1]! }, { longitude: point[0]!, latitude: point[1]! })
    )
  }, 0)

function pumpsOf(
  facilities: readonly z.infer<typeof Facility>[],
  drains: readonly z.infer<typeof Line>[],
): CatchmentPumps[] {
  const storage = new Map<string, number>()
  for (const { properties, geometry } of drains) {
    const { network, width } = properties
    if (network === undefined || width === undefined) continue
    const volume = (Math.PI / 4) * width ** 2 * lengthOf(geometry.coordinates)
    storage.set(network, (storage.get(network) ?? 0) + volume)
  }
  return facilities.flatMap(({ properties: { kind, code, source, name, figures } }) => {
    const network = source.split('/').at(-1)!
    const capacity = figures['capacityCubicMetresPerSecond']
    if (kind !== 'pumping' || capacity === undefined || !storage.has(network)) return []
    return [
      {
        network,
        code,
        name: name ?? { 'zh-CN': code, en: code },
        capacity_m3s: capacity,
        storage_m3: Math.round(storage.get(network)!),
      },
    ]
  })
}

function underpassesOf(facilities: readonly z.infer<typeof Facility>[], grid: Grid): CityUnderpass[] {
  return facilities.flatMap(({ properties: { kind, code, name, figures }, geometry }) => {
    const [longitude, latitude] = geometry.coordinates
    const at = cellAt(grid, [longitude, latitude])
    if (kind !== 'underpass' || at === undefined) return []
    const pump = figures['pumpCubicMetresPerSecond'] ?? USUAL_PUMP_M3S
    const names = name ?? { 'zh-CN': code, en: code }
    return [{ code, name: names, longitude, latitude, cell: lowestNear(grid, at), pump_m3s: pump }]
  })
}

function lowestNear({ columns, rows, height_m }: Grid, at: number): number {
  const [i, j] = [at % columns, Math.floor(at / columns)]
  let lowest = at
  for (let y = Math.max(0, j - SAG_CELLS); y <= Math.min(rows - 1, j + SAG_CELLS); y++)
    for (let x = Math.max(0, i - SAG_CELLS); x <= Math.min(columns - 1, i + SAG_CELLS); x++)
      if (height_m[y * columns + x]! < height_m[lowest]!) lowest = y * columns + x
  return lowest
}
