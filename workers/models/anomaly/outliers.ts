import { studentTQuantile } from '@/domain/numeric/specialFunctions'

export interface Gesd {
  /** Test statistics R1, R2, … and their critical values. */
  readonly statistics: readonly number[]
  readonly criticals: readonly number[]
  /** How many outliers there are: the largest i with R above its critical value. */
  readonly count: number
  /** Their places in the series, most extreme first. */
  readonly places: readonly number[]
}

/**
 * Generalised extreme studentised deviate test for up to `most` outliers (Rosner 1983). Ends early when what is left
 * does not vary.
 * @throws RangeError for fewer than three finite values.
 */
export function gesd(values: readonly number[], most: number, alpha: number): Gesd {
  checkValues(values)
  const left = values.map((value, place) => ({ value, place }))
  const statistics: number[] = []
  const criticals: number[] = []
  const places: number[] = []
  let count = 0
  for (let i = 1; i <= Math.min(most, values.length - 2); i++) {
    const { mean, deviation } = spread(left.map(({ value }) => value))
    if (deviation === 0) break
    const furthest = left.reduce((best, one) => (Math.abs(one.value - mean) > Math.abs(best.value - mean) ? one : best))
    statistics.push(Math.abs(furthest.value - mean) / deviation)
    criticals.push(rosnerCritical(values.length, i, alpha))
    places.push(furthest.place)
    left.splice(left.indexOf(furthest), 1)
    if (statistics.at(-1)! > criticals.at(-1)!) count = i
  }
  return { statistics, criticals, count, places: places.slice(0, count) }
}

function rosnerCritical(n: number, i: number, alpha: number): number {
  const t = studentTQuantile(1 - alpha / (2 * (n - i + 1)), n - i - 1)
  return ((n - i) * t) / Math.sqrt((n - i - 1 + t * t) * (n - i + 1))
}

export interface Grubbs {
  readonly statistic: number
  readonly critical: number
  /** Place of the most extreme value. */
  readonly place: number
  readonly isOutlier: boolean
}

/**
 * Grubbs' test for one outlier in a normal sample; `sides` 1 asks for the end it lies at alone.
 * @throws RangeError for fewer than three finite values, or values that do not vary.
 */
export function grubbs(values: readonly number[], alpha: number, sides: 1 | 2 = 2): Grubbs {
  checkValues(values)
  const { mean, deviation } = spread(values)
  if (deviation === 0) throw new RangeError('All values are equal: none can stand out.')
  const far = values.map((value) => Math.abs(value - mean))
  const statistic = Math.max(...far) / deviation
  const n = values.length
  const t = studentTQuantile(1 - alpha / (sides * n), n - 2)
  const critical = ((n - 1) / Math.sqrt(n)) * Math.sqrt((t * t) / (n - 2 + t * t))
  return { statistic, critical, place: far.indexOf(Math.max(...far)), isOutlier: statistic > critical }
}

/**
 * Modified z of Iglewicz and Hoaglin (1993): 0.6745 (x - median) / MAD; where the MAD is 0, (x - median) over
 * 1.253314 times the mean deviation; where that is 0 as well, 0.
 */
export function robustZ(values: readonly number[]): number[] {
  if (values.length === 0) return []
  const middle = median(values)
  const far = values.map((value) => Math.abs(value - middle))
  const mad = median(far)
  if (mad > 0) return values.map((value) => (0.6745 * (value - middle)) / mad)
  const meanDeviation = far.reduce((sum, value) => sum + value, 0) / far.length
  return values.map((value) => (meanDeviation > 0 ? (value - middle) / (1.253_314 * meanDeviation) : 0))
}

function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

function checkValues(values: readonly number[]): void {
  if (values.length < 3 || !values.every(Number.isFinite))
    throw new RangeError(`The test takes three finite values or more, got ${values.length}.`)
}
