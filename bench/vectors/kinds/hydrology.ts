import { z } from 'zod'
import { hydrology } from '@/workers/models/hydrology/model'
import { kind, NoData } from '../kind'
import type { Kinds } from '../kind'

const Numbers = z.array(z.number())
const StormFormula = z.object({ A: z.number(), C: z.number().default(0), b: z.number(), n: z.number() })
const formulaOf = ({ A, C, b, n }: z.infer<typeof StormFormula>) => ({ a: A, c: C, b, n })

const gr4j = z.object({
  params: z.object({ X1: z.number(), X2: z.number(), X3: z.number(), X4: z.number() }),
  warmup_days: z.number(),
  init: z.object({ 'S/X1': z.number(), 'R/X3': z.number() }),
  P: z.union([Numbers, z.string()]),
  E: z.union([Numbers, z.string()]),
})
const depth = z.object({
  P_a: z.number(),
  t_min: z.number(),
  single_formula: StormFormula,
  conversion: z.string().default('0.006'),
})
const chicago = z.object({
  formula: StormFormula,
  P_a: z.number(),
  T_min: z.number(),
  dt_min: z.number(),
  r: z.number(),
})
const table = z.object({
  hits: z.number(),
  false_alarms: z.number(),
  misses: z.number(),
  correct_neg: z.number(),
  score: z.string(),
})
const returns = z.object({
  mu: z.number(),
  sigma: z.number().optional(),
  sg: z.number().optional(),
  xi: z.number(),
  T: z.union([z.number(), Numbers]).optional(),
  T_years: z.union([z.number(), Numbers]).optional(),
  return_periods: Numbers.optional(),
})
const maxima = z.object({ annual_max_m: Numbers })
const advection = z.object({
  precip: z.string(),
  velocity: z.string(),
  steps: z.union([z.number(), Numbers]).default(1),
  dt: z.number().optional(),
})

export const hydrologyKinds: Kinds = {
  score: kind(z.object({ sim: Numbers, obs: Numbers, metric: z.string() }), ({ sim, obs, metric }) =>
    hydrology.seriesScore(metric, sim, obs),
  ),
  continuous: kind(z.object({ obs: Numbers, fct: Numbers, score: z.string() }), ({ obs, fct, score }) =>
    hydrology.seriesScore(score, fct, obs),
  ),
  categorical: kind(table, ({ false_alarms, correct_neg, score, ...counts }) => ({
    value: hydrology.contingencyScore(score, {
      ...counts,
      falseAlarms: false_alarms,
      correctNegatives: correct_neg,
    }),
  })),
  gr4j: kind(gr4j, ({ params, warmup_days, init, P, E }) => {
    if (typeof P === 'string' || typeof E === 'string') throw new NoData(`${String(P)} is not among the data sets`)
    const run = {
      rain: P,
      evapotranspiration: E,
      parameters: { x1: params.X1, x2: params.X2, x3: params.X3, x4: params.X4 },
      start: { production: init['S/X1'], routing: init['R/X3'] },
      warmUpDays: warmup_days,
    }
    return { Qsim: hydrology.gr4j(run) }
  }),
  baseline: kind(z.object({ catchment: z.string() }), ({ catchment }) => {
    throw new NoData(`the flow record of ${catchment} is not among the data sets`)
  }),
  gev_fit: kind(maxima, ({ annual_max_m }) => {
    const { logLikelihood, ...fit } = hydrology.gevFit(annual_max_m)
    return { ...fit, loglik: logLikelihood }
  }),
  gev_return: kind(returns, ({ mu, sigma, sg, xi, T, T_years, return_periods }) => {
    const periods = [T ?? T_years ?? return_periods ?? []].flat()
    return hydrology.gevReturnLevels({ mu, sigma: sigma ?? sg ?? Number.NaN, xi }, periods)
  }),
  gumbel_fit: kind(maxima, ({ annual_max_m }) => {
    const { mu, beta, logLikelihood } = hydrology.gumbelFit(annual_max_m)
    return { mu, beta, sigma: beta, loglik: logLikelihood }
  }),
  gumbel_moments: kind(maxima, ({ annual_max_m }) => hydrology.gumbelMoments(annual_max_m)),
  storm_intensity: kind(
    z.object({ formula: StormFormula, P_a: z.number(), t_min: z.number() }),
    ({ formula, P_a, t_min }) => ({
      q_L_s_hm2: hydrology.stormIntensity(formulaOf(formula), P_a, t_min),
      depth_mm: hydrology.stormDepth(formulaOf(formula), P_a, t_min),
    }),
  ),
  storm_depth: kind(depth, ({ single_formula, P_a, t_min, conversion }) => {
    const mmPerMinute = conversion.includes('167') ? 1 / 167 : 0.006
    return hydrology.stormDepth(formulaOf(single_formula), P_a, t_min, mmPerMinute)
  }),
  chicago_storm: kind(chicago, ({ formula, P_a, T_min, dt_min, r }) => {
    const shape = { minutes: T_min, stepMinutes: dt_min, peakAt: r }
    const { depths, total, peakStep } = hydrology.chicagoStorm(formulaOf(formula), P_a, shape)
    return { depth_mm_per_step: depths, total_mm: total, peak_step: peakStep }
  }),
  advect: kind(advection, (input) => described(moved(input))),
  reject: kind(z.object({ cases: z.array(z.string()) }), ({ cases }) =>
    cases.every(isRefused) ? { error: 'ValueError' } : { error: 'taken' },
  ),
}

