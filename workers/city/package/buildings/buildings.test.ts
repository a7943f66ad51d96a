import fc from 'fast-check'
import { expect, test } from 'vitest'
import { earthCentred, eastNorthUp, latitudeAt, longitudeAt, tileFrame } from '@/domain/geodesy/webMercator'
import { at, tinyCity } from '@/workers/city/tinyCity'
import { emptyMesh, addPrism } from './mesh'
import type { Mesh } from './mesh'
import { outlineOf, signedArea, simplified } from './outline'
import { placeBuilding, planTiles } from './plan'
import type { PlannedTile } from './plan'
import { addSurfaces } from './surfaces'
import { tileContent } from './tileContent'
import { writeTileset } from './tileset'

const address = { z: 15, x: 26_788, y: 13_457 }
const frame = tileFrame(address)
const model = tinyCity()
const building = (source: string) => model.buildings.find((one) => one.source === source)!
const place = (height = 20) => model.buildings.map((one) => placeBuilding(one, () => height))

/** Six times the volume enclosed, by the divergence theorem: positive only when all faces look outward. */
function volume({ positions, indices }: Mesh): number {
  let six = 0
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => positions.slice(indices[i + k]! * 3, indices[i + k]! * 3 + 3))
    six +=
      a![0]! * (b![1]! * c![2]! - b![2]! * c![1]!) +
      a![1]! * (b![2]! * c![0]! - b![0]! * c![2]!) +
      a![2]! * (b![0]! * c![1]! - b![1]! * c![0]!)
  }
  return six / 6
}

test('a prism with a courtyard encloses its area times its height, and normals are those of its faces', () => {
  const outline = outlineOf(building('way/1').footprint, frame)!
  const mesh = emptyMesh()
  addPrism(mesh, { feature: 0, ...outline, bottom: 3, top: 23, ground: 3, hangs: true })
  expect(volume(mesh)).toBeCloseTo((60 * 60 - 30 * 30) * 20, -2)
  for (let i = 0; i < mesh.indices.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => mesh.positions.slice(mesh.indices[i + k]! * 3, mesh.indices[i + k]! * 3 + 3))
    const [u, v] = [b!, c!].map((point) => point.map((value, axis) => value - a![axis]!))
    const cross = [
      u![1]! * v![2]! - u![2]! * v![1]!,
      u![2]! * v![0]! - u![0]! * v![2]!,
      u![0]! * v![1]! - u![1]! * v![0]!,
    ]
    const normal = mesh.normals.slice(mesh.indices[i]! * 3, mesh.indices[i]! * 3 + 3)
    expect(cross.reduce((sum, value, axis) => sum + value * normal[axis]!, 0)).toBeGreaterThan(0)
  }
})

test('any triangle stands upright, whichever way its outline runs', () => {
  const metres = fc.integer({ min: -200, max: 200 })
  fc.assert(
    fc.property(fc.array(metres, { minLength: 6, maxLength: 6 }), (corners) => {
      const outline = outlineOf({ outer: at(...corners), holes: [] }, frame)
      if (outline === undefined || signedArea(outline.outer) < 20) return
      const mesh = emptyMesh()
      addPrism(mesh, { feature: 0, ...outline, bottom: 0, top: 10, ground: 0, hangs: true })
      expect(volume(mesh) / (signedArea(outline.outer) * 10)).toBeCloseTo(1, 6)
    }),
  )
})

test('measured surfaces keep their ridge and their outward side', () => {
  const hall = building('way/3')
  const mesh = emptyMesh()
  const surfaces = hall.surfaces!.map((one) => ({ ...one, kind: 'wall' as const }))
  addSurfaces(mesh, surfaces, { frame, origin: 10, feature: 0, ground: 10 })
  expect(volume(mesh)).toBeCloseTo(20 * 10 * 8 + (20 * 10 * 3) / 2, -1)
  const heights = mesh.runs.filter((_, i) => i % 2 === 1)
  expect([Math.min(...heights), Math.max(...heights)]).toEqual([0, 11])
})

test('a seen-from-afar outline has the area of the building, within its tolerance', () => {
  for (const one of model.buildings.slice(0, 50)) {
    const outline = outlineOf(one.footprint, frame)!
    expect(signedArea(simplified(outline, 6).outer) / signedArea(outline.outer)).toBeCloseTo(1, 5)
  }
  const court = outlineOf(building('way/1').footprint, frame)!
  expect(simplified(court, 6).holes).toHaveLength(1)
  expect(simplified(court, 20).holes).toHaveLength(0)
})

const leaves = (tile: PlannedTile): PlannedTile[] =>
  tile.children.length === 0 ? [tile] : tile.children.flatMap(leaves)

/** The same buildings as if each had forty times as many vertices. */
const crowd = () => place().map((one) => ({ ...one, vertices: one.vertices * 40 }))

