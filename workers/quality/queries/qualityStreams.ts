import { z } from 'zod'
import { FeedNo, StreamNo, TrackNo } from '@/domain/ids'
import { defineSql } from '@/platform/postgres/query'

const ofWorld = z.object({ world: z.number() })
const place = { longitude: z.number().nullable(), latitude: z.number().nullable() }

/** Datastreams of a World that are expected to speak, with the place of their Thing. */
export const qualityStreams = defineSql({
  name: 'qualityStreams',
  params: ofWorld,
  row: z.object({
    no: StreamNo,
    feed: FeedNo,
    key: z.string(),
    property: z.string(),
    periodSeconds: z.number(),
    ...place,
  }),
  sql: `
    SELECT s.no, s.feed, s.key, s.definition ->> 'property' AS property,
           (s.definition ->> 'periodSeconds')::float8 AS "periodSeconds",
           (t.definition ->> 'longitude')::float8 AS longitude, (t.definition ->> 'latitude')::float8 AS latitude
    FROM datastreams s
    LEFT JOIN things t ON t.world = s.world AND t.key = s.definition ->> 'thing'
    WHERE s.world = $world AND coalesce((s.definition ->> 'covered')::boolean, true)
      AND NOT coalesce((s.definition ->> 'masked')::boolean, false)`,
})

export const qualityTracks = defineSql({
  name: 'qualityTracks',
  params: ofWorld,
  row: z.object({ no: TrackNo, feed: FeedNo, key: z.string() }),
  sql: 'SELECT no, feed, key FROM tracks WHERE world = $world',
})

/** Feeds of a World with what they promised; `createdAt` in machine time, epoch ms. */
export const qualityFeeds = defineSql({
  name: 'qualityFeeds',
  params: ofWorld,
  row: z.object({
    no: FeedNo,
    periodSeconds: z.number(),
    latenessSeconds: z.number(),
    createdAt: z.number(),
  }),
  sql: `
    SELECT no, (mapping -> 'contract' ->> 'periodSeconds')::float8 AS "periodSeconds",
           (mapping -> 'contract' ->> 'latenessSeconds')::float8 AS "latenessSeconds",
           (extract(epoch FROM created_at) * 1000)::float8 AS "createdAt"
    FROM feeds WHERE world = $world ORDER BY no`,
})
