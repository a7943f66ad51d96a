import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildRoadGraph } from './buildRoadGraph'
import { BadGraph, decodeGraph, encodeGraph } from './graphCodec'
import type { RoadGraph } from './roadGraph'
import { RoadSearch } from './roadSearch'
import { trialRoad, trialTown } from './trialRoads'
import { freeFlowSeconds } from './vehicleRules'

const name = { 'zh-CN': '江滨路', en: 'Jiangbin Road' }
const roads = [
  trialRoad([118, 31, 118.001, 31, 118.002, 31], { name, ref: 'G42', bridge: true, layer: 1, speedLimit: 60 }),
  trialRoad([118.001, 31, 118.001, 31.001], { oneWay: 1, class: 'service', foot: false, underpass: true }),
  ...trialTown([
    { from: 1, to: 2, oneWay: 0, class: 'primary' },
    { from: 2, to: 9, oneWay: -1, class: 'residential' },
  ]),
]
const { graph } = buildRoadGraph(roads)

test('what is written is read again, and the same graph gives the same bytes', () => {
  const bytes = encodeGraph(graph)
  expect(decodeGraph(bytes)).toEqual(graph)
  expect(encodeGraph(decodeGraph(bytes))).toEqual(bytes)
  // Read from the middle of another buffer, where nothing is aligned.
  const shifted = new Uint8Array(bytes.length + 3)
  shifted.set(bytes, 3)
  expect(decodeGraph(shifted.subarray(3))).toEqual(graph)
})

test('an empty city has an empty graph', () => {
  const empty = buildRoadGraph([]).graph
  expect(decodeGraph(encodeGraph(empty))).toEqual(empty)
})

test('a cut file is refused at every length', () => {
  const bytes = encodeGraph(graph)
  const lastByte = bytes.length - 8
  for (let length = 0; length < lastByte; length++) {
    expect(() => decodeGraph(bytes.subarray(0, length))).toThrow(BadGraph)
  }
})

test('changed bytes are refused, or give a graph that every search survives', () => {
  const bytes = encodeGraph(graph)
  const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(changes, (list) => {
      const hostile = bytes.slice()
      for (const [at, value] of list) hostile[at] = value
      let read: RoadGraph
      try {
        read = decodeGraph(hostile)
      } catch (error) {
        expect(error).toBeInstanceOf(BadGraph)
        return
      }
      const search = new RoadSearch(read)
      const weights = freeFlowSeconds(read, 'car')
      expect(weights.every((seconds) => seconds >= 0)).toBe(true)
      search.run(weights, [{ node: 0, seconds: 0 }])
    }),
    { numRuns: 3000 },
  )
})

test('each broken promise is named', () => {
  const broken = (
    change: (copy: { -readonly [Key in keyof RoadGraph]: RoadGraph[Key] }) => void,
  ): (() => RoadGraph) => {
    const copy = structuredClone(graph)
    change(copy)
    return () => decodeGraph(encodeGraph(copy))
  }
  expect(broken((copy) => (copy.head[0] = 99))).toThrow('an edge reaches no node')
  expect(broken((copy) => (copy.metres[0] = NaN))).toThrow('a stretch has no length')
  expect(broken((copy) => (copy.road[0] = -1))).toThrow('a stretch belongs to no road')
  expect(broken((copy) => (copy.edgeAgainst[0]! ^= 1))).toThrow(/two edges in one direction|other ends back/)
  expect(broken((copy) => (copy.firstOut[1] = 99))).toThrow('out of order')
  expect(broken((copy) => (copy.vertexLatitude[0] = 2e9))).toThrow('off the Earth')
  expect(broken((copy) => (copy.width = copy.width.subarray(1)))).toThrow('differ in length')
})