test('each building is in one leaf', () => {
  const plan = planTiles(place())
  const held = plan.flatMap(leaves).flatMap(({ placed }) => placed.map(({ building: one }) => one.code))
  expect(held).toHaveLength(model.buildings.length)
  expect(new Set(held).size).toBe(model.buildings.length)
  expect(plan.every(({ address: { z } }) => z === 13)).toBe(true)
})

test('a crowded tile is divided until its meshes are small', () => {
  for (const leaf of planTiles(crowd()).flatMap(leaves)) {
    const vertices = leaf.placed.reduce((sum, { vertices: own }) => sum + own, 0)
    expect(vertices <= 50_000 || leaf.address.z === 17).toBe(true)
  }
})

interface Glb {
  readonly nodes: readonly [{ readonly translation: readonly number[]; readonly scale: readonly number[] }]
  readonly bufferViews: readonly { readonly byteOffset: number; readonly byteLength: number }[]
  readonly accessors: readonly { readonly count: number }[]
}

test('vertices come back from their steps within 5 cm, with the feature they belong to', () => {
  const leaf = planTiles(place()).flatMap(leaves)[0]!
  const { mesh } = tileContent(leaf)
  const glb = mesh!.glb
  const jsonLength = glb.readUInt32LE(12)
  const json = JSON.parse(glb.toString('utf8', 20, 20 + jsonLength)) as Glb
  const bin = 28 + jsonLength
  expect(bin % 8).toBe(0)
  const { translation, scale } = json.nodes[0]
  const step = scale[0]!
  expect(step).toBeLessThan(0.1)
  const own = tileFrame(leaf.address)
  for (let i = 0; i < json.accessors[0]!.count; i += 97) {
    const vertex = bin + i * 20
    const [east, up, south] = [0, 1, 2].map((axis) => glb.readInt16LE(vertex + axis * 2) * step + translation[axis]!)
    const { building: one, ground } = leaf.placed[glb.readUInt16LE(vertex + 12)]!
    const [longitude, latitude] = [longitudeAt(own.x + east! / own.east), latitudeAt(own.y + south! / own.north)]
    const nearest = [...Array(one.footprint.outer.length / 2).keys()].map((k) =>
      Math.hypot(
        (one.footprint.outer[k * 2]! - longitude) * 95_900,
        (one.footprint.outer[k * 2 + 1]! - latitude) * 110_860,
      ),
    )
    expect(Math.min(...nearest)).toBeLessThan(0.05)
    const height = glb.readInt16LE(vertex + 18) / 10
    expect(mesh!.origin + up! - ground).toBeCloseTo(height, 0)
    if (one.surfaces === undefined && one.base === 0)
      expect(height === -3 || Math.abs(height - one.height) < 0.06).toBe(true)
  }
})

interface TileJson {
  readonly transform?: readonly number[]
  readonly extras?: { readonly origin: readonly [number, number, number] }
  readonly children?: readonly TileJson[]
}

test("a child's transform, carried by its parents', ends where its origin is on the ellipsoid", async () => {
  const written: string[] = []
  const write = (path: string) => Promise.resolve(void written.push(path))
  const { tileset, tiles } = await writeTileset(planTiles(crowd()), { write, geoidOffset: -12.5 })
  expect(written).toHaveLength(tiles)
  const times = (a: readonly number[], b: readonly number[]): number[] =>
    a.map((_, i) => [0, 1, 2, 3].reduce((sum, k) => sum + a[k * 4 + (i % 4)]! * b[Math.floor(i / 4) * 4 + k]!, 0))
  const visit = (tile: TileJson, above: readonly number[] | undefined): number => {
    const whole =
      tile.transform === undefined ? above : above === undefined ? tile.transform : times(above, tile.transform)
    if (tile.extras !== undefined && whole !== undefined) {
      const [longitude, latitude, height] = tile.extras.origin
      const expected = earthCentred(longitude, latitude, height - 12.5)
      expected.forEach((value, axis) => expect(whole[12 + axis]).toBeCloseTo(value, 3))
      eastNorthUp(longitude, latitude, 0)
        .slice(0, 12)
        .forEach((value, i) => expect(whole[i]).toBeCloseTo(value, 9))
    }
    return 1 + (tile.children ?? []).reduce((sum, child) => sum + visit(child, whole), 0)
  }
  const { root } = JSON.parse(tileset.toString()) as { root: TileJson }
  expect(visit(root, undefined)).toBe(tiles + 1)
})

test('huts too small to be seen from afar are still there close by', async () => {
  const huts = place()
    .filter(({ building: { height } }) => height < 7)
    .slice(0, 3)
  const tiny = huts.map((one) => ({
    ...one,
    vertices: 60_000,
    building: { ...one.building, footprint: { outer: at(-400, -900, -399, -900, -399, -899), holes: [] } },
  }))
  const { buildings } = await writeTileset(planTiles(tiny), { write: () => Promise.resolve(), geoidOffset: 0 })
  expect(buildings).toBe(3)
})
