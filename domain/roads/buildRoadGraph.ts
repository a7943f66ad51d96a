import type { Road, TurnRule } from '../city/cityModel'
import { CsrBuilder } from './csrBuilder'
import type { RoadGraph } from './roadGraph'
import { StretchList } from './stretchList'
import { forbiddenTurns } from './turns'
import type { TurnCounts } from './turns'
import { accessOf } from './vehicleRules'
import { VertexNumbers } from './vertexNumbers'

export interface RoadGraphCounts {
  readonly taken: number
  /** Roads left out, by reason. */
  readonly refused: Readonly<Record<'shortLine' | 'badPosition' | 'nobodyMayUse', number>>
  /** Stretches of no length between two vertices at one position. */
  readonly emptyStretches: number
  readonly turns: TurnCounts
}

/** Marks node ids apart from positions in VertexNumbers: no latitude is as large. */
const BY_ID = 1000

/**
 * The road graph of a city. Two roads meet where they share a source node id, or, where roads carry none, where they
 * have a vertex at exactly the same position. Rules of turning need node ids. The same roads in the same order give the
 * same graph.
 */
export function buildRoadGraph(
  roads: readonly Road[],
  rules: readonly TurnRule[] = [],
): { readonly graph: RoadGraph; readonly counts: RoadGraphCounts } {
  const refused = { shortLine: 0, badPosition: 0, nobodyMayUse: 0 }
  const usable = roads.filter((road) => {
    const reason = refusalOf(road)
    if (reason !== undefined) refused[reason]++
    return reason === undefined
  })
  const meetings = findMeetings(usable)
  const stretches = new StretchList()
  for (const [index, road] of usable.entries()) split(road, index, { meetings, stretches })
  const { graph, nodeOfVertex } = new CsrBuilder(stretches, usable).build()
  const numbers = new Map(usable.map(({ source }, index) => [source, index]))
  const { counts: turns, ...pairs } = forbiddenTurns(graph, rules, {
    nodeOf: (id) => nodeOfVertex.get(meetings.numbers.numberOf(id, BY_ID)),
    roadOf: (source) => numbers.get(source),
  })
  const counts = { taken: usable.length, refused, emptyStretches: stretches.empty, turns }
  return { graph: { ...graph, ...pairs }, counts }
}

function refusalOf(road: Road): keyof RoadGraphCounts['refused'] | undefined {
  if (road.line.length < 4) return 'shortLine'
  const { along, against } = accessOf(road)
  if ((along | against) === 0) return 'nobodyMayUse'
  for (let i = 0; i < road.line.length; i += 2) {
    const [longitude, latitude] = [road.line[i]!, road.line[i + 1]!]
    if (!(Math.abs(longitude) <= 180) || !(Math.abs(latitude) <= 90)) return 'badPosition'
  }
  return undefined
}

interface Meetings {
  readonly numbers: VertexNumbers
  /** Number of each vertex of all roads, one road after the other. */
  readonly vertex: Int32Array
  /** How often each number occurs; an end of a road counts twice. */
  readonly uses: Uint8Array
  /** Where the vertices of each road begin. */
  readonly first: Int32Array
}

function findMeetings(roads: readonly Road[]): Meetings {
  const first = new Int32Array(roads.length + 1)
  for (const [index, road] of roads.entries()) first[index + 1] = first[index]! + road.line.length / 2
  const vertex = new Int32Array(first[roads.length]!)
  const numbers = new VertexNumbers()
  for (const [index, road] of roads.entries()) {
    const hasIds = road.nodes?.length === road.line.length / 2
    for (let i = 0; i < road.line.length / 2; i++) {
      const place = hasIds
        ? numbers.numberOf(road.nodes[i]!, BY_ID)
        : numbers.numberOf(road.line[2 * i]!, road.line[2 * i + 1]!)
      vertex[first[index]! + i] = place
    }
  }
  return { numbers, vertex, uses: countUses(roads.length, first, { vertex, count: numbers.count }), first }
}

function countUses(
  roads: number,
  first: Int32Array,
  { vertex, count }: { vertex: Int32Array; count: number },
): Uint8Array {
  const uses = new Uint8Array(count)
  const use = (number: number): void => {
    if (uses[number]! < 2) uses[number]!++
  }
  for (let road = 0; road < roads; road++) {
    const [begin, end] = [first[road]!, first[road + 1]!]
    use(vertex[begin]!)
    use(vertex[end - 1]!)
    for (let i = begin; i < end; i++) {
      // The same vertex twice in a row is one pause of the pen, not two roads that meet.
      if (i === begin || vertex[i] !== vertex[i - 1]) use(vertex[i]!)
    }
  }
  return uses
}

function split(
  road: Road,
  index: number,
  { meetings, stretches }: { meetings: Meetings; stretches: StretchList },
): void {
  const begin = meetings.first[index]!
  const last = road.line.length / 2 - 1
  let from = 0
  for (let i = 1; i <= last; i++) {
    if (meetings.uses[meetings.vertex[begin + i]!]! < 2) continue
    const ends = { from: meetings.vertex[begin + from]!, to: meetings.vertex[begin + i]! }
    stretches.add(index, { ...ends, line: road.line.subarray(2 * from, 2 * i + 2) })
    from = i
  }
}
