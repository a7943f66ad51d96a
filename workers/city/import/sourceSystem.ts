import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { toCgcs2000 } from '@/domain/geodesy/coordinateSystem'
import type { CoordinateSystem, LonLat } from '@/domain/geodesy/coordinateSystem'
import { LocalGrid, localGridSystem } from '@/domain/geodesy/localGrid'
import { planeSystem } from '@/domain/geodesy/planeSystem'
import type { PlaneSystem } from '@/domain/geodesy/planeSystem'
import { SourceRefused } from './refused'

/** How a source writes places, as declared. */
export interface SourceSystem {
  readonly name: string
  /** A place of the source as degrees of CGCS2000. */
  toDegrees(x: number, y: number): LonLat
  /** Set where the source writes metres of a plane. */
  readonly plane?: PlaneSystem
}

const DEGREES = new Map<string, CoordinateSystem>([
  ['EPSG:4326', 'WGS84'],
  ['WGS84', 'WGS84'],
  ['EPSG:4490', 'CGCS2000'],
  ['CGCS2000', 'CGCS2000'],
  ['GCJ02', 'GCJ02'],
  ['GCJ-02', 'GCJ02'],
  ['BD09', 'BD09'],
  ['BD-09', 'BD09'],
])

const degreeSystem = (system: CoordinateSystem): SourceSystem => ({
  name: system,
  toDegrees: (longitude, latitude) => toCgcs2000(system, { longitude, latitude }),
})

/** Degrees of WGS84: what GeoJSON means when it says nothing. */
export const WGS84_DEGREES: SourceSystem = degreeSystem('WGS84')

/** The system of `EPSG:n`; undefined for one that Belfry does not know. */
export function epsgSystem(epsg: number): SourceSystem | undefined {
  const degrees = DEGREES.get(`EPSG:${epsg}`)
  if (degrees !== undefined) return degreeSystem(degrees)
  const plane = planeSystem(epsg)
  return plane === undefined ? undefined : planeSource(plane)
}

/** What `--crs` says: a name, an EPSG number, or the JSON file of a city's own grid. @throws SourceRefused */
export async function declaredSystem(text: string): Promise<SourceSystem> {
  const degrees = DEGREES.get(text.toUpperCase())
  if (degrees !== undefined) return degreeSystem(degrees)
  const number = /^EPSG:(\d+)$/i.exec(text)
  if (number !== null) {
    const system = epsgSystem(Number(number[1]))
    if (system === undefined)
      throw new SourceRefused('--crs', `${text} is not known; describe it as a local grid (docs/city-import.md).`)
    return system
  }
  if (!text.toLowerCase().endsWith('.json'))
    throw new SourceRefused(
      '--crs',
      `“${text}” is no system: say EPSG:n, CGCS2000, WGS84, GCJ02, BD09 or a .json file.`,
    )
  const parsed = LocalGrid.safeParse(await readJson(text))
  if (!parsed.success) throw new SourceRefused(text, `describes no grid. ${z.prettifyError(parsed.error)}`)
  return planeSource(localGridSystem(parsed.data))
}

/** Parses a small JSON file. @throws SourceRefused */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch (cause) {
    const isText = cause instanceof SyntaxError
    throw new SourceRefused(file, isText ? 'is no JSON.' : 'cannot be opened.', { cause })
  }
}

function planeSource(plane: PlaneSystem): SourceSystem {
  return { name: plane.name, toDegrees: (x, y) => plane.toDegrees(x, y), plane }
}
