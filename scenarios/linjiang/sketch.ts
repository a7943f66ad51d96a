import type { Sketch, SketchFeature } from '@/domain/api/sketch'
import type { CityModel } from '@/domain/city/cityModel'
import { DISTRICT_PLANS } from './divisions/plan'
import { ROADS } from './roads'
import { BROOK, LAKE, NORTH_BANK, SOUTH_BANK } from './water'
import { beside, toDegrees } from './curve'
import type { Point } from './curve'
import { sideStreets } from './streets'
import { THINGS } from './things'

const polygon = (ring: readonly Point[]): SketchFeature['geometry'] => ({
  type: 'Polygon',
  coordinates: [ring.map(toDegrees)],
})
const line = (points: readonly Point[]): SketchFeature['geometry'] => ({
  type: 'LineString',
  coordinates: points.map(toDegrees),
})

/**
 * Plan of the exercise city for the first map: water, the districts of the city that was made by the same seed, roads,
 * streets, pump stations. The same seed, the same bytes.
 */
export function linjiangSketch(seed: number, { divisions }: Pick<CityModel, 'divisions'>): Sketch {
  return {
    type: 'FeatureCollection',
    features: [...waters(), ...districts(divisions), ...roads(seed), ...facilities()],
  }
}

function waters(): SketchFeature[] {
  const river = [...NORTH_BANK, ...[...SOUTH_BANK].reverse(), NORTH_BANK[0]!]
  const widening = (i: number): number => 14 + (i / BROOK.length) * 24
  const brook = [...beside(BROOK, widening), ...beside(BROOK, (i) => -widening(i)).reverse()]
  const water = (key: string, zh: string, en: string, ring: readonly Point[]): SketchFeature => ({
    type: 'Feature',
    properties: { class: 'water', key, name: { 'zh-CN': zh, en } },
    geometry: polygon(ring),
  })
  return [
    water('qinglan', '青澜江', 'Qinglan River', river),
    water('shitang', '石塘沟', 'Shitang Brook', [...brook, brook[0]!]),
    water('donghu', '东湖', 'East Lake', LAKE),
  ]
}

function districts(divisions: CityModel['divisions']): SketchFeature[] {
  const keys = new Map(DISTRICT_PLANS.map(({ code, key }) => [code, key]))
  return divisions
    .filter(({ level }) => level === 'district')
    .map(({ code, name, shape: { outer } }) => ({
      type: 'Feature',
      properties: { class: 'district', key: keys.get(code) ?? code, name },
      geometry: { type: 'Polygon', coordinates: [positions(outer)] },
    }))
}

/** A closed ring to 1e-6 degrees, about 10 cm. */
function positions(flat: Float64Array): [number, number][] {
  const ring = Array.from({ length: flat.length / 2 }, (_, i): [number, number] => [
    round6(flat[2 * i]!),
    round6(flat[2 * i + 1]!),
  ])
  return [...ring, ring[0]!]
}
const round6 = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

function roads(seed: number): SketchFeature[] {
  const named = ROADS.map(
    ({ key, name, grade, line: points }): SketchFeature => ({
      type: 'Feature',
      properties: { class: 'road', key, name, grade },
      geometry: line(points),
    }),
  )
  const nameless = sideStreets(seed).map(
    (points, i): SketchFeature => ({
      type: 'Feature',
      properties: { class: 'street', key: `street-${i + 1}`, grade: 'street' },
      geometry: line(points),
    }),
  )
  return [...named, ...nameless]
}

function facilities(): SketchFeature[] {
  return THINGS.filter((thing) => thing.kind === 'pumpStation').map((thing) => ({
    type: 'Feature',
    properties: { class: 'facility', key: thing.key, name: thing.name, grade: thing.kind },
    geometry: { type: 'Point', coordinates: toDegrees(thing.at) },
  }))
}
