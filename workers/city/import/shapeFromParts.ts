import Flatbush from 'flatbush'
import type { Building } from '@/domain/city/cityModel'
import type { Draft } from './cityDraft'
import { boxOf, innerPoint, polygonHolds } from './geometry/ring'
import type { BuildingPart } from './osm/buildings'

/** Parts of a building still without the ground under them; `standParts` turns them into surfaces. */
export type PartedBuilding = Draft<Building> & { readonly parts?: readonly BuildingPart[] }

/** Gives each part to the smallest building whose outline holds it; that building is as high as its highest part. */
export function shapeFromParts(
  buildings: readonly Draft<Building>[],
  parts: readonly BuildingPart[],
): readonly PartedBuilding[] {
  if (parts.length === 0 || buildings.length === 0) return buildings
  const index = new Flatbush(buildings.length)
  for (const { footprint } of buildings) index.add(...boxOf(footprint.outer))
  index.finish()
  const held = new Map<number, BuildingPart[]>()
  for (const part of parts) {
    const [x, y] = innerPoint(part.shape)
    const owner = index
      .search(x, y, x, y)
      .sort((one, other) => one - other)
      .find((i) => polygonHolds(buildings[i]!.footprint, x, y))
    if (owner === undefined) continue
    const list = held.get(owner)
    if (list === undefined) held.set(owner, [part])
    else list.push(part)
  }
  return buildings.map((building, i) => {
    const own = held.get(i)
    if (own === undefined) return building
    const height = own.reduce((most, part) => Math.max(most, part.height), 0)
    return { ...building, parts: own, height, heightSource: 'tag' as const }
  })
}
