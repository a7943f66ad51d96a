import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FeedNo, StreamNo, WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import { feedEntry } from '@/server/catalogue/feedRecord'
import { BatchBuilder } from './decode/batchBuilder'
import { readMapping } from './mappingFiles'
import { resolveNames } from './nameResolver'

const mapping = readMapping(readFileSync('scenarios/feeds/traffic-metr-la-week.yaml', 'utf8'), 'x')
const no = FeedNo.parse(1)
const feed = {
  no,
  world: WorldNo.parse(1),
  key: 'f',
  mapping,
  standing: 'good' as const,
  digest: '',
  entry: feedEntry(no, mapping),
}

test("a feed is not given another feed's stream: those rows are refused, the rest keep their values", async () => {
  const builder = new BatchBuilder({
    streamNo: (key) => (key === 'known.speed' ? 3 : undefined),
    trackNo: () => undefined,
    refuseStream: () => undefined,
  })
  const rows = ['known.speed', 'foreign.speed', 'own.speed', 'foreign.speed']
  rows.forEach((key, i) => builder.observation(key, epochMillis(10 + i), i, i))
  const { batch, learnt } = await resolveNames(
    {
      registerStreams: (_world, _feed, drafts) =>
        Promise.resolve(
          new Map(drafts.filter(({ key }) => key === 'own.speed').map(({ key }) => [key, StreamNo.parse(9)])),
        ),
      registerTracks: () => Promise.resolve([]),
    },
    feed,
    builder.finish(),
  )
  expect([...batch.observations.stream]).toEqual([3, 9])
  expect([...batch.observations.time, ...batch.observations.value, ...batch.observations.quality]).toEqual([
    10, 12, 0, 2, 0, 2,
  ])
  expect([batch.received, batch.rejected]).toEqual([4, 2])
  expect(batch.refused.map(({ reason }) => reason)).toEqual(['streamOfAnotherFeed', 'streamOfAnotherFeed'])
  expect(batch.refused[0]?.sample).toContain('foreign.speed')
  expect(learnt).toMatchObject({ streams: ['own.speed'], streamNos: [9] })
})
