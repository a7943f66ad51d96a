/** Counts of yes-no forecasts: an event is foreseen, announced in vain, missed, rightly not announced. */
export interface Contingency {
  readonly hits: number
  readonly falseAlarms: number
  readonly misses: number
  readonly correctNegatives: number
}

interface Rates extends Contingency {
  readonly n: number
  readonly pod: number
  readonly far: number
  readonly fa: number
}

const heidke = ({ hits: h, falseAlarms: f, misses: m, correctNegatives: r }: Rates): number =>
  (2 * (h * r - f * m)) / ((h + m) * (m + r) + (h + f) * (f + r))

const gilbert = ({ hits: h, falseAlarms: f, misses: m, n }: Rates): number => {
  const byChance = ((h + f) * (h + m)) / n
  return (h - byChance) / (h + f + m - byChance)
}

const matthews = ({ hits: h, falseAlarms: f, misses: m, correctNegatives: r }: Rates): number =>
  (h * r - f * m) / Math.sqrt((h + f) * (h + m) * (r + f) * (r + m))

/** Symmetric extremal dependency index (Ferro and Stephenson 2011). */
const extremal = ({ pod, fa }: Rates): number => {
  const [lnF, lnH, lnNotF, lnNotH] = [Math.log(fa), Math.log(pod), Math.log(1 - fa), Math.log(1 - pod)]
  return (lnF - lnH + lnNotH - lnNotF) / (lnF + lnH + lnNotH + lnNotF)
}

const SCORES: Readonly<Record<string, (rates: Rates) => number>> = {
  POD: ({ pod }) => pod,
  FAR: ({ far }) => far,
  FA: ({ fa }) => fa,
  POFD: ({ fa }) => fa,
  ACC: ({ hits, correctNegatives, n }) => (hits + correctNegatives) / n,
  CSI: ({ hits, falseAlarms, misses }) => hits / (hits + falseAlarms + misses),
  BIAS: ({ hits, falseAlarms, misses }) => (hits + falseAlarms) / (hits + misses),
  HSS: heidke,
  HK: ({ pod, fa }) => pod - fa,
  GSS: gilbert,
  ETS: gilbert,
  SEDI: extremal,
  MCC: matthews,
  F1: ({ hits, falseAlarms, misses }) => (2 * hits) / (2 * hits + falseAlarms + misses),
}

/**
 * One score of a contingency table, by its usual name; null when the table leaves it undefined (0 / 0).
 * @throws RangeError for an unknown score or a count that is none.
 */
export function contingencyScore(name: string, table: Contingency): number | null {
  const score = SCORES[name.toUpperCase()]
  if (score === undefined) throw new RangeError(`There is no score ${name}: ${Object.keys(SCORES).join(', ')}.`)
  const { hits, falseAlarms, misses, correctNegatives } = table
  const counts = [hits, falseAlarms, misses, correctNegatives]
  if (!counts.every((count) => count >= 0 && Number.isFinite(count)))
    throw new RangeError(`Counts are finite and not negative, got ${counts.join(', ')}.`)
  const value = score({
    ...table,
    n: hits + falseAlarms + misses + correctNegatives,
    pod: hits / (hits + misses),
    far: falseAlarms / (hits + falseAlarms),
    fa: falseAlarms / (falseAlarms + correctNegatives),
  })
  return Number.isFinite(value) ? value : null
}
