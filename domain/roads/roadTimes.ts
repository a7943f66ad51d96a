import { nodeCount } from './roadGraph'
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
  const wanted = new WantedNodes(nodeCount(roads.graph), ends)
  const rows: Float32Array[] = []
  for (const place of near) {
    if (place === undefined) rows.push(new Float32Array(far.length).fill(Infinity))
    else {
      rows.push(secondsToAll(roads, { place, far, ends, wanted, forward }))
      yield
    }
  }
  return forward ? rows : transposed(rows, sources.length)
}

interface OneToAll {
  readonly place: Snap
  readonly far: readonly Place[]
  readonly ends: readonly (readonly SnapEnd[])[]
  readonly wanted: WantedNodes
  readonly forward: boolean
}

function secondsToAll(roads: RoadsNow, { place, far, ends, wanted, forward }: OneToAll): Float32Array {
  const { graph, weights, search } = roads
  let left = wanted.count
  search.run(weights, endsOf(roads, place, forward), {
    direction: forward ? 'from' : 'to',
    onSettled: (node) => wanted.mark[node] === 1 && --left === 0,
  })
  return Float32Array.from(far, (other, i) => {
    if (other === undefined) return Infinity
    const pair = forward ? { from: place, to: other } : { from: other, to: place }
    let seconds = direct(graph, weights, pair)?.seconds ?? Infinity
    for (const end of ends[i]!) seconds = Math.min(seconds, search.seconds[end.node]! + end.seconds)
    return seconds
  })
}

const endsOf = ({ graph, weights }: RoadsNow, place: Snap, leaving: boolean): SnapEnd[] =>
  leaving ? departures(graph, weights, place) : arrivals(graph, weights, place)

/** The nodes that must be settled before every answer is known. */
class WantedNodes {
  readonly mark: Uint8Array
  readonly count: number

  constructor(nodes: number, ends: readonly (readonly SnapEnd[])[]) {
    this.mark = new Uint8Array(nodes)
    for (const { node } of ends.flat()) this.mark[node] = 1
    this.count = this.mark.reduce((sum, mark) => sum + mark, 0)
  }
}

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
  const { graph, weights, search } = roads
  const { target, count } = ask
  const seconds = new Float64Array(places.length).fill(Infinity)
  const waiting = new Map<number, { index: number; seconds: number }[]>()
  for (const [index, place] of places.entries()) {
    if (place === undefined) continue
    seconds[index] = direct(graph, weights, { from: place, to: target })?.seconds ?? Infinity
    for (const end of departures(graph, weights, place)) {
      const list = waiting.get(end.node) ?? []
      list.push({ index, seconds: end.seconds })
      waiting.set(end.node, list)
    }
  }
  search.run(weights, arrivals(graph, weights, target), {
    direction: 'to',
    onSettled(node, at) {
      for (const place of waiting.get(node) ?? []) {
        seconds[place.index] = Math.min(seconds[place.index]!, at + place.seconds)
      }
      return waiting.has(node) && seconds.reduce((sum, time) => sum + (time <= at ? 1 : 0), 0) >= count
    },
  })
  return [...seconds]
    .map((time, index) => ({ index, seconds: time }))
    .filter((place) => place.seconds < Infinity)
    .sort((a, b) => a.seconds - b.seconds || a.index - b.index)
    .slice(0, count)
}
