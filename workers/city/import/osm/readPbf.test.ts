import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SourceRefused } from '../refused'
import { OsmData } from './osmData'
import { readPbf } from './readPbf'
import { trialBlob, trialPbf } from './trialPbf'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-pbf-'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

let serial = 0
async function read(bytes: Uint8Array): Promise<OsmData> {
  const file = join(folder, `${serial++}.osm.pbf`)
  await writeFile(file, bytes)
  return readPbf(file)
}

const small = trialPbf({
  box: [-0.5, -1, 0.5, 1],
  nodes: [
    { id: 1, at: [-0.25, 0.5] },
    { id: 2, at: [0.25, -0.5], tags: { amenity: 'hospital', 'name:zh': '医院', 'addr:street': 'dropped' } },
    { id: 9_000_000_001, at: [0.1234567, 0.7654321] },
  ],
  ways: [{ id: 7, nodes: [1, 2, 9_000_000_001], tags: { highway: 'primary', name: 'Ring' } }],
  relations: [{ id: 3, members: ['way:7:outer', 'node:2:', 'relation:3:inner'], tags: { type: 'multipolygon' } }],
})

describe('a small extract', () => {
  test('comes back as it was written', async () => {
    const data = await read(small)
    expect(data.nodeCount).toBe(3)
    expect(data.box).toEqual([-0.5, -1, 0.5, 1])
    expect(data.newest).toBe(1_700_000_000)
    expect(data.nodes).toHaveLength(1)
    expect(data.nodes[0]?.id).toBe(2)
    expect(Object.fromEntries(data.nodes[0]!.tags)).toEqual({ amenity: 'hospital', 'name:zh': '医院' })
    const { line, nodes } = data.line(data.ways.get(7)!.nodes)
    expect([...nodes]).toEqual([1, 2, 9_000_000_001])
    expect([...line].map((value) => value.toFixed(7))).toEqual(
      [-0.25, 0.5, 0.25, -0.5, 0.1234567, 0.7654321].map((value) => value.toFixed(7)),
    )
    expect(data.relations.get(3)?.members.map(({ type, id, role }) => `${type}:${id}:${role}`)).toEqual([
      'way:7:outer',
      'node:2:',
      'relation:3:inner',
    ])
  })

  test('finds nodes that are not in order, and leaves out those that are missing', async () => {
    const data = await read(
      trialPbf({
        nodes: [
          { id: 30, at: [3, 3] },
          { id: 10, at: [1, 1] },
          { id: 20, at: [2, 2] },
        ],
        ways: [{ id: 1, nodes: [10, 20, 99, 30] }],
      }),
    )
    expect([...data.line(data.ways.get(1)!.nodes).nodes]).toEqual([10, 20, 30])
  })

  test('a line is cut where nodes are missing; a ring begins behind a gap', async () => {
    const at = (id: number) => ({ id, at: [id, id] as const })
    const data = await read(trialPbf({ nodes: [1, 2, 3, 4, 5, 6].map(at) }))
    const parts = (...ids: number[]) => data.lines(Float64Array.from(ids)).map(({ nodes }) => [...nodes])
    expect(parts(1, 2, 99, 98, 3, 4, 97, 5)).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(parts(1, 2, 3, 99, 4, 5, 1)).toEqual([[4, 5, 1, 2, 3]])
    expect(parts(1, 2, 3, 1)).toEqual([[1, 2, 3, 1]])
    expect(parts(1, 99, 2, 98)).toEqual([])
    expect(parts(99, 1, 2, 99)).toEqual([[1, 2]])
  })

  test('a node without a latitude is none, with tags or without', () => {
    const data = new OsmData()
    data.addNode(1, 1e7, Number.NaN)
    data.addTaggedNode(1, [1e7, Number.NaN], new Map([['amenity', 'hospital']]))
    data.addTaggedNode(2, [1e7, 2e7], new Map([['amenity', 'hospital']]))
    expect(data.nodes.map(({ id }) => id)).toEqual([2])
    expect(data.nodeCount).toBe(0)
    expect([...data.broken]).toEqual([['position off the globe', 1]])
  })

  test('counts a node off the globe and goes on', async () => {
    const data = await read(
      trialPbf({
        nodes: [
          { id: 1, at: [190, 0] },
          { id: 2, at: [0, 0] },
        ],
      }),
    )
    expect(data.nodeCount).toBe(1)
    expect([...data.broken]).toEqual([['position off the globe', 1]])
  })
})

describe('hostile files are refused with a sentence', () => {
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['nothing', Buffer.alloc(0), /is empty/],
    ['a picture', Buffer.from('\u0089PNG\r\n\u001a\nnot a map at all', 'latin1'), /is not an OpenStreetMap PBF/],
    ['data without a header', trialBlob('OSMData', Buffer.alloc(4)), /is not an OpenStreetMap PBF/],
    ['a block that grows to 33 MB', trialBlob('OSMHeader', Buffer.alloc(33 * 1024 * 1024), 10), /grows beyond 32 MB/],
    ['a block that says 4 GB', trialBlob('OSMHeader', Buffer.alloc(10), 2 ** 32), /32 MB is the most/],
    ['a block of another length', trialBlob('OSMHeader', Buffer.alloc(0), 7), /another length/],
    ['history', trialPbf({ nodes: [], features: ['HistoricalInformation'] }), /HistoricalInformation/],
  ]
  test.each(cases)('%s', async (_name, bytes, sentence) => {
    await expect(read(bytes)).rejects.toThrow(sentence)
    await expect(read(bytes)).rejects.toBeInstanceOf(SourceRefused)
  })

  test('a file that is not there', async () => {
    await expect(readPbf(join(folder, 'none.pbf'))).rejects.toThrow(/cannot be opened/)
  })

  test('a file cut anywhere but between its blobs', async () => {
    for (let length = 1; length < small.length; length += 3) {
      const outcome = await read(small.subarray(0, length)).catch((cause: unknown) => cause)
      const isCutBetweenBlobs = !(outcome instanceof Error)
      if (isCutBetweenBlobs) expect((outcome as OsmData).nodeCount).toBe(0)
      else expect(outcome).toBeInstanceOf(SourceRefused)
    }
  }, 60_000)

  test('any byte may be wrong: read, or refused, never anything else', async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(small.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const bytes = Buffer.from(small)
          for (const [at, value] of changes) bytes[at] = value
          const outcome = await read(bytes).catch((cause: unknown) => cause)
          if (outcome instanceof Error) {
            expect(outcome).toBeInstanceOf(SourceRefused)
            refused++
          }
        },
      ),
      { numRuns: 250, seed: 7 },
    )
    expect(refused).toBeGreaterThan(60)
  }, 60_000)
})
