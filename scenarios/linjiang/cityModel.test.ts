import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Building, CityModel } from '@/domain/city/cityModel'
import { linjiangCity } from './cityModel'
import { fromDegrees } from './curve'
import type { Point } from './curve'
import { Terrain } from './ground/terrain'
import { WaterField } from './ground/waterField'
import { ROADS } from './roads'
import { linjiangSketch } from './sketch'
import { areaOf, isIn, metresTo } from './fabric/polygon'

const SLOW = 240_000

const points = (degrees: Float64Array): Point[] =>
  Array.from({ length: degrees.length / 2 }, (_, i) => fromDegrees(degrees[2 * i]!, degrees[2 * i + 1]!))

/** Counts by a property. */
const tally = <T>(list: readonly T[], of: (one: T) => string): Record<string, number> => {
  const out: Record<string, number> = {}
  for (const one of list) out[of(one)] = (out[of(one)] ?? 0) + 1
  return out
}

function digest(city: CityModel): string {
  const hash = createHash('sha256')
  const { terrain, ...rest } = city
  hash.update(new Uint8Array(terrain.metres.buffer))
  for (const part of Object.values(rest))
    hash.update(
      JSON.stringify(part, (_, value: unknown) =>
        ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
      ),
    )
  return hash.digest('hex')
}

describe('the Reference City', () => {
  let city: CityModel
  beforeAll(() => {
    city = linjiangCity(7)
  }, SLOW)

  test('holds what the city of the exercises must hold', () => {
    expect(city.buildings.length).toBeGreaterThan(60_000)
    expect(tally(city.divisions, ({ level }) => level)).toMatchObject({ city: 1, district: 12, street: 91 })
    expect(tally(city.facilities, ({ kind }) => kind)).toMatchObject({ underpass: 40 })
    expect(new Set(city.lines.filter((line) => line.class === 'metro').map(({ network }) => network)).size).toBe(6)
    expect(city.roads.filter(({ underpass }) => underpass).length).toBeGreaterThanOrEqual(40)
    const codes = [...city.buildings, ...city.roads, ...city.areas, ...city.lines, ...city.facilities].map(
      ({ code }) => code,
    )
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.every((code) => /^\d{16}$/.test(code))).toBe(true)
  })

  test('is the same to the byte for the same seed; another seed has another ground', { timeout: SLOW }, () => {
    expect(digest(linjiangCity(7))).toBe(digest(city))
    const ground = (seed: number): Float32Array => new Terrain(seed, new WaterField()).raster().metres
    expect(ground(8)).not.toEqual(ground(7))
  })

  // Written by `npx vitest run --project unit scenarios/linjiang/cityModel.test.ts -u`; a stale file turns this red.
  test('its sketch lies beside the generator, closed, named, with the twelve districts', async () => {
    const sketch = linjiangSketch(7, city)
    await expect(`${JSON.stringify(sketch)}\n`).toMatchFileSnapshot(
      fileURLToPath(new URL('./sketch.json', import.meta.url)),
    )
    for (const { geometry } of sketch.features) {
      if (geometry.type !== 'Polygon') continue
      const ring = geometry.coordinates[0]!
      expect(ring[0]).toEqual(ring[ring.length - 1])
      expect(ring.length).toBeGreaterThan(20)
    }
    expect(tally(sketch.features, ({ properties }) => properties.class)).toMatchObject({
      district: 12,
      road: ROADS.length,
    })
  })

  test('no house stands in another, in water or on a road', { timeout: SLOW }, () => {
    const { near, overlaps } = houseGrid(city.buildings)
    const sample = city.buildings.filter((_, i) => i % 7 === 0)
    expect(sample.filter((building) => overlaps(building)).map(({ source }) => source)).toEqual([])
    const waters = city.areas.filter((area) => area.class === 'water').map((area) => points(area.shape.outer))
    const wet = sample.filter(({ footprint }) =>
      waters.some((ring) => points(footprint.outer).some(([x, y]) => isIn(ring, x, y))),
    )
    expect(wet.map(({ source }) => source)).toEqual([])
    const onRoad = city.roads
      .filter((road, i) => i % 3 === 0 && road.layer === 0)
      .flatMap((road) => roadHits(points(road.line), road.width / 2, near))
    expect(onRoad).toEqual([])
  })

  test('roads hang together: more than 99 of 100 nodes in one part', () => {
    const parent = new Map<number, number>()
    const root = (node: number): number => {
      let at = node
      while (parent.get(at) !== at) at = parent.get(at)!
      parent.set(node, at)
      return at
    }
    for (const { nodes } of city.roads) {
      for (const node of nodes!) if (!parent.has(node)) parent.set(node, node)
      for (let i = 1; i < nodes!.length; i++) parent.set(root(nodes![i]!), root(nodes![i - 1]!))
    }
    const sizes = Object.values(tally([...parent.keys()], (node) => String(root(node))))
    expect(Math.max(...sizes) / parent.size).toBeGreaterThan(0.99)
  })

  test('every underpass lies lower than its street', () => {
    const heightAt = sampler(city)
    for (const road of city.roads.filter(({ underpass }) => underpass)) {
      const line = points(road.line)
      const low = Math.min(...line.map(([x, y]) => heightAt(x, y)))
      const [a, b] = [line[0]!, line.at(-1)!]
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
      const span = Math.hypot(dx, dy)
      const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
      const beside = [-60, 60].map((off) => heightAt(middle[0] - (dy / span) * off, middle[1] + (dx / span) * off))
      expect(low, road.source).toBeLessThan(Math.min(...beside) - 1.5)
    }
  })

  test('every drain falls all its way to a pump station that stands in the city', () => {
    const drains = city.lines.filter((line) => line.class === 'drain')
    expect(drains.length).toBeGreaterThan(1_000)
    const pumps = new Map(
      city.facilities
        .filter(({ kind }) => kind === 'pumping')
        .map(({ source, figures }) => [source.replace('linjiang/', ''), figures!['sumpMetres']!]),
    )
    for (const { source, metres, capacity, network } of drains) {
      for (let i = 1; i < metres!.length; i++) expect(metres![i]!, source).toBeLessThan(metres![i - 1]!)
      expect(capacity!, source).toBeGreaterThan(0)
      expect(pumps.get(network!), source).toBeLessThan(metres!.at(-1)!)
    }
  })

  test('2.4 million people are somewhere at every hour, on every level', () => {
    for (const level of ['city', 'district', 'street', 'community', 'grid'] as const) {
      const parts = city.divisions.filter((division) => division.level === level)
      expect(parts.reduce((sum, { residents }) => sum + residents!, 0)).toBe(2_400_000)
      for (let hour = 0; hour < 24; hour++) {
        const present = parts.reduce((sum, { presentByHour }) => sum + presentByHour![hour]!, 0)
        expect(Math.abs(present - 2_400_000)).toBeLessThan(2_400)
      }
    }
    expect(city.buildings.reduce((sum, { residents }) => sum + residents!, 0)).toBe(2_400_000)
    const [night, noon] = [3, 10].map(
      (hour) => city.divisions.find(({ code }) => code === '990105')!.presentByHour![hour]!,
    )
    expect(noon! / night!).toBeGreaterThan(1.5)
  })

  test('divisions tile the city and lie in their parents', () => {
    const whole = areaOf(points(city.divisions[0]!.shape.outer))
    for (const level of ['district', 'street', 'community', 'grid'] as const) {
      const sum = city.divisions
        .filter((division) => division.level === level)
        .reduce(
          (total, { shape }) =>
            total + areaOf(points(shape.outer)) + shape.holes.reduce((holes, hole) => holes + areaOf(points(hole)), 0),
          0,
        )
      expect(sum / whole).toBeCloseTo(1, 4)
    }
    const known = new Set(city.divisions.map(({ code }) => code))
    expect(city.divisions.slice(1).every(({ parent }) => parent !== undefined && known.has(parent))).toBe(true)
  })
})

