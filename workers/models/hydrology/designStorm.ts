import table from './stormFormulas.json'

/** Rainstorm intensity q = A (1 + C lg P) / (t + b)^n in L/(s·hm²), as printed in Chinese city standards. */
export interface StormFormula {
  /** A or A1 = 167 A of the standard. */
  readonly a: number
  /** 0 for a formula of one return period. */
  readonly c: number
  /** Minutes. */
  readonly b: number
  readonly n: number
}

/** From L/(s·hm²) to mm/min: 0.006 is exact, the printed tables divide by 167 (0.2 % less). */
export const MM_PER_MINUTE = { exact: 0.006, table: 1 / 167 } as const

/** Mean intensity over `minutes` of the storm of return period `years`, L/(s·hm²). @throws RangeError when not above 0. */
export function stormIntensity({ a, c, b, n }: StormFormula, years: number, minutes: number): number {
  if (!(years > 0 && minutes >= 0 && Number.isFinite(years + minutes)))
    throw new RangeError(`A storm has a return period and a duration, got ${years} years, ${minutes} minutes.`)
  return (a * (1 + c * Math.log10(years))) / (minutes + b) ** n
}

/** Depth of rain in mm over `minutes`. @throws RangeError as stormIntensity. */
export function stormDepth(
  formula: StormFormula,
  years: number,
  minutes: number,
  mmPerMinute: number = MM_PER_MINUTE.exact,
): number {
  return stormIntensity(formula, years, minutes) * minutes * mmPerMinute
}

/** Years beyond which a return period is not stated. */
const PERIODS = { least: 0.25, most: 100 } as const

/**
 * Return period in years of a depth in mm over `minutes`, kept within 0.25 to 100 years; `isExtrapolated` tells that it
 * was beyond. Only for a point and a named formula.
 * @throws RangeError for a formula of one return period, or a depth that is not above 0.
 */
export function returnPeriod(
  formula: StormFormula,
  minutes: number,
  depth: number,
): { readonly years: number; readonly isExtrapolated: boolean } {
  if (!(formula.c > 0)) throw new RangeError('The formula holds for one return period alone.')
  if (!(depth > 0 && minutes > 0))
    throw new RangeError(`Rain has a depth and a duration, got ${depth} mm in ${minutes} min.`)
  const ofOneYear = stormDepth(formula, 1, minutes)
  const years = 10 ** ((depth / ofOneYear - 1) / formula.c)
  const kept = Math.min(PERIODS.most, Math.max(PERIODS.least, years))
  return { years: kept, isExtrapolated: kept !== years }
}

export interface NamedStormFormula extends StormFormula {
  readonly key: string
  readonly place: string
  /** Durations that the formula holds for, minutes. */
  readonly minutes: readonly number[]
  readonly standard: string
  /** How far the constants were checked. */
  readonly status: string
}

/** A published formula by its key. @throws RangeError for an unknown key. */
export function stormFormula(key: string): NamedStormFormula {
  const found = table.formulas.find((formula) => formula.key === key)
  if (found === undefined) throw new RangeError(`There is no storm formula ${key}.`)
  return found
}

export interface ChicagoStorm {
  /** mm per step; the sum is the depth of the formula over the whole duration. */
  readonly depths: readonly number[]
  readonly total: number
  /** Index of the step that holds the peak. */
  readonly peakStep: number
}

/**
 * Hyetograph of Keifer and Chu (1957) in its cumulative form, which keeps the sum exact. `peakAt` is the share of the
 * duration before the peak.
 * @throws RangeError unless the duration is a whole number of steps and 0 < peakAt < 1.
 */
export function chicagoStorm(
  formula: StormFormula,
  years: number,
  shape: { readonly minutes: number; readonly stepMinutes: number; readonly peakAt: number },
): ChicagoStorm {
  const { minutes, stepMinutes, peakAt } = shape
  const steps = minutes / stepMinutes
  if (!Number.isInteger(steps) || steps < 1)
    throw new RangeError(`${minutes} minutes are no whole steps of ${stepMinutes}.`)
  if (!(peakAt > 0 && peakAt < 1)) throw new RangeError(`The peak lies within the storm, got ${peakAt}.`)
  const depth = (t: number): number => stormDepth(formula, years, t)
  const peak = peakAt * minutes
  const before = peakAt * depth(minutes)
  const cumulative = (x: number): number =>
    x <= peak ? before - peakAt * depth((peak - x) / peakAt) : before + (1 - peakAt) * depth((x - peak) / (1 - peakAt))
  const depths = Array.from(
    { length: steps },
    (_, k) => cumulative((k + 1) * stepMinutes) - cumulative(k * stepMinutes),
  )
  return { depths, total: depth(minutes), peakStep: Math.min(steps - 1, Math.floor(peak / stepMinutes)) }
}
