import { between, textKey, unit } from './random'
import { storyTime } from './storm'

export const FAULT_KINDS = ['noise', 'outage', 'delay', 'duplicate', 'lie', 'clock'] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/**
 * A fault of some series over a span of the story. noise: errs `amount` times as much as its kind; outage: says nothing; delay: sent `amount` ms late; duplicate: sent
 * twice; lie: shows `amount` more than it sees; clock: its time is `amount` ms off.
 */
export interface Fault {
  readonly kind: FaultKind
  /** Series whose key matches. */
  readonly series: RegExp
  /** Share of the matching series that is hit, 0 to 1. */
  readonly share: number
  /** Hours into the story; 11 is 17:00. */
  readonly from: number
  readonly to: number
  readonly amount: number
}

const MINUTE = 60_000

/** What goes wrong in the exercise. The storm itself takes instruments away: the wettest hours have the most outages. */
const FAULTS: readonly Fault[] = [
  { kind: 'noise', series: /^loop-/, share: 0.05, from: 0, to: 24, amount: 5 },
  { kind: 'noise', series: /^weather-beishan/, share: 1, from: 10.5, to: 15, amount: 8 },
  { kind: 'outage', series: /^rain-beishan/, share: 0.5, from: 11.1, to: 14.2, amount: 0 },
  { kind: 'outage', series: /^underpass-/, share: 0.22, from: 11.35, to: 13.1, amount: 0 },
  { kind: 'outage', series: /^(loop|pump)-/, share: 0.12, from: 10.9, to: 12.6, amount: 0 },
  { kind: 'outage', series: /^air-liuying/, share: 1, from: 3, to: 23, amount: 0 },
  { kind: 'outage', series: /^brook-yuantou/, share: 1, from: 11.7, to: 16, amount: 0 },
  { kind: 'delay', series: /^river-(yantou|shangdu)/, share: 1, from: 9.5, to: 15, amount: 22 * MINUTE },
  { kind: 'delay', series: /^loop-/, share: 0.08, from: 0, to: 24, amount: 4 * MINUTE },
  { kind: 'duplicate', series: /^(rain|underpass)-/, share: 0.1, from: 0, to: 24, amount: 0 },
  { kind: 'lie', series: /^river-dongmatou\.water-level$/, share: 1, from: 10, to: 12, amount: 1.85 },
  { kind: 'lie', series: /^rain-donghu-3/, share: 1, from: 8, to: 20, amount: 6 },
  { kind: 'clock', series: /^weather-gangkou/, share: 1, from: 6, to: 20, amount: 9 * MINUTE },
  { kind: 'clock', series: /^pump-9\./, share: 1, from: 0, to: 24, amount: -7 * MINUTE },
]

/** The faults that can ever hit a series, so that a healthy one costs nothing. */
export function faultsOf(seed: number, series: string, kinds: ReadonlySet<FaultKind>): readonly Fault[] {
  const key = textKey(series.split('.')[0] ?? series)
  return FAULTS.filter(
    (fault, i) => kinds.has(fault.kind) && fault.series.test(series) && unit(seed, key, i, 11) < fault.share,
  )
}

/** Those of a series' faults that act on the value measured at `worldMs`. Each begins and ends up to 12 minutes off its hour. */
export function activeFaults(seed: number, series: string, faults: readonly Fault[], worldMs: number): Fault[] {
  const { day, at } = storyTime(worldMs)
  const hour = at / 3_600_000
  const key = textKey(series.split('.')[0] ?? series)
  return faults.filter((fault) => {
    const i = FAULTS.indexOf(fault)
    const off = (end: number): number => between(-0.2, 0.2, seed, key, day, i, end)
    return hour >= fault.from + off(0) && hour < fault.to + off(1)
  })
}

/** No fault delays longer than this, ms. */
export const LONGEST_DELAY = Math.max(...FAULTS.filter((fault) => fault.kind === 'delay').map((fault) => fault.amount))
