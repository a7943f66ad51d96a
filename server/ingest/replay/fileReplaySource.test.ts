import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { FeedNo, WorldNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import { manualClock } from '@/platform/clock'
import { Unavailable } from '@/platform/errors'
import { createLog } from '@/platform/log'
import { feedEntry } from '@/server/catalogue/feedRecord'
import { BatchBuilder } from '../decode/batchBuilder'
import { readMapping } from '../mappingFiles'
import { FileReplaySource, type ReplayParts } from './fileReplaySource'
import { ReplayCheckpoints } from './replayCheckpoint'

const mapping = readMapping(readFileSync('scenarios/feeds/traffic-metr-la-week.yaml', 'utf8'), 'x')
const feed = { no: FeedNo.parse(1), world: WorldNo.parse(1), key: 'f', mapping, standing: 'good' as const, digest: '' }
const checkpoint = { reached: 100, worldTime: 100, shift: 0, begun: 100 }

/** A source whose only batch ends at 900; `accept` answers for the intake. */
async function sourceOf(accept: ReplayParts['ingest']['accept']) {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-replay-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const builder = new BatchBuilder({ streamNo: () => 0, trackNo: () => 0, refuseStream: () => undefined })
  builder.add(0, 900, 1, 0)
  const pulled = { batch: builder.finish(), last: 900, next: undefined }
  const checkpoints = new ReplayCheckpoints(folder)
  const source = new FileReplaySource(
    {
      catalogue: { worldTime: () => epochMillis(1_000), worldByNo: () => undefined },
      ingest: { accept },
      clock: manualClock(5_000),
      log: createLog('test', { level: 'silent' }),
      client: { open: () => undefined, pull: () => Promise.resolve(pulled) },
      checkpoints,
    },
    { feed: { ...feed, entry: feedEntry(feed.no, mapping) }, world: { no: feed.world, key: 'w' }, folder, checkpoint },
  )
  return { source, saved: () => checkpoints.read('w', 'f') }
}

test('a batch that was not acknowledged before the end is read again: neither reached nor saved', async () => {
  const abort = new AbortController()
  const { source, saved } = await sourceOf(() => {
    abort.abort()
    return Promise.reject(new Unavailable('ingest.logFull', { retryAfterSeconds: 1 }))
  })
  await source.run(abort.signal)
  expect(source.reached).toBe(100)
  expect((await saved())?.reached).toBe(100)
})

test('a batch that was acknowledged is reached and saved, though the end came meanwhile', async () => {
  const abort = new AbortController()
  const { source, saved } = await sourceOf(({ traceId }) => {
    abort.abort()
    const none = { duplicates: 0, corrections: 0, late: 0, rejected: 0, refused: [] }
    return Promise.resolve({ traceId, received: 1, accepted: 1, ...none })
  })
  await source.run(abort.signal)
  expect(source.reached).toBe(900)
  expect((await saved())?.reached).toBe(900)
})
