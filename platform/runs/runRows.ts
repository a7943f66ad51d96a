import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { ModelRun } from '@/domain/runs/modelRun'
import { canMoveRun, RunState } from '@/domain/runs/runState'
import { defineSql } from '../postgres/query'
import type { Queryable } from '../postgres/postgres'

/** Channel of NOTIFY; the payload is the id of a run that moved. */
export const RUNS_CHANNEL = 'belfry_runs'

const insertRun = defineSql({
  name: 'insertModelRun',
  params: z.object({
    id: z.string(),
    world: WorldNo,
    model: z.string(),
    kind: z.string(),
    state: z.string(),
    digest: z.string(),
    attempt: z.number().int(),
    askedAt: z.number(),
    body: z.string(),
  }),
  row: z.object({ id: z.string() }),
  sql: `
    WITH made AS (
      INSERT INTO model_runs (id, world, model, kind, state, digest, attempt, asked_at, body)
      VALUES ($id::uuid, $world, $model, $kind, $state, $digest, $attempt, $askedAt, $body::jsonb)
      ON CONFLICT DO NOTHING RETURNING id
    )
    SELECT id::text AS id, pg_notify('${RUNS_CHANNEL}', id::text) FROM made`,
})

const moveRunRow = defineSql({
  name: 'moveModelRun',
  params: z.object({
    id: z.string(),
    to: z.string(),
    from: z.array(z.string()),
    patch: z.string(),
    heartbeatAt: z.number().nullable(),
  }),
  row: z.object({ body: ModelRun }),
  sql: `
    WITH moved AS (
      UPDATE model_runs SET state = $to, body = body || $patch::jsonb,
        heartbeat_at = coalesce($heartbeatAt::double precision, heartbeat_at)
      WHERE id = $id::uuid AND state = ANY($from::text[])
      RETURNING id, body
    )
    SELECT body, pg_notify('${RUNS_CHANNEL}', id::text) FROM moved`,
})

const beatRow = defineSql({
  name: 'beatModelRun',
  params: z.object({ id: z.string(), at: z.number(), progress: z.number() }),
  row: z.object({ id: z.string() }),
  sql: `
    UPDATE model_runs SET heartbeat_at = $at, body = jsonb_set(body, '{progress}', to_jsonb($progress::double precision))
    WHERE id = $id::uuid AND state IN ('running', 'fallback') RETURNING id::text`,
})

const HeldRun = z.object({
  world: WorldNo,
  digest: z.string(),
  heartbeatAt: z.number().nullable(),
  run: ModelRun,
})
/** A run with what only the machinery knows of it. */
export type HeldRun = z.infer<typeof HeldRun>
const COLUMNS = 'world, digest, heartbeat_at AS "heartbeatAt", body AS run'

/** Newest first. */
export const runsOfWorld = defineSql({
  name: 'modelRunsOfWorld',
  params: z.object({ world: WorldNo, model: z.string(), limit: z.number().int() }),
  row: HeldRun,
  sql: `SELECT ${COLUMNS} FROM model_runs WHERE world = $world AND model = $model ORDER BY asked_at DESC LIMIT $limit`,
})

export const runById = defineSql({
  name: 'modelRunById',
  params: z.object({ id: z.uuid() }),
  row: HeldRun,
  sql: `SELECT ${COLUMNS} FROM model_runs WHERE id = $id::uuid`,
})

/** Asked for and not ended, of all Worlds; oldest first. */
export const runsInFlight = defineSql({
  name: 'modelRunsInFlight',
  row: HeldRun,
  sql: `SELECT ${COLUMNS} FROM model_runs WHERE state IN ('due', 'late', 'running') ORDER BY asked_at`,
})

/** Keeps a run that is due; false when the same question was asked before with the same attempt. */
export async function addRun(
  db: Queryable,
  { world, digest, attempt, run }: { world: WorldNo; digest: string; attempt: number; run: ModelRun },
): Promise<boolean> {
  const { id, model, kind, state, askedAt } = run
  const rows = await insertRun(db, {
    id,
    world,
    model,
    kind,
    state,
    digest,
    attempt,
    askedAt,
    body: JSON.stringify(run),
  })
  return rows.length > 0
}

/**
 * Moves a run along the table of domain/runs/runState.ts; undefined when its state does not allow it any more: somebody
 * else was faster.
 */
export async function moveRun(
  db: Queryable,
  id: string,
  to: RunState,
  { patch = {}, heartbeatAt = null }: { patch?: Partial<ModelRun>; heartbeatAt?: number | null } = {},
): Promise<ModelRun | undefined> {
  const from = RunState.options.filter((state) => canMoveRun(state, to))
  const [row] = await moveRunRow(db, { id, to, from, patch: JSON.stringify({ ...patch, state: to }), heartbeatAt })
  return row?.body
}

/** The worker lives; false when the run is not its own any more. */
export async function beatRun(db: Queryable, beat: { id: string; at: number; progress: number }): Promise<boolean> {
  return (await beatRow(db, beat)).length > 0
}

/** A what-if that ended with a product joins the official series. */
export const setRunKind = defineSql({
  name: 'setModelRunKind',
  params: z.object({ id: z.uuid(), kind: z.enum(['official', 'whatIf']) }),
  row: z.object({ body: ModelRun }),
  sql: `
    UPDATE model_runs SET kind = $kind::text, body = jsonb_set(body, '{kind}', to_jsonb($kind::text))
    WHERE id = $id::uuid AND state IN ('draft', 'fallback') RETURNING body`,
})

/** Every other approved run of the series gives way to this one. */
export const supersedeOthers = defineSql({
  name: 'supersedeOtherModelRuns',
  params: z.object({ world: WorldNo, model: z.string(), id: z.uuid() }),
  row: z.object({ id: z.string() }),
  sql: `
    UPDATE model_runs SET state = 'superseded', body = body || '{"state":"superseded"}'::jsonb
    WHERE world = $world AND model = $model AND state = 'approved' AND id <> $id::uuid RETURNING id::text`,
})
