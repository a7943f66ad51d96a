import { shareExactly } from './residents'

/** What draws people to a place: homes and work in square metres of floor, and attractions (shops, stations) likewise. */
export interface Draw {
  readonly homes: number
  readonly work: number
  readonly visit: number
}

/** Share of the city's people at home and at work by hour of a working day; the rest is out and about. */
const AT_HOME = [
  0.97, 0.98, 0.98, 0.98, 0.97, 0.95, 0.88, 0.68, 0.47, 0.39, 0.37, 0.37, 0.4, 0.38, 0.36, 0.36, 0.38, 0.46, 0.6, 0.7,
  0.77, 0.84, 0.91, 0.95,
]
const AT_WORK = [
  0.02, 0.015, 0.015, 0.015, 0.02, 0.03, 0.06, 0.19, 0.39, 0.49, 0.5, 0.48, 0.43, 0.47, 0.51, 0.51, 0.47, 0.36, 0.21,
  0.13, 0.09, 0.06, 0.04, 0.03,
]

/** People present in each place by hour of a working day: 24 figures each, and every hour sums to `total`. */
export function presentByHour(places: readonly Draw[], total: number): Int32Array[] {
  const sums = { homes: 0, work: 0, visit: 0 }
  for (const { homes, work, visit } of places) {
    sums.homes += homes
    sums.work += work
    sums.visit += visit
  }
  const out = places.map(() => new Int32Array(24))
  for (let hour = 0; hour < 24; hour++) {
    const [home, work] = [AT_HOME[hour]!, AT_WORK[hour]!]
    const shares = places.map(
      (place) =>
        (home * place.homes) / sums.homes +
        (work * place.work) / sums.work +
        ((1 - home - work) * place.visit) / sums.visit,
    )
    shareExactly(shares, total).forEach((people, i) => (out[i]![hour] = people))
  }
  return out
}
