import { z } from 'zod'
import type { WallOrders } from '@/domain/api/wall'
import type { EpochMillis } from '@/domain/time'
import { epochMillis } from '@/domain/time'
import { firstState } from '@/domain/wall/steer'
import type { WallKey } from '@/domain/wall/wallLayout'
import { WallLayout } from '@/domain/wall/wallLayout'
import { WallAct, WallState } from '@/domain/wall/wallState'
import type { Queryable, Transaction } from '@/platform/postgres/postgres'
import { defineSql } from '@/platform/postgres/query'

/** Channel of PostgreSQL's NOTIFY; the payload is the wall's key. */
export const WALLS_CHANNEL = 'belfry_walls'

const Said = z.union([WallAct, z.object({ kind: z.literal('undo') })])
export type Said = z.infer<typeof Said>

const Made = { version: z.number(), by: z.string(), at: z.number().transform(epochMillis) }

const newestLayout = defineSql({
  name: 'newestWallLayout',
  params: z.object({ wall: z.string() }),
  row: z.object({ ...Made, body: WallLayout }),
  sql: `SELECT version, body, made_by AS by, made_at AS at FROM wall_layouts WHERE wall = $wall ORDER BY version DESC LIMIT 1`,
})

const stateRows = defineSql({
  name: 'wallStates',
  params: z.object({ wall: z.string(), to: z.number().nullable(), limit: z.number() }),
  row: z.object({ ...Made, body: WallState, act: Said, undoTo: z.number().nullable() }),
  sql: `
    SELECT version, body, act, undo_to AS "undoTo", made_by AS by, made_at AS at FROM wall_states
    WHERE wall = $wall AND version <= coalesce($to::int, version) ORDER BY version DESC LIMIT $limit::int`,
})

const insertLayout = defineSql({
  name: 'insertWallLayout',
  params: z.object({ wall: z.string(), version: z.number(), body: z.string(), by: z.string(), at: z.number() }),
  row: z.never(),
  sql: `
    INSERT INTO wall_layouts (wall, version, body, made_by, made_at)
    VALUES ($wall, $version, $body::jsonb, $by, to_timestamp($at::float8 / 1000))`,
})

const insertState = defineSql({
  name: 'insertWallState',
  params: z.object({
    wall: z.string(),
    version: z.number(),
    act: z.string(),
    body: z.string(),
    undoTo: z.number().nullable(),
    by: z.string(),
    at: z.number(),
  }),
  row: z.never(),
  sql: `
    INSERT INTO wall_states (wall, version, act, body, undo_to, made_by, made_at)
    VALUES ($wall, $version, $act::jsonb, $body::jsonb, $undoTo::int, $by, to_timestamp($at::float8 / 1000))`,
})

const lockWall = defineSql({
  name: 'lockWall',
  params: z.object({ wall: z.string() }),
  row: z.object({}),
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('belfry.wall.' || $wall, 0))`,
})

const tellWall = defineSql({
  name: 'tellWall',
  params: z.object({ wall: z.string() }),
  row: z.object({}),
  sql: `SELECT pg_notify('${WALLS_CHANNEL}', $wall)`,
})

/** A wall that nobody laid out: one screen of the usual size on a desk. */
const FIRST_LAYOUT: WallLayout = {
  columns: 1,
  rows: 1,
  tileWidth: 1920,
  tileHeight: 1080,
  bezelX: 0,
  bezelY: 0,
  pitch: 0.276,
  distance: 0.6,
}
const NEVER = { version: 0, by: 'system:belfry', at: epochMillis(0) } as const

/** The newest orders of a wall; version 0 of what nobody has decided yet. */
export async function ordersOf(db: Queryable, wall: WallKey): Promise<WallOrders> {
  const [layout] = await newestLayout(db, { wall })
  const [state] = await stateRows(db, { wall, to: null, limit: 1 })
  return {
    wall,
    layout: layout ?? { ...NEVER, body: FIRST_LAYOUT },
    state: state === undefined ? { ...NEVER, body: firstState(NEVER.at) } : stateOf(state),
  }
}

type StateRow = Awaited<ReturnType<typeof stateRows>>[number]

const stateOf = ({ version, by, at, body, undoTo }: StateRow): WallOrders['state'] => ({
  ...{ version, by, at, body },
  ...(undoTo === null ? {} : { undoTo }),
})

/** The state of a version, as it was. */
export async function stateOfVersion(db: Queryable, wall: WallKey, version: number): Promise<WallOrders['state']> {
  const [row] = await stateRows(db, { wall, to: version, limit: 1 })
  return row === undefined ? { ...NEVER, body: firstState(NEVER.at) } : stateOf(row)
}

/** The newest acts, newest first. */
export async function actsOf(
  db: Queryable,
  wall: WallKey,
  limit: number,
): Promise<{ version: number; by: string; at: EpochMillis; act: Said }[]> {
  const rows = await stateRows(db, { wall, to: null, limit })
  return rows.map(({ version, by, at, act }) => ({ version, by, at, act }))
}

/** Nobody else steers this wall until the transaction ends. */
export async function holdWall(tx: Transaction, wall: WallKey): Promise<WallOrders> {
  // Two statements, so that the rows are read after the lock was got and not before.
  await lockWall(tx, { wall })
  return ordersOf(tx, wall)
}

/** Keeps a state as the next version and tells every server. */
export async function keepState(tx: Transaction, wall: WallKey, act: Said, state: WallOrders['state']): Promise<void> {
  const { version, by, at, undoTo = null } = state
  const texts = { act: JSON.stringify(act), body: JSON.stringify(state.body) }
  await insertState(tx, { wall, version, by, at, undoTo, ...texts })
  await tellWall(tx, { wall })
}

/** Keeps a layout as the next version and tells every server. */
export async function keepLayout(tx: Transaction, wall: WallKey, layout: WallOrders['layout']): Promise<void> {
  const { version, by, at, body } = layout
  await insertLayout(tx, { wall, version, by, at, body: JSON.stringify(body) })
  await tellWall(tx, { wall })
}
