import Flatbush from 'flatbush'
import type { CityDraft } from './cityDraft'
import { boxOf, centroid, polygonHolds } from './geometry/ring'
import { settleHeights, settleUses } from './ruleHeight'
import type { UnsettledBuilding } from './ruleHeight'
import { shapeFromParts } from './shapeFromParts'

/** Gives all buildings their use, height and shape, once every source is read. */
export function settleBuildings(draft: CityDraft): void {
  const kept = withoutReplaced(draft)
  const settled = settleHeights(settleUses(kept, draft.areas))
  for (const building of shapeFromParts(settled, draft.parts)) draft.buildings.push(building)
}

/** A building of the map gives way to the measured one that stands on the same ground. */
function withoutReplaced({ unsettled, tally }: CityDraft): readonly UnsettledBuilding[] {
  const measured = unsettled.filter(({ surfaces }) => surfaces !== undefined)
  if (measured.length === 0) return unsettled
  const index = new Flatbush(measured.length)
  for (const { footprint } of measured) index.add(...boxOf(footprint.outer))
  index.finish()
  return unsettled.filter((building) => {
    if (building.surfaces !== undefined) return true
    const [x, y] = centroid(building.footprint.outer)
    const isReplaced = index.search(x, y, x, y).some((i) => polygonHolds(measured[i]!.footprint, x, y))
    if (isReplaced) tally.refused('all', 'building', 'a measured building stands on the same ground')
    return !isReplaced
  })
}
