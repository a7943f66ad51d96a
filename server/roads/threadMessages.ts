import type { Place, RoadQuestion } from '@/domain/api/roads'
import type { Result } from '@/domain/result'

/**
 * A change of what holds on the roads of a World. Roads are named by component code and by place, which outlive a new
 * import of the city; the numbers of edges do not.
 */
export type RoadChange =
  | {
      readonly kind: 'close'
      /** Who closed; a second `close` of the same source replaces the first. */
      readonly source: string
      readonly reason: string
      /** Whole roads. */
      readonly codes: readonly string[]
      /** The stretch at each place, in both directions. */
      readonly places: readonly Place[]
    }
  | { readonly kind: 'reopen'; readonly source: string }

/** Which graph a World moves on. */
export interface WorldRoads {
  readonly world: number
  /** Path of `roads/graph.bin`. */
  readonly path: string
}

export type ToRoads =
  | { readonly kind: 'change'; readonly world: number; readonly change: RoadChange }
  | { readonly kind: 'ask'; readonly id: number; readonly on: WorldRoads; readonly question: RoadQuestion }

export interface FromRoads {
  readonly id: number
  /** The answer as JSON text, or why the graph cannot be read. */
  readonly result: Result<string, string>
}
