import { Evidence, EvidenceQuery } from '@/domain/api/evidence'
import { FeedMinutes, FeedMinutesQuery } from '@/domain/api/feedMinutes'
import { PictureQuery, PictureView } from '@/domain/api/picture'
import { QuarantineList, QuarantineQuery } from '@/domain/api/quarantine'
import { LONGEST_SERIES_MS, Series, SeriesQuery } from '@/domain/api/series'
import { StreamMinutes, StreamMinutesQuery } from '@/domain/api/streamMinutes'
import { parseEvidenceId } from '@/domain/evidenceId'
import type { EvidenceId } from '@/domain/evidenceId'
import { CHANNELS } from '@/domain/fold/delta'
import { pictureHash } from '@/domain/fold/pictureHash'
import type { FeedNo } from '@/domain/ids'
import { epochMillis } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { InvalidInput, NotFound } from '@/platform/errors'
import { limitEvidence, promiseEvidence } from '@/server/history/catalogueEvidence'
import { countEvidence } from '@/server/history/countEvidence'
import type { EvidenceWitness } from '@/server/history/evidenceWitness'
import { feedEvidence } from '@/server/history/feedEvidence'
import { feedsAsOf } from '@/server/history/feedsAsOf'
import { History } from '@/server/history/history'
import { pictureAsOf } from '@/server/history/pictureAsOf'
import { readingEvidence } from '@/server/history/readingEvidence'
import { reportEvidence } from '@/server/history/reportEvidence'
import { speedEvidence } from '@/server/history/speedEvidence'
import { seriesOf } from '@/server/history/series'
import { channelView } from '../channelView'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

const LONGEST_MINUTES_MS = 31 * 24 * 3_600_000

export function historyRoutes(parts: HttpParts): Route[] {
  return [seriesRoute(parts), minutesRoute(parts), pictureRoute(parts), evidenceRoute(parts), ...feedRoutes(parts)]
}

const historyOf = (parts: HttpParts, world: World): History => new History(world, parts)

const seriesRoute = (parts: HttpParts): Route =>
  defineRoute({
    method: 'GET',
    path: '/api/worlds/:world/series',
    action: 'history.read',
    summary: 'One Datastream between two World times, thinned without losing an extreme, with its usual band.',
    query: SeriesQuery,
    answer: Series,
    handle({ params, query }) {
      const world = worldIn(parts, params)
      if (query.from > query.to) throw new InvalidInput('history.emptyWindow')
      if (!(query.to - query.from <= LONGEST_SERIES_MS)) throw new InvalidInput('history.windowTooLong')
      const stream = parts.catalogue.datastream(world.no, query.stream)
      const property = stream && parts.catalogue.property(world.no, stream.property)
      if (property === undefined) throw new NotFound('history.noSuchStream', { stream: query.stream })
      return seriesOf(historyOf(parts, world), query, property)
    },
  })

const minutesRoute = (parts: HttpParts): Route =>
  defineRoute({
    method: 'GET',
    path: '/api/worlds/:world/minutes',
    action: 'history.read',
    summary: 'Minute roll-ups of up to 2 000 Datastreams over at most 31 days.',
    query: StreamMinutesQuery,
    answer: StreamMinutes,
    handle({ params, query: { streams, from, to } }) {
      if (!(to >= from) || to - from > LONGEST_MINUTES_MS) throw new InvalidInput('history.badWindow')
      return historyOf(parts, worldIn(parts, params)).minutes(streams, from, to)
    },
  })

const pictureRoute = (parts: HttpParts): Route =>
  defineRoute({
    method: 'GET',
    path: '/api/worlds/:world/picture',
    action: 'history.read',
    summary: 'The picture as Belfry knew it at a past moment of the World.',
    query: PictureQuery,
    answer: PictureView,
    async handle({ params, query }) {
      const world = worldIn(parts, params)
      const catalogue = parts.catalogue.catalogue(world.no)
      const knownTime = epochMillis(query.knownTime)
      const history = historyOf(parts, world)
      const picture = await pictureAsOf(history, knownTime, catalogue.datastreams)
      const feeds = await feedsAsOf({ history, picture, knownTime, catalogue, latenessMs: latenessIn(parts) })
      for (const health of feeds) picture.feeds.set(health.feed, health)
      const channels = CHANNELS.map((channel) => channelView(picture, channel))
      return { world: world.key, knownTime: query.knownTime, hash: pictureHash(picture), channels }
    },
  })

