import { z } from 'zod'
import { Datastream, ObservedProperty, Thing, Track } from '@/domain/catalogue'
import { FeedMapping } from '@/domain/feed/mapping'
import { FeedStanding } from '@/domain/feed/standing'
import { FeedNo, StreamNo, TrackNo, WorldNo } from '@/domain/ids'
import { World } from '@/domain/world'
import { defineSql } from '@/platform/postgres/query'

const ofWorld = z.object({ world: z.number() })

const WorldRow = z
  .object({
    no: z.number(),
    key: z.string(),
    kind: z.string(),
    name: z.unknown(),
    timeZone: z.string(),
    parent: z.number().nullable(),
    forkedAt: z.number().nullable(),
    anchorWorld: z.number(),
    anchorReal: z.number(),
    rate: z.number(),
    view: z.unknown(),
    city: z.string().nullable(),
    version: z.number(),
  })
  .transform(({ parent, forkedAt, city, anchorWorld, anchorReal, rate, version, ...row }) => ({
    world: World.parse({
      ...row,
      ...(parent === null ? {} : { parent }),
      ...(forkedAt === null ? {} : { forkedAt }),
      ...(city === null ? {} : { city }),
      clock: { anchorWorld, anchorReal, rate },
    }),
    version,
  }))

/** All Worlds with the version of their catalogue. */
export const readWorlds = defineSql({
  name: 'readWorlds',
  row: WorldRow,
  sql: `
    SELECT no, key, kind, name, time_zone AS "timeZone", parent, forked_at AS "forkedAt", anchor_world AS "anchorWorld",
           anchor_real AS "anchorReal", rate, view, city, coalesce(catalogue_version, 0) AS version
    FROM worlds LEFT JOIN world_counters ON world_counters.world = worlds.no ORDER BY no`,
})

/** Feeds of a World without their mappings: to see what changed. */
export const readFeedDigests = defineSql({
  name: 'readFeedDigests',
  params: ofWorld,
  row: z.object({
    no: FeedNo,
    key: z.string(),
    digest: z.string(),
    keyHash: z.string().nullable(),
    standing: FeedStanding,
    standingReason: z.string().nullable(),
  }),
  sql: `
    SELECT no, key, digest, key_hash AS "keyHash", standing, standing_reason AS "standingReason"
    FROM feeds WHERE world = $world ORDER BY no`,
})

export const readFeedMapping = defineSql({
  name: 'readFeedMapping',
  params: z.object({ no: z.number() }),
  row: z.object({ world: WorldNo, mapping: FeedMapping }),
  sql: 'SELECT world, mapping FROM feeds WHERE no = $no',
})

export const readProperties = defineSql({
  name: 'readProperties',
  params: ofWorld,
  row: z.object({ definition: ObservedProperty }),
  sql: 'SELECT definition FROM observed_properties WHERE world = $world ORDER BY key',
})

export const readThings = defineSql({
  name: 'readThings',
  params: ofWorld,
  row: z.object({ definition: Thing }),
  sql: 'SELECT definition FROM things WHERE world = $world ORDER BY key',
})

const StreamRow = z
  .object({ no: StreamNo, feed: FeedNo, key: z.string(), definition: z.record(z.string(), z.unknown()) })
  .transform(({ definition, ...row }) => Datastream.parse({ ...definition, ...row }))

/** Datastreams of a World from number `from` on. */
export const readStreams = defineSql({
  name: 'readStreams',
  params: z.object({ world: z.number(), from: z.number() }),
  row: StreamRow,
  sql: 'SELECT no, feed, key, definition FROM datastreams WHERE world = $world AND no >= $from ORDER BY no',
})

const TrackRow = z
  .object({ no: TrackNo, feed: FeedNo, key: z.string(), definition: z.record(z.string(), z.unknown()) })
  .transform(({ definition, ...row }) => Track.parse({ ...definition, ...row }))

/** Tracks of a World from number `from` on. */
export const readTracks = defineSql({
  name: 'readTracks',
  params: z.object({ world: z.number(), from: z.number() }),
  row: TrackRow,
  sql: 'SELECT no, feed, key, definition FROM tracks WHERE world = $world AND no >= $from ORDER BY no',
})
