export interface Gr4jParameters {
  /** Capacity of the production store, mm. */
  readonly x1: number
  /** Exchange with the groundwater, mm/d; negative loses water. */
  readonly x2: number
  /** Capacity of the routing store, mm. */
  readonly x3: number
  /** Time base of the unit hydrograph, d. */
  readonly x4: number
}

export interface Gr4jRun {
  /** Rain and potential evapotranspiration, mm/d. */
  readonly rain: readonly number[]
  readonly evapotranspiration: readonly number[]
  readonly parameters: Gr4jParameters
  /** Filling of the two stores at the start, 0 to 1. */
  readonly start: { readonly production: number; readonly routing: number }
  /** Days computed and left out of the answer. */
  readonly warmUpDays: number
}

/** Percolation constant (9/4)^4. */
const PERCOLATION = 25.628_906_25

interface Stores {
  production: number
  routing: number
}

/**
 * Daily runoff in mm/d of a lumped catchment (GR4J, Perrin et al. 2003), the warm-up days left out.
 * @throws RangeError for parameters outside their limits (X1, X3 ≥ 0.01, X4 ≥ 0.5), unequal series or a bad number.
 */
export function gr4j({ rain, evapotranspiration, parameters, start, warmUpDays }: Gr4jRun): number[] {
  check(rain, evapotranspiration, parameters)
  const { x1, x3, x4 } = parameters
  const stores: Stores = { production: start.production * x1, routing: start.routing * x3 }
  const slow = new Delay(unitHydrograph(Math.ceil(x4), (t) => slowShare(t / x4)))
  const fast = new Delay(unitHydrograph(Math.ceil(2 * x4), (t) => fastShare(t / x4)))
  const runoff: number[] = []
  for (const [day, mm] of rain.entries()) {
    const effective = produce(stores, mm - evapotranspiration[day]!, x1)
    const q9 = slow.push(0.9 * effective)
    const q1 = fast.push(0.1 * effective)
    const q = route(stores, parameters, { q9, q1 })
    if (day >= warmUpDays) runoff.push(q)
  }
  return runoff
}

/** Production store: net rain fills it, evapotranspiration empties it, percolation leaves it. Gives effective rain, mm. */
function produce(stores: Stores, net: number, x1: number): number {
  const filled = stores.production / x1
  const pull = Math.tanh(Math.min(Math.abs(net) / x1, 13))
  let direct = 0
  if (net <= 0) {
    stores.production -= (stores.production * (2 - filled) * pull) / (1 + (1 - filled) * pull)
  } else {
    const kept = (x1 * (1 - filled ** 2) * pull) / (1 + filled * pull)
    stores.production += kept
    direct = net - kept
  }
  const left = stores.production * (1 + (stores.production / x1) ** 4 / PERCOLATION) ** -0.25
  const percolation = stores.production - left
  stores.production = left
  return percolation + direct
}

/** Routing store and direct branch with groundwater exchange; gives runoff, mm. */
function route(stores: Stores, { x2, x3 }: Gr4jParameters, { q9, q1 }: { q9: number; q1: number }): number {
  const exchange = x2 * (stores.routing / x3) ** 3.5
  stores.routing = Math.max(0, stores.routing + q9 + exchange)
  const left = stores.routing * (1 + (stores.routing / x3) ** 4) ** -0.25
  const routed = stores.routing - left
  stores.routing = left
  return Math.max(0, routed + Math.max(0, q1 + exchange))
}

const slowShare = (t: number): number => (t <= 0 ? 0 : Math.min(1, t ** 2.5))

function fastShare(t: number): number {
  if (t <= 0) return 0
  if (t < 1) return 0.5 * t ** 2.5
  return t < 2 ? 1 - 0.5 * (2 - t) ** 2.5 : 1
}

const unitHydrograph = (days: number, share: (t: number) => number): Float64Array =>
  Float64Array.from({ length: days }, (_, j) => share(j + 1) - share(j))

/** What falls today leaves over the next days by the ordinates. */
class Delay {
  readonly #pending: Float64Array
  readonly #ordinates: Float64Array

  constructor(ordinates: Float64Array) {
    this.#ordinates = ordinates
    this.#pending = new Float64Array(ordinates.length)
  }

  push(amount: number): number {
    const last = this.#pending.length - 1
    for (let j = 0; j <= last; j++)
      this.#pending[j] = (j < last ? this.#pending[j + 1]! : 0) + this.#ordinates[j]! * amount
    return this.#pending[0]!
  }
}

function check(rain: readonly number[], evapotranspiration: readonly number[], parameters: Gr4jParameters): void {
  const { x1, x2, x3, x4 } = parameters
  if (!(x1 >= 0.01 && x3 >= 0.01 && x4 >= 0.5 && Number.isFinite(x1 + x2 + x3 + x4)))
    throw new RangeError(`GR4J takes X1 and X3 from 0.01, X4 from 0.5; got ${[x1, x2, x3, x4].join(', ')}.`)
  if (rain.length !== evapotranspiration.length)
    throw new RangeError(`${rain.length} days of rain for ${evapotranspiration.length} of evapotranspiration.`)
  const isBad = (mm: number): boolean => !(mm >= 0) || mm === Number.POSITIVE_INFINITY
  const bad = rain.findIndex((mm, day) => isBad(mm) || isBad(evapotranspiration[day]!))
  if (bad >= 0)
    throw new RangeError(`Day ${bad} has rain ${rain[bad]} and evapotranspiration ${evapotranspiration[bad]}.`)
}
