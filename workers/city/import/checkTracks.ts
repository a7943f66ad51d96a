import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import Flatbush from 'flatbush'
import type { Road } from '@/domain/city/cityModel'
import type { LonLat } from '@/domain/geodesy/coordinateSystem'
import { judgeTracks } from '@/domain/geodesy/undeclaredGcj02'
import type { TrackVerdict } from '@/domain/geodesy/undeclaredGcj02'
import type { Draft } from './cityDraft'
import { SourceRefused } from './refused'

const EAST = ['longitude', 'lng', 'lon', 'x']
const NORTH = ['latitude', 'lat', 'y']
const METRES_PER_DEGREE = 111_195
/** Segments looked at around a place; more only matter where a dozen roads meet. */
const NEAREST = 12

/**
 * Judges by the city's roads whether the tracks of a CSV (columns longitude and latitude, or lng and lat) are written in
 * GCJ-02 without saying so. @throws SourceRefused when the file cannot be read or holds no places.
 */
export async function checkTracks(file: string, roads: readonly Draft<Road>[]): Promise<TrackVerdict> {
  const places = await readPlaces(file)
  const drivable = roads.filter(({ car }) => car)
  if (drivable.length === 0) throw new SourceRefused(file, 'cannot be judged: the city has no roads for cars.')
  return judgeTracks(places, roadDistance(drivable))
}

/** What a verdict says to the person at the terminal. */
export function trackSentence(file: string, verdict: TrackVerdict): string {
  const { system, asWritten, asGcj02, offsetMetres, offsetBearing } = verdict
  const off = `${asWritten.toFixed(0)} m off the roads as written, ${asGcj02.toFixed(0)} m read as GCJ-02`
  if (system === 'GCJ02')
    return `${file}: undeclared GCJ-02, moved by ${offsetMetres.toFixed(0)} m towards ${offsetBearing.toFixed(0)}° (${off})`
  return system === 'WGS84' ? `${file}: tracks lie on the roads (${off})` : `${file}: tracks decide nothing (${off})`
}

async function readPlaces(file: string): Promise<LonLat[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SourceRefused(file, 'cannot be opened.', { cause })
  })
  let rows: Record<string, string>[]
  try {
    rows = parse(text, { columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()), bom: true })
  } catch (cause) {
    throw new SourceRefused(file, 'is no CSV.', { cause })
  }
  const value = (row: Record<string, string>, names: readonly string[]): number =>
    Number(names.map((name) => row[name]).find((text) => text !== undefined && text !== ''))
  const places = rows
    .map((row): LonLat => ({ longitude: value(row, EAST), latitude: value(row, NORTH) }))
    .filter(({ longitude, latitude }) => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 85)
  if (places.length === 0) throw new SourceRefused(file, 'has no columns longitude and latitude with places in them.')
  return places
}

/** Distance to the nearest segment of the roads, metres. */
export function roadDistance(roads: readonly Draft<Road>[]): (place: LonLat) => number {
  const segments: [number, number, number, number][] = []
  for (const { line } of roads)
    for (let i = 2; i + 1 < line.length; i += 2) segments.push([line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!])
  const index = new Flatbush(segments.length)
  for (const [ax, ay, bx, by] of segments)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  index.finish()
  return ({ longitude, latitude }) => {
    const shrink = Math.cos((latitude * Math.PI) / 180)
    let best = Number.POSITIVE_INFINITY
    for (const i of index.neighbors(longitude, latitude, NEAREST)) {
      const [ax, ay, bx, by] = segments[i]!
      const [x, y] = [(bx - ax) * shrink, by - ay]
      const [px, py] = [(longitude - ax) * shrink, latitude - ay]
      const length = x * x + y * y
      const share = length === 0 ? 0 : Math.max(0, Math.min(1, (px * x + py * y) / length))
      best = Math.min(best, Math.hypot(px - share * x, py - share * y))
    }
    return best * METRES_PER_DEGREE
  }
}
