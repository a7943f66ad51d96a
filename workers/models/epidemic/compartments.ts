import { nelderMead } from '@/domain/numeric/nelderMead'
import { seeded } from '@/domain/numeric/seeded'
import { logGamma } from '@/domain/numeric/specialFunctions'

/** Patches with people who move between them. */
export interface SeirPatches {
  readonly people: readonly number[]
  /** People who go from patch i to patch j per day; zero: the patches are on their own. */
  readonly mobility: readonly (readonly number[])[]
  /** Infections per infectious and day, 1 / latent days, 1 / infectious days. */
  readonly beta: number
  readonly sigma: number
  readonly gamma: number
  /** Exposed and infectious at the start, per patch. */
  readonly exposed: readonly number[]
  readonly infectious: readonly number[]
}

/** S, E, I, R of one patch. */
export type Compartments = readonly [number, number, number, number]

const STEP_DAYS = 0.25

/**
 * S, E, I, R per patch at each of `days` (ascending), by Runge and Kutta's fourth order in steps of a quarter day or less.
 * @throws RangeError when more are ill than live there, days descend, or a number is negative.
 */
export function seir(model: SeirPatches, days: readonly number[]): Compartments[][] {
  check(model, days)
  const n = model.people.length
  let state = Float64Array.from({ length: 4 * n }, (_, k) => startOf(model, Math.floor(k / 4), k % 4))
  // A rate above one a day needs shorter steps to stay stable.
  const longest = STEP_DAYS / Math.max(1, model.beta, model.sigma, model.gamma)
  let now = 0
  return days.map((day) => {
    const steps = Math.max(1, Math.ceil((day - now) / longest - 1e-9))
    const step = (day - now) / steps
    if (step > 0) for (let k = 0; k < steps; k++) state = rungeKutta(model, state, step)
    now = day
    return Array.from({ length: n }, (_, i): Compartments => {
      const [s, e, infectious, r] = state.subarray(4 * i, 4 * i + 4)
      return [s!, e!, infectious!, r!]
    })
  })
}

function startOf({ people, exposed, infectious }: SeirPatches, patch: number, compartment: number): number {
  const [e, i] = [exposed[patch] ?? 0, infectious[patch] ?? 0]
  return [people[patch]! - e - i, e, i, 0][compartment]!
}

function check({ people, exposed, infectious, beta, sigma, gamma }: SeirPatches, days: readonly number[]): void {
  for (const [i, n] of people.entries()) {
    const ill = (exposed[i] ?? 0) + (infectious[i] ?? 0)
    if (!(n > 0 && ill >= 0 && ill <= n)) throw new RangeError(`Patch ${i} has ${n} people and ${ill} ill.`)
  }
  if (!(beta >= 0 && sigma >= 0 && gamma >= 0))
    throw new RangeError(`Rates are not negative: ${beta}, ${sigma}, ${gamma}.`)
  if (days.some((day, k) => !(day >= (days[k - 1] ?? 0)))) throw new RangeError(`Days ascend, got ${days.join(', ')}.`)
}

function rungeKutta(model: SeirPatches, state: Float64Array, step: number): Float64Array<ArrayBuffer> {
  const at = (slope: Float64Array, share: number): Float64Array => state.map((x, k) => x + share * step * slope[k]!)
  const first = slopes(model, state)
  const second = slopes(model, at(first, 0.5))
  const third = slopes(model, at(second, 0.5))
  const fourth = slopes(model, at(third, 1))
  return Float64Array.from(state, (x, k) => x + (step / 6) * (first[k]! + 2 * second[k]! + 2 * third[k]! + fourth[k]!))
}

function slopes({ people, mobility, beta, sigma, gamma }: SeirPatches, state: Float64Array): Float64Array {
  const out = new Float64Array(state.length)
  for (const [i, n] of people.entries()) {
    const [s, e, infectious] = [state[4 * i]!, state[4 * i + 1]!, state[4 * i + 2]!]
    const infected = (beta * s * infectious) / n
    const flows = [-infected, infected - sigma * e, sigma * e - gamma * infectious, gamma * infectious]
    for (const [c, flow] of flows.entries()) out[4 * i + c]! += flow
    for (const [j, movers] of (mobility[i] ?? []).entries())
      for (let c = 0; c < 4; c++) {
        const leave = (movers * state[4 * i + c]!) / n
        out[4 * i + c]! -= leave
        out[4 * j + c]! += leave
      }
  }
  return out
}

