import { z } from 'zod'
import { WorldNo } from '@/domain/ids'
import { Modifier } from '@/domain/runs/modelRun'
import { defineSql } from '@/platform/postgres/query'

/** Modifiers of a model that have not expired, oldest first; `now` in the World's clock. */
export const modifiersInForce = defineSql({
  name: 'modelModifiersInForce',
  params: z.object({ world: WorldNo, model: z.string(), now: z.number() }),
  row: z.object({ body: Modifier }),
  sql: `
    SELECT body FROM model_modifiers WHERE world = $world AND model = $model AND expires_at > $now
    ORDER BY expires_at, id`,
})

export const insertModifier = defineSql({
  name: 'insertModelModifier',
  params: z.object({ id: z.string(), world: WorldNo, model: z.string(), expiresAt: z.number(), body: z.string() }),
  row: z.never(),
  sql: `
    INSERT INTO model_modifiers (id, world, model, expires_at, body)
    VALUES ($id::uuid, $world, $model, $expiresAt, $body::jsonb)`,
})

/** Ends a modifier now: it stays in the runs that it was part of. */
export const endModifier = defineSql({
  name: 'endModelModifier',
  params: z.object({ id: z.uuid(), world: WorldNo, now: z.number() }),
  row: z.object({ id: z.string() }),
  sql: `
    UPDATE model_modifiers SET expires_at = $now, body = jsonb_set(body, '{expiresAt}', to_jsonb($now::double precision))
    WHERE id = $id::uuid AND world = $world AND expires_at > $now RETURNING id::text`,
})
