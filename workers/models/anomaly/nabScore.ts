/** Weights of a profile of the Numenta benchmark; a true negative weighs nothing. */
export interface NabProfile {
  readonly tp: number
  readonly fp: number
  readonly fn: number
}

export const NAB_PROFILES = {
  standard: { tp: 1, fp: 0.11, fn: 1 },
  reward_low_FP_rate: { tp: 1, fp: 0.22, fn: 1 },
  reward_low_FN_rate: { tp: 1, fp: 0.11, fn: 2 },
} as const satisfies Record<string, NabProfile>

/** Rows from 0; both ends belong to the window. */
export type NabWindow = readonly [first: number, last: number]

export interface NabResult {
  readonly score: number
  /** Rows, the probation left out. */
  readonly tp: number
  readonly tn: number
  readonly fp: number
  readonly fn: number
}

/** Reward by place relative to the end of a window: 0.98661 a width before it, 0 at it, -1 beyond three widths. */
export function nabSigmoid(place: number): number {
  return place > 3 ? -1 : 2 / (1 + Math.exp(5 * place)) - 1
}

/** Rows that are not scored: 15 % of a file, at most 750. */
const nabProbation = (rows: number): number => Math.min(Math.floor(0.15 * rows), 750)

/**
 * Score of one file (Lavin and Ahmad 2015): the earliest detection of each window counts, a missed window costs, a
 * detection outside costs the more the further behind the last window it lies.
 */
export function nabScore(
  rows: number,
  windows: readonly NabWindow[],
  detections: readonly number[],
  { weights, probation = nabProbation(rows) }: { readonly weights: NabProfile; readonly probation?: number },
): NabResult {
  const scored = [...new Set(detections)].filter((row) => row >= probation && row < rows).sort((a, b) => a - b)
  const open = windows.filter(([, last]) => last >= probation)
  const best = open.map(() => -weights.fn)
  let [tp, penalty] = [0, 0]
  for (const row of scored) {
    const k = open.findIndex(([first, last]) => row >= first && row <= last)
    if (k < 0) penalty += weights.fp * beyond(windows, row)
    else {
      tp++
      best[k] = Math.max(best[k]!, within(open[k]!, row) * weights.tp)
    }
  }
  const inWindows = open.reduce((sum, [first, last]) => sum + last - Math.max(first, probation) + 1, 0)
  const score = best.reduce((sum, value) => sum + value, 0) + penalty
  const fp = scored.length - tp
  return { score, tp, fp, fn: inWindows - tp, tn: rows - probation - inWindows - fp }
}

const within = ([first, last]: NabWindow, row: number): number =>
  nabSigmoid(-(last - row + 1) / (last - first + 1)) / nabSigmoid(-1)

function beyond(windows: readonly NabWindow[], row: number): number {
  const [first, last] = windows.filter(([, end]) => end < row).at(-1) ?? [Number.NaN, Number.NaN]
  return Number.isNaN(first) ? -1 : nabSigmoid((row - last) / (last - first))
}
