import { z } from 'zod'
import { Uuid, WorldNo } from '@/domain/ids'
import { ModelRun } from '@/domain/runs/modelRun'
import { ForecastScore } from '@/domain/runs/verification'
import { defineSql } from '@/platform/postgres/query'

/** Newest first. */
export const newestScores = defineSql({
  name: 'newestModelScores',
  params: z.object({ world: WorldNo, model: z.string(), limit: z.number().int() }),
  row: z.object({ body: ForecastScore }),
  sql: `
    SELECT body FROM model_scores WHERE world = $world AND model = $model
    ORDER BY scored_at DESC LIMIT $limit`,
})

/** Official products whose time has come and that nobody scored yet, oldest first; `now` in the World's clock. */
export const runsToScore = defineSql({
  name: 'modelRunsToScore',
  params: z.object({ world: WorldNo, model: z.string(), now: z.number() }),
  row: z.object({ run: ModelRun }),
  sql: `
    SELECT body AS run FROM model_runs
    WHERE world = $world AND model = $model AND kind = 'official'
      AND state IN ('fallback', 'draft', 'approved', 'superseded')
      AND (body->>'validTo')::double precision <= $now
      AND NOT EXISTS (SELECT 1 FROM model_scores WHERE model_scores.run = model_runs.id)
    ORDER BY asked_at LIMIT 5`,
})

export const insertScore = defineSql({
  name: 'insertModelScore',
  params: z.object({ world: WorldNo, model: z.string(), run: Uuid, scoredAt: z.number(), body: z.string() }),
  row: z.never(),
  sql: `
    INSERT INTO model_scores (world, model, run, scored_at, body)
    VALUES ($world, $model, $run::uuid, $scoredAt, $body::jsonb) ON CONFLICT DO NOTHING`,
})