const square = (size: number, value: number): number[][] =>
  Array.from({ length: size }, () => new Array<number>(size).fill(value))

/** "8x8 zeros with [0][0]=1", "u=v=1 px/step" */
function moved({ precip, velocity, steps, dt }: z.infer<typeof advection>): readonly (readonly number[])[] {
  const [, size = '0', , row = '0', column = '0', value = '0'] =
    /(\d+)x(\d+) zeros with \[(\d+)\]\[(\d+)\] ?= ?([\d.]+)/.exec(precip) ?? []
  const field = square(Number(size), 0)
  field[Number(row)]![Number(column)] = Number(value)
  const speed = (name: string): number =>
    Number(new RegExp(`(?:${name}|u=v|v=u) ?= ?(-?[\\d.]+)`).exec(velocity)?.[1] ?? 0)
  const step = dt ?? Number(/(?:dt|timestep|time step)s? ?=? ?\[?([\d.]+)/.exec(velocity)?.[1] ?? 1)
  const motion = { u: square(Number(size), speed('u')), v: square(Number(size), speed('v')) }
  const times = typeof steps === 'number' ? Array.from({ length: steps }, (_, k) => (k + 1) * step) : steps
  return hydrology.advect(field, motion, times).at(-1) ?? []
}

/** A field by its cells, its lines of NaN and the value that most cells have. */
function described(field: readonly (readonly number[])[]): Record<string, number | string> {
  const told = (value: number): number | string => (Number.isNaN(value) ? 'NaN' : value)
  const out: Record<string, number | string> = {}
  const seen = new Map<number, number>()
  for (const [y, row] of field.entries()) {
    for (const [x, value] of row.entries()) {
      out[`[${y}][${x}]`] = told(value)
      if (!Number.isNaN(value)) seen.set(value, (seen.get(value) ?? 0) + 1)
    }
    if (row.every((value) => Object.is(value, row[0]))) out[`row${y}`] = told(row[0]!)
  }
  for (const [x, top] of (field[0] ?? []).entries())
    if (field.every((row) => Object.is(row[x], top))) out[`col${x}`] = told(top)
  out['others'] = [...seen].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 'NaN'
  return out
}

const still = { u: square(4, 0), v: square(4, 0) }
const BAD: Readonly<Record<string, () => unknown>> = {
  '1D precip': () => hydrology.advect([1, 2, 3, 4] as unknown as number[][], still, [1]),
  '2D velocity': () => hydrology.advect(square(4, 0), { u: still.u } as unknown as typeof still, [1]),
  '3D precip': () => hydrology.advect([square(4, 0)] as unknown as number[][], still, [1]),
  'timesteps not ascending': () => hydrology.advect(square(4, 0), still, [2, 1]),
}

function isRefused(name: string): boolean {
  const ask = BAD[name]
  if (ask === undefined) throw new Error(`How to ask "${name}" is not known.`)
  try {
    ask()
    return false
  } catch (cause) {
    return cause instanceof RangeError
  }
}
