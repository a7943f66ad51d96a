import { edgeCount } from './roadGraph'
import type { RoadGraph } from './roadGraph'
import type { RoadSearch } from './roadSearch'
import { arrivals, departures, direct } from './snapEnds'
import type { SnapEnd } from './snapEnds'
import type { Snap } from './stretchGrid'

/** What a question about times needs: a graph, the seconds per edge that hold, and a search to reuse. */
export interface RoadsNow {
  readonly graph: RoadGraph
  readonly weights: Float32Array
  readonly search: RoadSearch
  /** Whether forbidden turns bind: on wheels they do. */
  readonly turns: boolean
}

type Place = Snap | undefined

/**
 * Seconds from each source (row) to each target (column), Infinity where there is no way; a place that lies on no road
 * has none. One search per place of the shorter side.
 */
export function matrixSeconds(roads: RoadsNow, sources: readonly Place[], targets: readonly Place[]): Float32Array[] {
  const steps = matrixSteps(roads, sources, targets)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** The same, one search a step: other questions may use `roads.search` between two steps; the weights must not change. */
export function* matrixSteps(
  roads: RoadsNow,
  sources: readonly Place[],
  targets: readonly Place[],
): Generator<undefined, Float32Array[], undefined> {
  const forward = sources.length <= targets.length
  const [near, far] = forward ? [sources, targets] : [targets, sources]
  const ends = far.map((place) => (place === undefined ? [] : endsOf(roads, place, !forward)))
  const doors = new Doors(roads.graph, ends)
  const rows: Float32Array[] = []
  for (const place of near) {
    if (place === undefined) rows.push(new Float32Array(far.length).fill(Infinity))
    else {
      rows.push(secondsToAll(roads, { place, far, doors, forward }))
      yield
    }
  }
  return forward ? rows : transposed(rows, sources.length)
}

interface OneToAll {
  readonly place: Snap
  readonly far: readonly Place[]
  readonly doors: Doors
  readonly forward: boolean
}

/** One search; it ends when no time can become less any more. */
function secondsToAll(
  { graph, weights, search, turns }: RoadsNow,
  { place, far, doors, forward }: OneToAll,
): Float32Array {
  const row = Float64Array.from(far, (other) => {
    if (other === undefined) return Infinity
    const pair = forward ? { from: place, to: other } : { from: other, to: place }
    return direct(graph, weights, pair)?.seconds ?? Infinity
  })
  const open = new Set([...far.keys()].filter((i) => far[i] !== undefined && row[i] === Infinity))
  let latest = Math.max(0, ...row.filter((seconds) => seconds < Infinity))
  search.run(weights, (forward ? departures : arrivals)(graph, weights, place), {
    direction: forward ? 'from' : 'to',
    turns,
    onEntered(edge, at) {
      for (const { index, seconds } of doors.of(edge)) {
        row[index] = Math.min(row[index]!, at + seconds)
        if (open.delete(index)) latest = Math.max(latest, row[index])
      }
      return open.size === 0 && at >= latest
    },
  })
  return Float32Array.from(row)
}

interface Door {
  readonly index: number
  /** Between the near end of the edge and the place. */
  readonly seconds: number
}

const NO_DOORS: readonly Door[] = []

/** By which edges places are entered (left). */
class Doors {
  readonly #slot: Int32Array
  readonly #lists: Door[][] = []

  constructor(graph: RoadGraph, ends: readonly (readonly SnapEnd[])[]) {
    this.#slot = new Int32Array(edgeCount(graph)).fill(-1)
    for (const [index, list] of ends.entries()) {
      for (const { edge, seconds } of list) {
        if (this.#slot[edge] === -1) this.#slot[edge] = this.#lists.push([]) - 1
        this.#lists[this.#slot[edge]!]!.push({ index, seconds })
      }
    }
  }

  of(edge: number): readonly Door[] {
    const slot = this.#slot[edge]!
    return slot < 0 ? NO_DOORS : this.#lists[slot]!
  }
}

const endsOf = ({ graph, weights }: RoadsNow, place: Snap, leaving: boolean): SnapEnd[] =>
  leaving ? departures(graph, weights, place) : arrivals(graph, weights, place)

function transposed(columns: readonly Float32Array[], rows: number): Float32Array[] {
  return Array.from({ length: rows }, (_, row) => Float32Array.from(columns, (column) => column[row]!))
}

export interface NearPlace {
  /** Index of the place in the list that was asked. */
  readonly index: number
  readonly seconds: number
}

/**
 * The `count` places from which `target` is reached first, nearest first: engines to a fire. Places without a way
 * are left out; of two at one time the one that stands first in the list is first.
 */
export function nearestByRoad(
  roads: RoadsNow,
  places: readonly Place[],
  ask: { target: Snap; count: number },
): NearPlace[] {
  const { graph, weights, search, turns } = roads
  const { target, count } = ask
  const seconds = Float64Array.from(places, (place) =>
    place === undefined ? Infinity : (direct(graph, weights, { from: place, to: target })?.seconds ?? Infinity),
  )
  const doors = new Doors(
    graph,
    places.map((place) => (place === undefined ? [] : departures(graph, weights, place))),
  )
  search.run(weights, arrivals(graph, weights, target), {
    direction: 'to',
    turns,
    onEntered(edge, at) {
      const waiting = doors.of(edge)
      for (const place of waiting) {
        seconds[place.index] = Math.min(seconds[place.index]!, at + place.seconds)
      }
      return waiting.length > 0 && seconds.reduce((sum, time) => sum + (time <= at ? 1 : 0), 0) >= count
    },
  })
  return [...seconds]
    .map((time, index) => ({ index, seconds: time }))
    .filter((place) => place.seconds < Infinity)
    .sort((a, b) => a.seconds - b.seconds || a.index - b.index)
    .slice(0, count)
}
