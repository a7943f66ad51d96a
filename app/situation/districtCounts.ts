import { polygonContains } from '@/domain/geometry/polygon'
import type { Point2 } from '@/domain/geometry/polygon'

/** An area that things stand in; each polygon has its outline first. */
export interface CountedArea {
  readonly code: string
  readonly polygons: readonly (readonly (readonly Point2[])[])[]
}

/** Which area holds a place; undefined outside of all. */
export function areaOf(areas: readonly CountedArea[], place: Point2): string | undefined {
  return areas.find(({ polygons }) =>
    polygons.some(([shell, ...holes]) => shell !== undefined && polygonContains(shell, holes, place)),
  )?.code
}

/** How many of the places each area holds; those of none under ''. */
export function countByArea(areas: readonly CountedArea[], places: readonly Point2[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const place of places) {
    const code = areaOf(areas, place) ?? ''
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return counts
}