/** Houses near a place, and whether a house's corners or middle lie in another one on the same level. */
function houseGrid(buildings: readonly Building[]) {
  const CELL = 80
  const cells = new Map<string, { ring: Point[]; building: Building }[]>()
  const keyOf = (x: number, y: number): string => `${Math.floor(x / CELL)},${Math.floor(y / CELL)}`
  for (const building of buildings) {
    const ring = points(building.footprint.outer)
    for (const key of new Set(ring.map(([x, y]) => keyOf(x, y)))) {
      const list = cells.get(key)
      if (list === undefined) cells.set(key, [{ ring, building }])
      else list.push({ ring, building })
    }
  }
  const near = (x: number, y: number) => cells.get(keyOf(x, y)) ?? []
  const overlaps = (one: Building): boolean => {
    const ring = points(one.footprint.outer)
    return ring.some(([x, y]) =>
      near(x, y).some(
        ({ ring: other, building }) =>
          building !== one &&
          building.base < one.height &&
          one.base < building.height &&
          isIn(other, x, y) &&
          clearance(other, x, y) > 0.05,
      ),
    )
  }
  return { near, overlaps }
}

const clearance = (ring: readonly Point[], x: number, y: number): number =>
  Math.min(...ring.map((corner, i) => metresTo(corner, ring[(i + 1) % ring.length]!, x, y)))

/** Sources of houses that reach into a carriageway. */
function roadHits(
  line: readonly Point[],
  half: number,
  near: (x: number, y: number) => { ring: Point[]; building: Building }[],
): string[] {
  const steps = line.slice(1).flatMap((b, i) => {
    const a = line[i]!
    const count = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 10)
    return Array.from({ length: count }, (_, k) => ({
      a,
      b,
      x: a[0] + ((b[0] - a[0]) * k) / count,
      y: a[1] + ((b[1] - a[1]) * k) / count,
    }))
  })
  const hits = steps.flatMap(({ a, b, x, y }) =>
    near(x, y).filter(({ ring }) => ring.some(([px, py]) => metresTo(a, b, px, py) < half)),
  )
  return [...new Set(hits.map(({ building }) => building.source))]
}

function sampler({ terrain }: CityModel): (x: number, y: number) => number {
  const [west, north] = fromDegrees(terrain.west, terrain.north)
  return (x, y) => terrain.metres[Math.round((north - y) / 10) * terrain.columns + Math.round((x - west) / 10)]!
}
