import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildRoadGraph } from '@/domain/roads/buildRoadGraph'
import { readCity } from '../readCity'
import { trialPbf } from './trialPbf'

const nodes = [
  { id: 1, at: [10, 50] as const },
  { id: 2, at: [10.001, 50] as const },
  { id: 3, at: [10.002, 50] as const },
  { id: 4, at: [10.001, 50.001] as const },
]
const way = (id: number, ...ids: number[]) => ({ id, nodes: ids, tags: { highway: 'residential' } })
const relation = (id: number, members: readonly string[], tags: Record<string, string>) => ({
  id,
  members,
  tags: { type: 'restriction', ...tags },
})
const left = ['way:1:from', 'node:2:via', 'way:3:to']

test('restrictions for cars at a node are taken, the rest is refused with its reason', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-turns-'))
  try {
    const file = join(folder, 'turns.osm.pbf')
    await writeFile(
      file,
      trialPbf({
        nodes,
        ways: [way(1, 1, 2), way(2, 2, 3), way(3, 2, 4)],
        relations: [
          relation(1, left, { restriction: 'no_left_turn' }),
          relation(2, ['way:2:from', 'node:2:via', 'way:1:to'], { restriction: 'only_straight_on' }),
          relation(3, left, { 'restriction:conditional': 'no_left_turn @ (07:00-09:00)' }),
          relation(4, left, { restriction: 'no_left_turn', except: 'bus;motorcar' }),
          relation(5, left, { 'restriction:hgv': 'no_left_turn' }),
          relation(6, ['way:1:from', 'way:2:via', 'way:3:to'], { restriction: 'no_u_turn' }),
          relation(7, ['way:1:from', 'node:2:via', 'way:99:to'], { restriction: 'no_left_turn' }),
          relation(8, left, { restriction: 'left' }),
          relation(9, ['way:1:from', 'way:3:to'], { restriction: 'no_left_turn' }),
        ],
      }),
    )
    const city = await readCity({ out: 'trial', osm: [file] })
    expect(city.turns).toEqual([
      { from: ['way/1'], via: 2, to: ['way/3'], only: false },
      { from: ['way/2'], via: 2, to: ['way/1'], only: true },
    ])
    expect(city.identity.counts.find(({ kind }) => kind === 'turn restriction')).toMatchObject({
      taken: 2,
      refused: {
        'at some times only': 1,
        'not for cars': 2,
        'over a way': 1,
        'its roads are not in the extract': 1,
        'says neither no nor only': 1,
        'has no one node': 1,
      },
    })
    const { graph, counts } = buildRoadGraph(city.roads, city.turns)
    expect([graph.turnFrom.length, counts.turns]).toEqual([2, { taken: 2, idle: 0, unmatched: 0 }])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
