import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { defineSql } from '@/platform/postgres/query'

const ofWorld = z.object({ world: z.number() })

/** What the intake counted of each feed since its first record, over all servers. */
export const countedOfFeeds = defineQuery({
  name: 'countedOfFeeds',
  params: ofWorld,
  row: z.object({
    feed: z.number(),
    received: z.number(),
    accepted: z.number(),
    duplicates: z.number(),
    rejected: z.number(),
  }),
  sql: `
    SELECT feed, sum(r) AS received, sum(a) AS accepted, sum(d) AS duplicates, sum(x) AS rejected FROM (
      SELECT feed, minute, server, argMax(received, version) AS r, argMax(accepted, version) AS a,
             argMax(duplicates, version) AS d, argMax(rejected, version) AS x
      FROM feed_minutes WHERE world = {world:UInt16} GROUP BY feed, minute, server)
    GROUP BY feed`,
})

// One log record holds many rows under one seq: a row is its stream, moment and seq. FINAL merges re-inserted ones.
/** Rows of each feed in the store. */
export const storedOfFeeds = defineQuery({
  name: 'storedOfFeeds',
  params: ofWorld,
  row: z.object({ feed: z.number(), rows: z.number() }),
  sql: `
    SELECT feed, sum(n) AS rows FROM (
      SELECT feed, count() AS n FROM observations FINAL WHERE world = {world:UInt16} GROUP BY feed
      UNION ALL SELECT feed, count() AS n FROM positions FINAL WHERE world = {world:UInt16} GROUP BY feed
      UNION ALL SELECT feed, count() AS n FROM reports FINAL WHERE world = {world:UInt16} GROUP BY feed)
    GROUP BY feed`,
})

/** Questions that were answered from each feed, and by how many. */
export const usesOfFeeds = defineSql({
  name: 'usesOfFeeds',
  params: ofWorld,
  row: z.object({ feed: z.number(), uses: z.number(), users: z.number() }),
  sql: `
    SELECT u.feed, sum(u.times)::int8 AS uses, count(DISTINCT u.actor)::int AS users
    FROM feed_uses u JOIN feeds f ON f.no = u.feed WHERE f.world = $world GROUP BY u.feed`,
})

/** Counts one more use of a feed today. */
export const countUse = defineSql({
  name: 'countUse',
  params: z.object({ feed: z.number(), actor: z.string(), way: z.string(), times: z.number().int() }),
  row: z.unknown(),
  sql: `
    INSERT INTO feed_uses (feed, actor, way, day, times) VALUES ($feed, $actor, $way, current_date, $times)
    ON CONFLICT (feed, actor, way, day) DO UPDATE SET times = feed_uses.times + excluded.times`,
})

/** Who used a feed, the most first. */
export const usersOfFeed = defineSql({
  name: 'usersOfFeed',
  params: z.object({ feed: z.number() }),
  row: z.object({ actor: z.string(), way: z.string(), times: z.number(), lastDay: z.string() }),
  sql: `
    SELECT actor, way, sum(times)::int8 AS times, max(day)::text AS "lastDay"
    FROM feed_uses WHERE feed = $feed GROUP BY actor, way ORDER BY 3 DESC LIMIT 100`,
})

export const insertMend = defineSql({
  name: 'insertMend',
  params: z.object({
    world: z.number(),
    feed: z.number(),
    seq: z.string(),
    actor: z.string(),
    accepted: z.number(),
    rejected: z.number(),
  }),
  row: z.unknown(),
  sql: `
    INSERT INTO quarantine_mends (world, feed, seq, actor, accepted, rejected)
    VALUES ($world, $feed, $seq, $actor, $accepted, $rejected)`,
})

/** Refused records that were mended: accepted at the last try. */
export const mendedSeqs = defineSql({
  name: 'mendedSeqs',
  params: ofWorld,
  row: z.object({ seq: z.string(), actor: z.string() }),
  sql: 'SELECT DISTINCT ON (seq) seq, actor FROM quarantine_mends WHERE world = $world AND accepted > 0 AND rejected = 0 ORDER BY seq, at DESC LIMIT 5000',
})
