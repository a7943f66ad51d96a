import { z } from 'zod'
import { epidemic } from '@/workers/models/epidemic/model'
import type { SeirPatches } from '@/workers/models/epidemic/compartments'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const Numbers = z.array(z.number())

const cori = z.object({
  incidence: z.union([Numbers, z.object({ local: Numbers, imported: Numbers.optional() })]),
  imported: Numbers.optional(),
  si_distr: Numbers.optional(),
  si_mean: z.number().optional(),
  si_sd: z.number().optional(),
  mean_si: z.number().optional(),
  std_si: z.number().optional(),
  t_start: Numbers,
  t_end: Numbers,
  prior: z.object({ mean: z.number(), sd: z.number() }).default({ mean: 5, sd: 5 }),
})
const QUANTILES = {
  'Quantile.0.025(R)': 0.025,
  'Quantile.0.05(R)': 0.05,
  'Quantile.0.25(R)': 0.25,
  'Median(R)': 0.5,
  'Quantile.0.75(R)': 0.75,
  'Quantile.0.95(R)': 0.95,
  'Quantile.0.975(R)': 0.975,
}
const wis = z.object({
  y: Numbers,
  q: Numbers,
  v: z.array(z.array(z.number().nullable())),
  count_median_twice: z.boolean().default(false),
})
const one = z.object({
  beta: z.number(),
  sigma: z.number(),
  gamma: z.number(),
  N: z.number(),
  E0: z.number().default(0),
  I0: z.number(),
  t: Numbers,
})
const patches = z.object({
  N: Numbers,
  mobility_per_day: z.array(Numbers),
  beta: z.number(),
  sigma: z.number(),
  gamma: z.number(),
  I0: Numbers,
  t: Numbers,
})
const extinction = z.object({ R0: z.number(), I0: z.number(), runs: z.number(), seed: z.number().default(1) })
const BadCase = z.object({
  incidence: Numbers.optional(),
  si_distr: Numbers.optional(),
  si_mean: z.number().optional(),
  dates: z.string().optional(),
  t_start: z.number().optional(),
})

export const epidemicKinds: Kinds = {
  cori_rt: kind(cori, (input) => {
    const { local, imported } = Array.isArray(input.incidence)
      ? { local: input.incidence, imported: input.imported }
      : { local: input.incidence.local, imported: input.incidence.imported ?? input.imported }
    const [mean, sd] = [input.si_mean ?? input.mean_si ?? Number.NaN, input.si_sd ?? input.std_si ?? Number.NaN]
    const interval = input.si_distr ?? epidemic.serialInterval(mean, sd, local.length - 1)
    const windows = input.t_start.map((start, i) => [start, input.t_end[i]!] as const)
    const shares = Object.values(QUANTILES)
    const prior = { mean: input.prior.mean, deviation: input.prior.sd }
    const incidence = imported === undefined ? { local } : { local, imported }
    const found = epidemic.reproduction(incidence, interval, windows, { prior, shares })
    const quantiles = Object.keys(QUANTILES).map((name, k) => [name, found.quantiles.map((row) => row[k]!)] as const)
    return { 'Mean(R)': found.mean, 'Std(R)': found.deviation, ...Object.fromEntries(quantiles) }
  }),
  discr_si: kind(z.object({ mean: z.number(), sd: z.number(), k: Numbers }), ({ mean, sd, k }) => {
    const w = epidemic.serialInterval(mean, sd, Math.max(...k))
    return { w: k.map((day) => w[day]) }
  }),
  reject: kind(z.object({ cases: z.array(BadCase) }), ({ cases }) => ({ errors: cases.map(refusal) }), {
    judge: saysEach,
  }),
  wis: kind(wis, ({ y, q, v, count_median_twice }) => {
    const scores = y.map((observed, i) => {
      const known = q.flatMap((level, k) => (v[i]![k] == null ? [] : [[level, v[i]![k]] as const]))
      const [levels, values] = [known.map(([level]) => level), known.map(([, value]) => value)]
      return epidemic.weightedInterval(observed, levels, values, count_median_twice)
    })
    return {
      wis: scores.map(({ score }) => score),
      dispersion: scores.map((score) => score.dispersion),
      overprediction: scores.map(({ over }) => over),
      underprediction: scores.map(({ under }) => under),
    }
  }),
  wis_table: kind(z.object({ quantile_levels: Numbers, data: z.array(Numbers) }), ({ quantile_levels, data }) => {
    const rows = data.map(([observed, ...values]) => ({ observed: observed ?? Number.NaN, values }))
    const found = epidemic.scoreForecasts(quantile_levels, rows)
    return {
      ...found,
      wis: found.score,
      overprediction: found.over,
      underprediction: found.under,
      ae_median: found.medianError,
    }
  }),
  delay_nowcast: kind(
    z.object({ cumulative_triangle: z.array(z.array(z.number().nullable())) }),
    ({ cumulative_triangle }) => {
      const { factors, unreported, standardError } = epidemic.chainLadder(cumulative_triangle)
      return { dev_factors: factors, total_unreported: unreported, mack_total_se: standardError }
    },
  ),
  sir_final_size: kind(z.object({ R0: z.number(), S0: z.number().default(1) }), ({ R0, S0 }) =>
    epidemic.finalSize(R0, S0),
  ),
  sir_fit: kind(z.object({ in_bed: Numbers, N: z.number(), I0: z.number() }), ({ in_bed, N, I0 }) => {
    const { beta, gamma, r0, infectiousDays } = epidemic.fitOutbreak(in_bed, N, I0)
    return { beta, gamma, R0: r0, recovery_time_d: infectiousDays }
  }),
  seir: kind(one, ({ N, E0, I0, t, ...rates }) => {
    const model: SeirPatches = { ...rates, people: [N], mobility: [[0]], exposed: [E0], infectious: [I0] }
    return { SEIR: epidemic.seir(model, t).map(([patch]) => patch) }
  }),
  seir_meta: kind(patches, ({ N, mobility_per_day, I0, t, ...rates }) => {
    const model: SeirPatches = { ...rates, people: N, mobility: mobility_per_day, exposed: [], infectious: I0 }
    return { I: epidemic.seir(model, t).map((state) => state.map((patch) => patch[2])) }
  }),
  stochastic_seir_extinction: kind(extinction, ({ R0, I0, runs, seed }) =>
    epidemic.outbreakExtinction(R0, I0, { runs, seed }),
  ),
}

/** What the kernel says to an input with one thing wrong. */
function refusal({ incidence, si_distr, si_mean, dates, t_start }: z.infer<typeof BadCase>): string {
  try {
    if (si_mean !== undefined) epidemic.serialInterval(si_mean, 1, 10)
    const days = dates === undefined ? {} : { days: [2, 1, 3] }
    epidemic.reproduction({ local: incidence ?? [1, 2, 3], ...days }, si_distr ?? [0, 1], [[t_start ?? 2, 3]])
    return 'taken'
  } catch (cause) {
    return cause instanceof RangeError ? cause.message : 'failed'
  }
}

function saysEach(got: unknown, expected: unknown): string | undefined {
  const Errors = z.object({ errors: z.array(z.string()) })
  const [said, asked] = [Errors.parse(got).errors, Errors.parse(expected).errors]
  const silent = asked.findIndex((words, i) => !(said[i] ?? '').includes(words))
  return silent < 0 ? undefined : `case ${silent} says "${said[silent]}", expected "${asked[silent]}"`
}
