export interface CoverageProblem {
  /** For each demand the stations that reach it in time. */
  readonly coverSets: readonly (readonly number[])[]
  readonly demand: readonly number[]
  readonly stations: number
  readonly vehicles: number
  /** Share of the time that a vehicle is busy, 0 to below 1. */
  readonly busyFraction: number
  /** Most vehicles of one station. */
  readonly stationCapacity: number
}

export interface Deployment {
  /** Demand covered in expectation. */
  readonly objective: number
  /** Vehicles per station. */
  readonly vehicles: readonly number[]
  /** False when the answer is greedy with swaps instead of exact. */
  readonly exact: boolean
}

/** More deployments than this are not enumerated. */
const ENUMERATED = 300_000

/**
 * Maximum expected coverage (Daskin 1983): places vehicles so that the sum of demand x (1 - q^k), k the vehicles that
 * reach it, is largest. Exact up to 300 000 deployments, else greedy with single moves.
 * @throws RangeError when the numbers do not describe stations, demands and a busy fraction.
 */
export function mexclp(problem: CoverageProblem): Deployment {
  check(problem)
  const { stations, vehicles, stationCapacity } = problem
  const placed = Math.min(vehicles, stations * stationCapacity)
  return countDeployments(stations, placed, stationCapacity) <= ENUMERATED
    ? enumerate(problem, placed)
    : improve(problem, greedy(problem, placed))
}

function check({ coverSets, demand, stations, vehicles, busyFraction, stationCapacity }: CoverageProblem): void {
  if (coverSets.length !== demand.length) throw new RangeError(`${coverSets.length} sets for ${demand.length} demands.`)
  if (!(busyFraction >= 0 && busyFraction < 1)) throw new RangeError(`The busy fraction is ${busyFraction}.`)
  const counts = [stations, vehicles, stationCapacity]
  if (!counts.every((count) => Number.isInteger(count) && count >= 0))
    throw new RangeError(`Stations, vehicles and capacity are whole numbers, got ${counts.join(', ')}.`)
  if (!demand.every((d) => d >= 0 && Number.isFinite(d))) throw new RangeError('A demand is negative or not finite.')
  if (coverSets.flat().some((station) => !(station >= 0 && station < stations)))
    throw new RangeError(`A cover set names a station beyond ${stations}.`)
}

export function expectedCoverage({ coverSets, demand, busyFraction }: CoverageProblem, at: readonly number[]): number {
  return demand.reduce((sum, people, j) => {
    const reaching = coverSets[j]!.reduce((count, station) => count + at[station]!, 0)
    return sum + people * (1 - busyFraction ** reaching)
  }, 0)
}

/** Ways to spread `vehicles` over `stations` with at most `capacity` each. */
function countDeployments(stations: number, vehicles: number, capacity: number): number {
  let ways = [1, ...new Array<number>(vehicles).fill(0)]
  for (let station = 0; station < stations; station++)
    ways = ways.map((_, v) => {
      let sum = 0
      for (let here = 0; here <= Math.min(capacity, v); here++) sum += ways[v - here]!
      return sum
    })
  return ways[vehicles]!
}

function enumerate(problem: CoverageProblem, placed: number): Deployment {
  const { stations, stationCapacity } = problem
  const at = new Array<number>(stations).fill(0)
  let best: Deployment = { objective: expectedCoverage(problem, at), vehicles: [...at], exact: true }
  const place = (station: number, left: number): void => {
    if (left > (stations - station) * stationCapacity) return
    if (station === stations) {
      const objective = expectedCoverage(problem, at)
      if (objective > best.objective) best = { objective, vehicles: [...at], exact: true }
      return
    }
    for (let here = Math.min(left, stationCapacity); here >= 0; here--) {
      at[station] = here
      place(station + 1, left - here)
    }
    at[station] = 0
  }
  place(0, placed)
  return best
}

function greedy(problem: CoverageProblem, placed: number): number[] {
  const at = new Array<number>(problem.stations).fill(0)
  for (let v = 0; v < placed; v++) {
    const gains = at.map((here, s) =>
      here < problem.stationCapacity ? expectedCoverage(problem, at.with(s, here + 1)) : Number.NEGATIVE_INFINITY,
    )
    at[gains.indexOf(Math.max(...gains))]!++
  }
  return at
}

/** Moves one vehicle at a time as long as that gains. */
function improve(problem: CoverageProblem, start: number[]): Deployment {
  let [at, objective] = [start, expectedCoverage(problem, start)]
  for (;;) {
    const moves = at.flatMap((here, from) =>
      at.flatMap((there, to) =>
        from !== to && here > 0 && there < problem.stationCapacity ? [at.with(from, here - 1).with(to, there + 1)] : [],
      ),
    )
    let next = { objective, at }
    for (const move of moves) {
      const reached = expectedCoverage(problem, move)
      if (reached > next.objective + 1e-12) next = { objective: reached, at: move }
    }
    if (next.at === at) return { objective, vehicles: at, exact: false }
    ;({ objective, at } = next)
  }
}
