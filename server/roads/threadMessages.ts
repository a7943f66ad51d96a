import type { Place, RoadQuestion } from '@/domain/api/roads'
import type { Result } from '@/domain/result'
import type { RoadReadings } from '@/domain/roads/roadReadings'

/**
 * A change of what holds on the roads of a World. Roads are named by place, which outlives a new import of the city, and
 * by component code, which does where the import kept the codes; the numbers of edges do not.
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

/** What of a closure names nothing on the roads of the city. */
export interface Unmatched {
  /** No road has this component code. */
  readonly codes: readonly string[]
  /** No road is within 100 m. */
  readonly places: readonly Place[]
}

/** Searched for seconds, and so a step at a time: everything else goes first. */
export type LargeQuestion = Extract<RoadQuestion, { kind: 'matrix' | 'isochrone' }>
export type SmallQuestion = Exclude<RoadQuestion, LargeQuestion>
export const isLarge = (question: RoadQuestion): question is LargeQuestion =>
  question.kind === 'matrix' || question.kind === 'isochrone'

export type ToRoads =
  | { readonly kind: 'change'; readonly world: number; readonly change: RoadChange }
  /** What all instruments say now, in place of what they said before. */
  | { readonly kind: 'readings'; readonly world: number; readonly said: RoadReadings }
  /** Asks what of a source's closure names nothing; answered with `Unmatched`. */
  | { readonly kind: 'check'; readonly id: number; readonly on: WorldRoads; readonly source: string }
  | { readonly kind: 'ask'; readonly id: number; readonly on: WorldRoads; readonly question: RoadQuestion }
  /** Nobody waits for the answer any more. */
  | { readonly kind: 'cancel'; readonly id: number }

export type FromRoads =
  | {
      readonly kind: 'answer'
      readonly id: number
      /** The answer as JSON text, or why the graph cannot be read. */
      readonly result: Result<string, string>
    }
  /** A closure, also an old one on a city that was imported again, names what is not there. */
  | { readonly kind: 'unmatched'; readonly world: number; readonly source: string; readonly unmatched: Unmatched }
