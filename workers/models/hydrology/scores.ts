interface Moments {
  readonly sim: readonly number[]
  readonly obs: readonly number[]
  readonly n: number
  readonly meanSim: number
  readonly meanObs: number
  /** Variances and covariance over n. */
  readonly varSim: number
  readonly varObs: number
  readonly cov: number
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const meanOf = ({ sim, obs }: Moments, of: (sim: number, obs: number) => number): number =>
  mean(sim.map((value, i) => of(value, obs[i]!)))

const errorMean = (m: Moments): number => m.meanSim - m.meanObs
const meanSquare = (m: Moments): number => meanOf(m, (sim, obs) => (sim - obs) ** 2)
const rootMeanSquare = (m: Moments): number => Math.sqrt(meanSquare(m))
const meanAbsolute = (m: Moments): number => meanOf(m, (sim, obs) => Math.abs(sim - obs))
const correlation = (m: Moments): number => m.cov / Math.sqrt(m.varSim * m.varObs)
const nashSutcliffe = (m: Moments): number => 1 - meanSquare(m) / m.varObs

/** Kling-Gupta efficiency; 2009 compares deviations, 2012 coefficients of variation. */
function klingGupta(m: Moments, year: 2009 | 2012): number {
  const beta = m.meanSim / m.meanObs
  const spread = Math.sqrt(m.varSim / m.varObs)
  const gamma = year === 2009 ? spread : spread / beta
  return 1 - Math.hypot(correlation(m) - 1, gamma - 1, beta - 1)
}

function agreement(m: Moments): number {
  const potential = meanOf(m, (sim, obs) => (Math.abs(sim - m.meanObs) + Math.abs(obs - m.meanObs)) ** 2)
  return 1 - meanSquare(m) / potential
}

/**
 * Scores by the names of HydroErr and pysteps, in lower case. `sim` is the forecast. beta1 is the slope of the
 * observations on the forecasts, beta2 that of the forecasts on the observations.
 */
const SCORES: Readonly<Record<string, (m: Moments) => number>> = {
  me: errorMean,
  mae: meanAbsolute,
  mse: meanSquare,
  rmse: rootMeanSquare,
  drmse: (m) => Math.sqrt(meanOf(m, (sim, obs) => (sim - obs - errorMean(m)) ** 2)),
  nmse: (m) => meanSquare(m) / meanOf(m, (sim, obs) => (sim + obs) ** 2),
  mde: (m) => median(m.sim.map((sim, i) => sim - m.obs[i]!)),
  mdae: (m) => median(m.sim.map((sim, i) => Math.abs(sim - m.obs[i]!))),
  mdse: (m) => median(m.sim.map((sim, i) => (sim - m.obs[i]!) ** 2)),
  nse: nashSutcliffe,
  rv: nashSutcliffe,
  kge: (m) => klingGupta(m, 2009),
  kge_2009: (m) => klingGupta(m, 2009),
  kge_2012: (m) => klingGupta(m, 2012),
  r: correlation,
  corr_p: correlation,
  pearson_r: correlation,
  r_squared: (m) => correlation(m) ** 2,
  corr_s: rankCorrelation,
  spearman_r: rankCorrelation,
  beta1: (m) => m.cov / m.varSim,
  beta2: (m) => m.cov / m.varObs,
  scatter,
  d: agreement,
  pbias: (m) => (100 * errorMean(m)) / m.meanObs,
  bias: (m) => m.meanSim / m.meanObs,
  mape: (m) => 100 * meanOf(m, (sim, obs) => Math.abs((sim - obs) / obs)),
  smape1: (m) => 100 * meanOf(m, (sim, obs) => Math.abs(sim - obs) / (Math.abs(sim) + Math.abs(obs))),
  smape2: (m) => 100 * meanOf(m, (sim, obs) => Math.abs((sim - obs) / ((sim + obs) / 2))),
  ve: (m) => 1 - meanAbsolute(m) / mean(m.obs),
  nrmse_mean: (m) => rootMeanSquare(m) / m.meanObs,
  nrmse_range: (m) => rootMeanSquare(m) / (Math.max(...m.obs) - Math.min(...m.obs)),
  ed: (m) => Math.sqrt(meanSquare(m) * m.n),
}

/**
 * One score of a forecast against observations, pairs with a missing side (NaN) left out.
 * @throws RangeError for an unknown score, unequal lengths or no pair left.
 */
export function seriesScore(name: string, sim: readonly number[], obs: readonly number[]): number {
  const score = SCORES[name.toLowerCase()]
  if (score === undefined) throw new RangeError(`There is no score ${name}: ${Object.keys(SCORES).join(', ')}.`)
  if (sim.length !== obs.length) throw new RangeError(`${sim.length} forecasts for ${obs.length} observations.`)
  const pairs = sim.map((value, i) => [value, obs[i]!] as const).filter((pair) => pair.every(Number.isFinite))
  if (pairs.length === 0) throw new RangeError('No pair of forecast and observation is left.')
  return score(momentsOf(pairs))
}

function momentsOf(pairs: readonly (readonly [number, number])[]): Moments {
  const sim = pairs.map(([value]) => value)
  const obs = pairs.map(([, value]) => value)
  const [meanSim, meanObs] = [mean(sim), mean(obs)]
  return {
    sim,
    obs,
    n: sim.length,
    meanSim,
    meanObs,
    varSim: mean(sim.map((value) => (value - meanSim) ** 2)),
    varObs: mean(obs.map((value) => (value - meanObs) ** 2)),
    cov: mean(sim.map((value, i) => (value - meanSim) * (obs[i]! - meanObs))),
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function rankCorrelation({ sim, obs }: Moments): number {
  const [simRanks, obsRanks] = [ranks(sim), ranks(obs)]
  return correlation(momentsOf(simRanks.map((rank, i) => [rank, obsRanks[i]!] as const)))
}

/** Ranks from 1, ties at their mean. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((value, i) => [value, i] as const).sort(([one], [other]) => one - other)
  const out = new Array<number>(values.length).fill(0)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end + 1 < order.length && order[end + 1]![0] === order[start]![0]) end++
    for (let k = start; k <= end; k++) out[order[k]![1]] = (start + end) / 2 + 1
    start = end + 1
  }
  return out
}

/** Half the distance of the 16 % and 84 % points of the error in dB, weighted by the observed amount (Germann 2006). */
function scatter({ sim, obs }: Moments): number {
  const errors = sim
    .map((value, i) => [10 * Math.log10(value / obs[i]!), obs[i]!] as const)
    .filter(([error]) => Number.isFinite(error))
    .sort(([one], [other]) => one - other)
  const total = errors.reduce((sum, [, weight]) => sum + weight, 0)
  let sum = 0
  const cumulative = errors.map(([error, weight]) => [(sum += weight) / total, error] as const)
  return (interpolate(cumulative, 0.84) - interpolate(cumulative, 0.16)) / 2
}

function interpolate(points: readonly (readonly [number, number])[], at: number): number {
  const next = points.findIndex(([x]) => x >= at)
  if (next <= 0) return points[Math.max(next, 0)]?.[1] ?? Number.NaN
  const [[x0, y0], [x1, y1]] = [points[next - 1]!, points[next]!]
  return y0 + ((at - x0) / (x1 - x0)) * (y1 - y0)
}
