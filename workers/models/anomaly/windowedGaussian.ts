import { gammaQ } from '@/domain/numeric/specialFunctions'

const LEAST_DEVIATION = 0.000_001

/**
 * Windowed Gaussian detector of the Numenta benchmark: how unlikely a value is under the normal law of the last
 * `window` values, 0 for the first; a full window moves on by `step` values at once. Scores 0.5 to 1.
 */
export function windowedGaussian(values: readonly number[], window: number, step: number): number[] {
  let held: number[] = []
  let waiting: number[] = []
  let law = { mean: 0, deviation: 1 }
  return values.map((value, i) => {
    const score = i === 0 ? 0 : 1 - tail(value, law)
    if (held.length < window) {
      held.push(value)
      law = lawOf(held)
    } else {
      waiting.push(value)
      if (waiting.length === step) {
        held = [...held.slice(step), ...waiting]
        waiting = []
        law = lawOf(held)
      }
    }
    return score
  })
}

interface Law {
  readonly mean: number
  readonly deviation: number
}

function lawOf(values: readonly number[]): Law {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: variance === 0 ? LEAST_DEVIATION : Math.sqrt(variance) }
}

/** Probability of lying further out on the same side. */
function tail(value: number, { mean, deviation }: Law): number {
  const z = Math.abs(value - mean) / deviation / Math.SQRT2
  return 0.5 * gammaQ(0.5, z * z)
}
