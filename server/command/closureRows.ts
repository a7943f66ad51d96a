import { z } from 'zod'
import { Place } from '@/domain/api/roads'
import { epochMillis } from '@/domain/time'
import { defineSql } from '@/platform/postgres/query'

const row = z.object({
  world: z.number().int(),
  source: z.string(),
  reason: z.string(),
  codes: z.array(z.string()),
  places: z.array(Place),
  by: z.string(),
  at: z.number().transform(epochMillis),
})
export type ClosureRow = z.output<typeof row>

/** Every closure that holds, of all Worlds. */
export const closureRows = defineSql({
  name: 'roadClosures',
  params: z.object({}),
  row,
  sql: `
    SELECT world, source, reason, codes, places, closed_by AS by,
      (extract(epoch FROM closed_at) * 1000)::float8 AS at
    FROM road_closures ORDER BY world, source`,
})

export const putClosure = defineSql({
  name: 'putRoadClosure',
  params: z.object({
    world: z.number(),
    source: z.string(),
    reason: z.string(),
    codes: z.string(),
    places: z.string(),
    by: z.string(),
    at: z.number(),
  }),
  row: z.never(),
  sql: `
    INSERT INTO road_closures (world, source, reason, codes, places, closed_by, closed_at)
    VALUES ($world, $source, $reason, $codes::jsonb, $places::jsonb, $by, to_timestamp($at::float8 / 1000))
    ON CONFLICT (world, source) DO UPDATE SET reason = excluded.reason, codes = excluded.codes,
      places = excluded.places, closed_by = excluded.closed_by, closed_at = excluded.closed_at`,
})

export const deleteClosure = defineSql({
  name: 'deleteRoadClosure',
  params: z.object({ world: z.number(), source: z.string() }),
  row: z.object({ source: z.string() }),
  sql: `DELETE FROM road_closures WHERE world = $world AND source = $source RETURNING source`,
})
