import type { MoverColumns } from '@/domain/fold/columns'
import { RowState } from '@/domain/fold/columns'
import type { CatalogueIndex } from './catalogueIndex'

export type Degrees = readonly [number, number]

const POINTS = 14
/** Nearer points than this add nothing to a trail. Degrees, about 15 m. */
const LEAST_STEP = 0.00015
/** Farther apart than this two places are no way that anybody saw: the trail begins anew. Degrees, about 600 m. */
const LONGEST_STEP = 0.006

/** The last places of each mover, as this screen presented them. */
export class Trails {
  readonly #points = new Map<number, Degrees[]>()

  take(movers: MoverColumns, changed: readonly number[]): void {
    for (const no of changed) {
      const place: Degrees = [movers.longitude[no]!, movers.latitude[no]!]
      const trail = this.#points.get(no) ?? []
      const last = trail.at(-1)
      const step = last === undefined ? 0 : Math.hypot(place[0] - last[0], place[1] - last[1])
      if (last !== undefined && step < LEAST_STEP) continue
      this.#points.set(no, step > LONGEST_STEP ? [place] : [...trail.slice(1 - POINTS), place])
    }
  }

  of(no: number): readonly Degrees[] {
    return this.#points.get(no) ?? []
  }
}

/** A mover whose last position is not overdue. */
export interface PlacedMover {
  readonly no: number
  readonly position: Degrees
  readonly heading: number
  readonly trail: readonly Degrees[]
}

/** Movers on the map; one not heard of in its time is no longer anywhere. World time, epoch ms. */
export function placedMovers(
  movers: MoverColumns,
  trails: Trails,
  index: CatalogueIndex,
  worldNow: number,
): PlacedMover[] {
  return index.catalogue.tracks.flatMap(({ no, staleAfterSeconds }) => {
    if (no >= movers.length || movers.state[no] === RowState.never) return []
    if (worldNow > movers.phenomenonTime[no]! + staleAfterSeconds * 1000) return []
    const position: Degrees = [movers.longitude[no]!, movers.latitude[no]!]
    return [{ no, position, heading: movers.heading[no]!, trail: trails.of(no) }]
  })
}
