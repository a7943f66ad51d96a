import { z } from 'zod'
import { FloodResult, RainAssumption } from '../flood/forecast'
import { ModelRun, Modifier } from '../runs/modelRun'
import { ForecastScore, Standing } from '../runs/verification'

/** `GET /api/worlds/:world/forecasts`: runs newest first, modifiers in force, and how the model has done. */
export const ForecastList = z.object({
  runs: z.array(ModelRun),
  modifiers: z.array(Modifier),
  scores: z.array(ForecastScore),
  standing: Standing,
})
export type ForecastList = z.infer<typeof ForecastList>

/** `GET …/forecasts/:run`: the run, and its product once it has one. */
export const ForecastView = z.object({ run: ModelRun, result: FloodResult.optional() })
export type ForecastView = z.infer<typeof ForecastView>

const ModifierDraft = z.object({
  kind: z.enum(['gaugeBias', 'drainBlocked', 'pumpOut', 'gateClosed']),
  target: z.string().min(1).max(120),
  amount: z.number().min(0).max(10).optional(),
  reason: z.string().min(1).max(200),
  /** How long it holds, minutes of the World. */
  minutes: z
    .number()
    .int()
    .min(5)
    .max(24 * 60),
})

/** `POST …/forecasts/modifiers`. */
export const AddModifier = ModifierDraft
export type AddModifier = z.infer<typeof AddModifier>

/** `POST …/forecasts`: an official run now, or a what-if with an assumption and modifiers of its own. */
export const AskForecast = z.object({
  kind: z.enum(['official', 'whatIf']),
  assumption: RainAssumption.optional(),
  modifiers: z.array(ModifierDraft).max(50).optional(),
})
export type AskForecast = z.infer<typeof AskForecast>

/** `POST …/forecasts/:run/cancel`. */
export const CancelForecast = z.object({ reason: z.string().min(1).max(200) })
