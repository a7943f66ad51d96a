import { z } from 'zod'
import { anomaly } from '@/workers/models/anomaly/model'
import { kind, NoData } from '../kind'
import type { Kinds } from '../kind'

const Numbers = z.array(z.number())
const Profile = z.enum(['standard', 'reward_low_FP_rate', 'reward_low_FN_rate'])

const gesd = z.object({ x: Numbers, max_outliers: z.number(), alpha: z.number() })
const grubbs = z.object({ x: Numbers, alpha: z.number() }).catchall(z.unknown())
const ewma = z.object({ x: Numbers, lambda: z.number(), target: z.number(), s: z.number(), k: z.number() })
const cusum = z.object({ x: Numbers, target: z.number(), k: z.number(), h: z.number() })
const nab = z.object({
  n: z.number(),
  windows: z.array(z.tuple([z.number(), z.number()])),
  detections: Numbers,
  profile: Profile.default('standard'),
  probation: z.number(),
})
const detector = z.object({
  detector: z.literal('windowed_gaussian'),
  window: z.number(),
  step: z.number(),
  values: Numbers,
})

const x = Numbers
const quality = z.discriminatedUnion('type', [
  z.object({ type: z.literal('flatline'), x, min_run: z.number(), eps: z.number().default(0) }),
  z.object({ type: z.literal('spike'), x, threshold: z.number() }),
  z.object({
    type: z.literal(['step', 'rate', 'rate_of_change']),
    x,
    threshold: z.number().optional(),
    max_step: z.number().optional(),
    max_rate: z.number().optional(),
  }),
  z.object({ type: z.literal(['range', 'out_of_range', 'gross_range']), x, min: z.number(), max: z.number() }),
  z.object({
    type: z.literal('time_skew'),
    event_ts: Numbers,
    ingest_ts: Numbers,
    late_s: z.number(),
    future_s: z.number(),
  }),
  z.object({ type: z.literal('gap'), ts: Numbers.optional(), t: Numbers.optional(), period_s: z.number() }),
  z.object({ type: z.literal(['duplicate', 'duplicates']), ts: Numbers }),
  z.object({ type: z.literal('unit_jump'), x }),
])

export const anomalyKinds: Kinds = {
  gesd: kind(gesd, (input) => {
    const { statistics, criticals, count } = anomaly.gesd(input.x, input.max_outliers, input.alpha)
    return { R: statistics, lambda: criticals, n_outliers: count }
  }),
  // The handbook's example asks for the largest value alone: one side, unless the case says two.
  grubbs: kind(grubbs, (input) => {
    const sides = /two|both/.test(JSON.stringify(input)) ? 2 : 1
    const { statistic, critical, place, isOutlier } = anomaly.grubbs(input.x, input.alpha, sides)
    return {
      G: statistic,
      critical,
      G_crit: critical,
      lambda: critical,
      outlier: isOutlier,
      index: place,
      is_outlier: isOutlier,
    }
  }),
  ewma: kind(ewma, (input) => {
    const centre = { target: input.target, deviation: input.s }
    const { values, upper, lower } = anomaly.ewma(input.x, input.lambda, centre, input.k)
    return { ewma: values, ucl: upper, lcl: lower }
  }),
  cusum: kind(cusum, ({ target, k, h, ...input }) => {
    const { high, low, signals } = anomaly.cusum(input.x, target, k, h)
    const first = signals[0]
    return {
      s_hi: high,
      s_lo: low,
      S_hi: high,
      S_lo: low,
      s_plus: high,
      s_minus: low,
      signals,
      first_signal_index: first ?? null,
      first_signal_group: first === undefined ? null : first + 1,
      first_signal: first === undefined ? null : first + 1,
    }
  }),
  robust_z: kind(z.object({ x: Numbers }), (input) => ({ z: anomaly.robustZ(input.x) })),
  nab_sigmoid: kind(z.object({ rel: z.number() }), ({ rel }) => anomaly.nabSigmoid(rel)),
  nab_score: kind(nab, ({ n, windows, detections, profile, probation }) =>
    anomaly.nabScore(n, windows, detections, { weights: anomaly.NAB_PROFILES[profile], probation }),
  ),
  nab_perfile: kind(z.object({ detector: z.string() }), (input) => {
    throw new NoData(`the raw scores of ${input.detector} are not among the data sets`)
  }),
  detector_scores: kind(detector, ({ window, step, values }) => ({
    scores: anomaly.windowedGaussian(values, window, step),
  })),
  seasonal_naive: kind(z.object({ file: z.string(), lag: z.number(), eval_from: z.number() }), (input, files) => {
    const { mae, ratio } = anomaly.seasonalNaive(files.series(input.file), input.lag, input.eval_from)
    return { MAE: mae, MAPE_ratio: ratio }
  }),
  dq: kind(quality, (input) => asked(input)),
}

const asBits = (flags: readonly boolean[]) => ({ flags: flags.map(Number) })

function asked(input: z.infer<typeof quality>): unknown {
  if (input.type === 'time_skew') {
    const limits = { lateSeconds: input.late_s, futureSeconds: input.future_s }
    return { flags: anomaly.quality.timeSkew(input.event_ts, input.ingest_ts, limits) }
  }
  if (input.type === 'gap') {
    const missing = anomaly.quality.gaps(input.ts ?? input.t ?? [], input.period_s)
    return { missing, flags: missing.map((count) => Number(count > 0)) }
  }
  return asBits('ts' in input ? anomaly.quality.duplicates(input.ts) : valueFlags(input))
}

type ValueCheck = Exclude<z.infer<typeof quality>, { type: 'time_skew' | 'gap' | 'duplicate' | 'duplicates' }>

function valueFlags(input: ValueCheck): readonly boolean[] {
  const { flatline, spikes, steps, outOfRange, unitJumps } = anomaly.quality
  if ('min_run' in input) return flatline(input.x, input.min_run, input.eps)
  if ('min' in input) return outOfRange(input.x, [input.min, input.max])
  if (input.type === 'spike') return spikes(input.x, input.threshold)
  if (input.type === 'unit_jump') return unitJumps(input.x)
  return steps(input.x, input.threshold ?? input.max_step ?? input.max_rate ?? Number.NaN)
}