const evidenceRoute = (parts: HttpParts): Route =>
  defineRoute({
    method: 'GET',
    path: '/api/worlds/:world/evidence',
    action: 'history.read',
    summary: 'What a number rests on: its question, its rows, its feeds, and the number computed again.',
    query: EvidenceQuery,
    answer: Evidence,
    handle({ params, query }) {
      const world = worldIn(parts, params)
      const id = parseEvidenceId(query.source)
      if (id === undefined) throw new InvalidInput('evidence.unreadable')
      const [history, witness] = [historyOf(parts, world), witnessOf(parts, world)]
      return evidenceOf(id, history, witness, parts.clock.now())
    },
  })

function evidenceOf(
  id: EvidenceId,
  history: History,
  witness: EvidenceWitness,
  machineNow: EpochMillis,
): Evidence | Promise<Evidence> {
  switch (id.kind) {
    case 'reading':
      return readingEvidence(history, id, witness)
    case 'speed':
      return speedEvidence(history, id, witness)
    case 'count':
      return countEvidence(history, id, witness)
    case 'report':
      return reportEvidence(history, id, witness)
    case 'feed':
      return feedEvidence(history, id, witness, machineNow)
    case 'promise':
      return promiseEvidence(history, id, witness)
    case 'limit':
      return limitEvidence(history, id, witness)
  }
}

/** Allowed lateness of a Feed, ms. */
const latenessIn =
  ({ catalogue }: Pick<HttpParts, 'catalogue'>) =>
  (feed: FeedNo): number =>
    (catalogue.feed(feed)?.mapping.contract.latenessSeconds ?? 0) * 1000

function witnessOf({ catalogue, live, storeLagMs }: HttpParts, world: World): EvidenceWitness {
  const { datastreams, feeds, tracks } = catalogue.catalogue(world.no)
  const worldNow = catalogue.worldTime(world.no)
  const lag = storeLagMs()
  return {
    worldNow,
    pendingSince: lag === 0 ? undefined : worldNow - lag * world.clock.rate,
    latenessMs: latenessIn({ catalogue }),
    streams: datastreams,
    feeds,
    tracks,
    isPositionLive(track, epoch, offset) {
      const rows = live.picture(world.no)?.movers
      return rows !== undefined && track < rows.length && rows.epoch[track] === epoch && rows.offset[track] === offset
    },
    isReportLive: (report, revisedAt) => live.picture(world.no)?.reports.get(report)?.revisedAt === revisedAt,
    property: (key) => catalogue.property(world.no, key),
    isLive(stream, epoch, offset) {
      const rows = live.picture(world.no)?.readings
      return (
        rows !== undefined && stream < rows.length && rows.epoch[stream] === epoch && rows.offset[stream] === offset
      )
    },
  }
}

const feedRoutes = (parts: HttpParts): Route[] => [
  defineRoute({
    method: 'GET',
    path: '/api/worlds/:world/quarantine',
    action: 'quarantine.read',
    summary: 'Refused records with reason and masked sample, newest first.',
    query: QuarantineQuery,
    answer: QuarantineList,
    handle: ({ params, query }) => historyOf(parts, worldIn(parts, params)).quarantine(query.feed ?? 0, query.limit),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/worlds/:world/feedMinutes',
    action: 'history.read',
    summary: 'What each feed delivered minute by minute of machine time.',
    query: FeedMinutesQuery,
    answer: FeedMinutes,
    async handle({ params, query: { feed, from, to } }) {
      return { minutes: await historyOf(parts, worldIn(parts, params)).feedMinutes(feed ?? 0, from, to) }
    },
  }),
]
