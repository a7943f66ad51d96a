import type { ReadingColumns } from '@/domain/fold/columns'
import type { CatalogueIndex } from './catalogueIndex'
import type { StreamState } from './streamState'
import { streamState } from './streamState'

/** A gauge with a place. Its worst series is not its state: it speaks as long as one of its series speaks. */
export interface PlacedThing {
  readonly key: string
  readonly position: readonly [number, number]
  readonly state: StreamState
}

const best: readonly StreamState[] = ['fresh', 'stale', 'unknown', 'notCovered']

export function placedThings(index: CatalogueIndex, readings: ReadingColumns, worldNow: number): PlacedThing[] {
  return index.catalogue.things.flatMap(({ key, longitude, latitude }) => {
    if (longitude === undefined || latitude === undefined) return []
    const states = index.streamsOf(key).map((stream) => streamState(readings, stream, worldNow))
    const state = best.find((candidate) => states.includes(candidate))
    return state === undefined ? [] : [{ key, position: [longitude, latitude] as const, state }]
  })
}
