import { z } from 'zod'
import { FeedNo, WorldNo } from '@/domain/ids'
import { defineSql } from '@/platform/postgres/query'

const none = z.unknown()

/** A World that is there already stays as it is: no row comes back. */
export const insertWorld = defineSql({
  name: 'insertWorld',
  params: z.object({
    key: z.string(),
    kind: z.string(),
    name: z.string(),
    timeZone: z.string(),
    parent: z.number().nullable(),
    forkedAt: z.number().nullable(),
    anchorWorld: z.number(),
    anchorReal: z.number(),
    rate: z.number(),
    view: z.string(),
    city: z.string().nullable(),
  }),
  row: z.object({ no: WorldNo }),
  sql: `
    INSERT INTO worlds (no, key, kind, name, time_zone, parent, forked_at, anchor_world, anchor_real, rate, view, city)
    SELECT coalesce(max(no), 0) + 1, $key, $kind, $name::jsonb, $timeZone, $parent, $forkedAt, $anchorWorld, $anchorReal, $rate, $view::jsonb, $city
    FROM worlds ON CONFLICT (key) DO NOTHING RETURNING no`,
})

export const insertCounters = defineSql({
  name: 'insertCounters',
  params: z.object({ world: z.number() }),
  row: none,
  sql: 'INSERT INTO world_counters (world) VALUES ($world) ON CONFLICT DO NOTHING',
})

export const updateClock = defineSql({
  name: 'updateClock',
  params: z.object({ world: z.number(), anchorWorld: z.number(), anchorReal: z.number(), rate: z.number() }),
  row: none,
  sql: 'UPDATE worlds SET anchor_world = $anchorWorld, anchor_real = $anchorReal, rate = $rate WHERE no = $world',
})

export const updateCity = defineSql({
  name: 'updateCity',
  params: z.object({ world: z.number(), city: z.string().nullable() }),
  row: none,
  sql: 'UPDATE worlds SET city = $city WHERE no = $world',
})

/** Locks the World's counters until the transaction ends: numbers and versions are handed out one at a time. */
export const lockCounters = defineSql({
  name: 'lockCounters',
  params: z.object({ world: z.number() }),
  row: z.object({ nextStream: z.number(), nextTrack: z.number(), version: z.number() }),
  sql: `
    SELECT next_stream AS "nextStream", next_track AS "nextTrack", catalogue_version AS version
    FROM world_counters WHERE world = $world FOR UPDATE`,
})

export const setCounters = defineSql({
  name: 'setCounters',
  params: z.object({ world: z.number(), nextStream: z.number(), nextTrack: z.number(), version: z.number() }),
  row: none,
  sql: `
    UPDATE world_counters SET next_stream = $nextStream, next_track = $nextTrack, catalogue_version = $version
    WHERE world = $world`,
})

/** The feed's number; `world`, `key` decide whether it is a new one. */
export const upsertFeed = defineSql({
  name: 'upsertFeed',
  params: z.object({ world: z.number(), key: z.string(), mapping: z.string(), digest: z.string() }),
  row: z.object({ no: FeedNo }),
  sql: `
    INSERT INTO feeds (world, key, mapping, digest) VALUES ($world, $key, $mapping::jsonb, $digest)
    ON CONFLICT (world, key) DO UPDATE SET mapping = excluded.mapping, digest = excluded.digest RETURNING no`,
})

export const setFeedKey = defineSql({
  name: 'setFeedKey',
  params: z.object({ no: z.number(), keyHash: z.string() }),
  row: z.object({ world: WorldNo }),
  sql: 'UPDATE feeds SET key_hash = $keyHash WHERE no = $no RETURNING world',
})

const definitions = z.object({ world: z.number(), rows: z.string() })

export const upsertProperties = defineSql({
  name: 'upsertProperties',
  params: definitions,
  row: none,
  sql: `
    INSERT INTO observed_properties (world, key, definition)
    SELECT $world::int, row ->> 'key', row FROM jsonb_array_elements($rows::jsonb) AS row
    ON CONFLICT (world, key) DO UPDATE SET definition = excluded.definition`,
})

export const upsertThings = defineSql({
  name: 'upsertThings',
  params: definitions,
  row: none,
  sql: `
    INSERT INTO things (world, key, definition)
    SELECT $world::int, row ->> 'key', row FROM jsonb_array_elements($rows::jsonb) AS row
    ON CONFLICT (world, key) DO UPDATE SET definition = excluded.definition`,
})

/** Things that a first record named; what is declared stays. */
export const insertThings = defineSql({
  name: 'insertThings',
  params: definitions,
  row: none,
  sql: `
    INSERT INTO things (world, key, definition)
    SELECT $world::int, row ->> 'key', row FROM jsonb_array_elements($rows::jsonb) AS row ON CONFLICT DO NOTHING`,
})

const keyed = z.object({ world: z.number(), keys: z.array(z.string()) })

export const existingStreams = defineSql({
  name: 'existingStreams',
  params: keyed,
  row: z.object({ key: z.string(), feed: FeedNo }),
  sql: 'SELECT key, feed FROM datastreams WHERE world = $world AND key = ANY($keys::text[])',
})

const numbered = z.object({ world: z.number(), feed: z.number(), rows: z.string() })

/** `rows` are objects of `no`, `key` and `definition`. */
export const insertStreams = defineSql({
  name: 'insertStreams',
  params: numbered,
  row: none,
  sql: `
    INSERT INTO datastreams (world, no, feed, key, definition)
    SELECT $world::int, (row ->> 'no')::bigint, $feed::int, row ->> 'key', row -> 'definition'
    FROM jsonb_array_elements($rows::jsonb) AS row`,
})

export const updateStreams = defineSql({
  name: 'updateStreams',
  params: numbered,
  row: none,
  sql: `
    UPDATE datastreams SET definition = row -> 'definition' FROM jsonb_array_elements($rows::jsonb) AS row
    WHERE datastreams.world = $world AND datastreams.feed = $feed AND datastreams.key = row ->> 'key'`,
})

export const existingTracks = defineSql({
  name: 'existingTracks',
  params: z.object({ world: z.number(), feed: z.number(), keys: z.array(z.string()) }),
  row: z.object({ key: z.string() }),
  sql: 'SELECT key FROM tracks WHERE world = $world AND feed = $feed AND key = ANY($keys::text[])',
})

export const insertTracks = defineSql({
  name: 'insertTracks',
  params: numbered,
  row: none,
  sql: `
    INSERT INTO tracks (world, no, feed, key, definition)
    SELECT $world::int, (row ->> 'no')::bigint, $feed::int, row ->> 'key', row -> 'definition'
    FROM jsonb_array_elements($rows::jsonb) AS row`,
})