/** Share that is infected in the end: z = S0 (1 - exp(-R0 z)), by bisection; 0 when R0 S0 is at most 1. */
export function finalSize(r0: number, susceptible = 1): number {
  if (!(r0 >= 0 && susceptible >= 0 && susceptible <= 1)) throw new RangeError(`R0 ${r0}, susceptible ${susceptible}.`)
  if (r0 * susceptible <= 1) return 0
  let [low, high] = [1e-12, susceptible]
  for (let k = 0; k < 200; k++) {
    const z = (low + high) / 2
    if (susceptible * (1 - Math.exp(-r0 * z)) > z) low = z
    else high = z
  }
  return (low + high) / 2
}

export interface OutbreakFit {
  readonly beta: number
  readonly gamma: number
  readonly r0: number
  /** Days. */
  readonly infectiousDays: number
  readonly logLikelihood: number
}

/**
 * Fits an SIR outbreak to the number ill on days 1, 2, … by negative binomial likelihood.
 * @throws RangeError for fewer than three counts or a negative one.
 */
export function fitOutbreak(ill: readonly number[], people: number, atStart: number): OutbreakFit {
  if (ill.length < 3 || !ill.every((n) => n >= 0 && Number.isFinite(n)))
    throw new RangeError('Three counts or more are fitted.')
  const days = ill.map((_, k) => k + 1)
  const cost = ([logBeta = 0, logGamma_ = 0, logSize = 0]: readonly number[]): number => {
    const [beta, gamma, size] = [Math.exp(logBeta), Math.exp(logGamma_), Math.exp(logSize)]
    if (beta > 50 || gamma > 50 || size > 1e6) return Number.POSITIVE_INFINITY
    const path = sir({ beta, gamma, people, atStart }, days)
    return -ill.reduce((sum, n, k) => sum + negativeBinomial(n, Math.max(path[k]!, 1e-9), size), 0)
  }
  const rough = nelderMead(cost, [Math.log(1.5), Math.log(0.5), Math.log(5)], { step: 0.3, rounds: 300 })
  const { at, value } = nelderMead(cost, rough.at, { step: 0.05, rounds: 500 })
  const [beta, gamma] = [Math.exp(at[0]!), Math.exp(at[1]!)]
  return { beta, gamma, r0: beta / gamma, infectiousDays: 1 / gamma, logLikelihood: -value }
}

/** Infectious at each day, as an SEIR whose latent time is left out. */
function sir(
  { beta, gamma, people, atStart }: { beta: number; gamma: number; people: number; atStart: number },
  days: readonly number[],
): number[] {
  let [s, infectious, now] = [people - atStart, atStart, 0]
  const step = 0.1
  return days.map((day) => {
    for (; now < day - 1e-9; now += step) {
      const slope = (a: number, b: number): [number, number] => [
        (-beta * a * b) / people,
        (beta * a * b) / people - gamma * b,
      ]
      const [s1, i1] = slope(s, infectious)
      const [s2, i2] = slope(s + (step / 2) * s1, infectious + (step / 2) * i1)
      const [s3, i3] = slope(s + (step / 2) * s2, infectious + (step / 2) * i2)
      const [s4, i4] = slope(s + step * s3, infectious + step * i3)
      s += (step / 6) * (s1 + 2 * s2 + 2 * s3 + s4)
      infectious += (step / 6) * (i1 + 2 * i2 + 2 * i3 + i4)
    }
    return infectious
  })
}

const negativeBinomial = (n: number, mean: number, size: number): number =>
  logGamma(n + size) -
  logGamma(size) -
  logGamma(n + 1) +
  size * Math.log(size / (size + mean)) +
  n * Math.log(mean / (size + mean))

/** A chain with this many infectious at once is taken as a major outbreak. */
const MAJOR = 200

/**
 * Share of seeded runs in which an outbreak dies out early: each event is an infection or the end of an infection, a
 * latent time changes nothing. In theory (1 / R0)^I0.
 * @throws RangeError unless R0 is above 0 and there is someone infectious.
 */
export function outbreakExtinction(
  r0: number,
  infectious: number,
  { runs, seed }: { runs: number; seed: number },
): number {
  if (!(r0 > 0 && infectious >= 1 && runs >= 1))
    throw new RangeError(`R0 ${r0}, infectious ${infectious}, runs ${runs}.`)
  const chance = seeded(seed)
  let extinct = 0
  for (let run = 0; run < runs; run++) {
    let active = infectious
    while (active > 0 && active < MAJOR) active += chance.next() < r0 / (1 + r0) ? 1 : -1
    if (active === 0) extinct++
  }
  return extinct / runs
}
