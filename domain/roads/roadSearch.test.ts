import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildRoadGraph } from './buildRoadGraph'
import { LiveRoads } from './liveRoads'
import { mainNetwork } from './mainNetwork'
import { VEHICLES, edgeCount, nodeCount } from './roadGraph'
import type { RoadGraph } from './roadGraph'
import { RoadSearch } from './roadSearch'
import { trialTown } from './trialRoads'

const NODES = 30
const link = fc.record({
  from: fc.integer({ min: 0, max: NODES - 1 }),
  to: fc.integer({ min: 0, max: NODES - 1 }),
  oneWay: fc.constantFrom(-1 as const, 0 as const, 0 as const, 1 as const),
  class: fc.constantFrom('primary' as const, 'residential' as const, 'service' as const),
})
const links = fc.array(
  link.filter(({ from, to }) => from !== to),
  { minLength: 1, maxLength: 90 },
)
const town = fc.record({
  links,
  vehicle: fc.constantFrom(...VEHICLES),
  closed: fc.array(fc.nat(200), { maxLength: 40 }),
})

function open({
  links: list,
  vehicle,
  closed,
}: {
  links: Parameters<typeof trialTown>[0]
  vehicle: (typeof VEHICLES)[number]
  closed: number[]
}) {
  const { graph } = buildRoadGraph(trialTown(list))
  const live = new LiveRoads(graph)
  live.close({ source: 'test', reason: 'test', edges: closed.filter((edge) => edge < edgeCount(graph)) })
  return { graph, weights: live.weights(vehicle) }
}

/** Bellman–Ford over the list of edges: another algorithm, no heap, no CSR. */
function bellmanFord(graph: RoadGraph, weights: Float32Array, seed: number): Float64Array {
  const seconds = new Float64Array(nodeCount(graph)).fill(Infinity)
  seconds[seed] = 0
  for (let changed = true; changed; ) {
    changed = false
    for (let edge = 0; edge < edgeCount(graph); edge++) {
      const through = seconds[graph.tail[edge]!]! + weights[edge]!
      if (through < seconds[graph.head[edge]!]!) {
        seconds[graph.head[edge]!] = through
        changed = true
      }
    }
  }
  return seconds
}

/** Floyd–Warshall on a matrix of nodes. */
function floydWarshall(graph: RoadGraph, weights: Float32Array): Float64Array[] {
  const all = Array.from({ length: nodeCount(graph) }, () => new Float64Array(nodeCount(graph)).fill(Infinity))
  for (const [node, row] of all.entries()) row[node] = 0
  for (let edge = 0; edge < edgeCount(graph); edge++) {
    const row = all[graph.tail[edge]!]!
    row[graph.head[edge]!] = Math.min(row[graph.head[edge]!]!, weights[edge]!)
  }
  for (const [k, through] of all.entries()) {
    for (const row of all) for (let j = 0; j < row.length; j++) row[j] = Math.min(row[j]!, row[k]! + through[j]!)
  }
  return all
}

test('finds the same times from a node as Bellman–Ford, with one-way roads and closures', () => {
  fc.assert(
    fc.property(town, fc.nat(NODES - 1), (drawn, start) => {
      const { graph, weights } = open(drawn)
      const seed = start % nodeCount(graph)
      const search = new RoadSearch(graph)
      search.run(weights, [{ node: seed, seconds: 0 }])
      expect([...search.nodeSeconds]).toEqual([...bellmanFord(graph, weights, seed)])
    }),
    { numRuns: 300 },
  )
})

test('finds the same times between all pairs as Floyd–Warshall, forwards and backwards, and they keep the triangle', () => {
  fc.assert(
    fc.property(town, (drawn) => {
      const { graph, weights } = open(drawn)
      const search = new RoadSearch(graph)
      const truth = floydWarshall(graph, weights)
      const far = (a: number, b: number): boolean => a === b || Math.abs(a - b) < 1e-6
      for (let node = 0; node < nodeCount(graph); node++) {
        search.run(weights, [{ node, seconds: 0 }])
        expect(search.nodeSeconds.every((seconds, to) => far(seconds, truth[node]![to]!))).toBe(true)
        search.run(weights, [{ node, seconds: 0 }], { direction: 'to' })
        expect(search.nodeSeconds.every((seconds, from) => far(seconds, truth[from]![node]!))).toBe(true)
        for (let edge = 0; edge < edgeCount(graph); edge++) {
          const around = truth[node]![graph.tail[edge]!]! + weights[edge]!
          expect(truth[node]![graph.head[edge]!]!).toBeLessThanOrEqual(around + 1e-9)
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('a town without one-way roads takes as long there as back where nobody waits', () => {
  fc.assert(
    fc.property(town, (drawn) => {
      const two = drawn.links.map((one) => ({ ...one, oneWay: 0 as const }))
      const { graph, weights } = open({ links: two, vehicle: 'foot', closed: [] })
      const search = new RoadSearch(graph)
      const rows = Array.from({ length: nodeCount(graph) }, (_, node) => {
        search.run(weights, [{ node, seconds: 0 }])
        return search.nodeSeconds.slice()
      })
      for (const [a, row] of rows.entries()) {
        for (let b = 0; b < a; b++) {
          if (row[b] === Infinity) expect(rows[b]![a]).toBe(Infinity)
          else expect(row[b]!).toBeCloseTo(rows[b]![a]!, 6)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('stops at its limit and when it is told to, with all nearer nodes settled', () => {
  fc.assert(
    fc.property(town, fc.integer({ min: 1, max: 200 }), (drawn, limitSeconds) => {
      const { graph, weights } = open(drawn)
      const search = new RoadSearch(graph)
      const truth = bellmanFord(graph, weights, 0)
      search.run(weights, [{ node: 0, seconds: 0 }], { limitSeconds })
      for (const [node, seconds] of truth.entries()) expect(search.isSettled(node)).toBe(seconds <= limitSeconds)
      const order: number[] = []
      search.run(weights, [{ node: 0, seconds: 0 }], { onEntered: (_, at) => order.push(at) === 5 })
      expect(order.length).toBeLessThanOrEqual(5)
      expect(order).toEqual([...order].sort((a, b) => a - b))
      const entered = [...search.seconds].filter((at) => at < Infinity)
      expect(entered.sort((a, b) => a - b)).toEqual(order)
    }),
    { numRuns: 100 },
  )
})

test('the main network is the largest set of nodes that all reach one another', () => {
  fc.assert(
    fc.property(town, (drawn) => {
      const { graph, weights } = open(drawn)
      const truth = floydWarshall(graph, weights)
      const group = (a: number): number[] =>
        truth.map((_, b) => b).filter((b) => truth[a]![b]! < Infinity && truth[b]![a]! < Infinity)
      const largest = Math.max(...truth.map((_, a) => group(a).length))
      const network = mainNetwork(graph, weights)
      const members = [...network.member.keys()].filter((node) => network.member[node] === 1)
      expect(network.nodes).toBe(largest)
      expect(members).toEqual(group(members[0]!))
      const passable = weights.filter((seconds) => seconds < Infinity).length
      expect(network.edges + network.deadEdges).toBe(passable)
    }),
    { numRuns: 60 },
  )
})
