import { z } from 'zod'
import { defineQuery } from '@/platform/clickhouse/query'
import { QuarantineEntry } from '@/domain/api/quarantine'

/** Refused records of a World, newest first; feed 0 means every feed. A re-inserted row counts once. */
export const quarantined = defineQuery({
  name: 'quarantined',
  params: z.object({ world: z.number(), feed: z.number(), limit: z.number() }),
  row: QuarantineEntry,
  sql: `
    SELECT feed, toString(seq) AS seq, line, reason, message, sample, trace_id AS traceId,
      toUnixTimestamp64Milli(known_time) AS knownTime, toUnixTimestamp(recorded_at) * 1000 AS recordedAt
    FROM quarantine
    WHERE world = {world:UInt16} AND ({feed:UInt16} = 0 OR feed = {feed:UInt16})
    ORDER BY recorded_at DESC, seq DESC
    LIMIT 1 BY world, quarantine.feed, seq
    LIMIT {limit:UInt32}`,
})

/** How many records of each feed were refused for which reason. */
export const quarantineReasons = defineQuery({
  name: 'quarantineReasons',
  params: z.object({ world: z.number(), feed: z.number() }),
  row: z.object({ feed: z.number(), reason: z.string(), records: z.number() }),
  sql: `
    SELECT feed, reason, uniqExact(seq) AS records
    FROM quarantine
    WHERE world = {world:UInt16} AND ({feed:UInt16} = 0 OR feed = {feed:UInt16})
    GROUP BY feed, reason
    ORDER BY records DESC`,
})
