import type { FloodConsequences } from '@/domain/flood/forecast'
import type { CityGround } from '@/workers/models/flood/city/cityGround'
import { exposure } from '@/workers/models/exposure/model'
import type { PresenceProfile } from '@/workers/models/exposure/dayNight'
import { placeOn } from './readCityPlaces'
import type { CityPlaces, PlacedPlaces } from './readCityPlaces'

/** Depth from which a walker, a car and a fire engine do not pass, m (docs/models/flood.md). */
const PASSES = { walker: 0.5, car: 0.27, fireEngine: 0.6 } as const
type Passer = keyof typeof PASSES
const PASSERS = Object.keys(PASSES) as readonly Passer[]
/** A door stands in water from the first depth line on, m. */
const AT_THE_DOOR_M = 0.15
const DEEPEST_LISTED = 20
/** Shares of residents who are at home; the package's houses know no workers and no visitors. */
const AT_HOME: PresenceProfile = { night: [1, 0, 0], day: [0.45, 0, 0], commute: [0.7, 0, 0] }
/** Below ten nobody is counted out: rounded to tens from there (models.md 9.8). */
const LEAST_PEOPLE = 10

/** Follows what the water means frame by frame: doors, people, roads. */
export class Consequences {
  readonly #places: CityPlaces
  readonly #placed: PlacedPlaces
  readonly #timeZone: string
  readonly #doorPeak: Float32Array
  readonly #doorMinute: Int16Array
  readonly #closed: Record<Passer, Int16Array>
  readonly #people: FloodConsequences['people'][number][] = []

  constructor(ground: CityGround, places: CityPlaces, timeZone: string) {
    this.#places = places
    this.#placed = placeOn(ground, places)
    this.#timeZone = timeZone
    this.#doorPeak = new Float32Array(places.doors.length)
    this.#doorMinute = new Int16Array(places.doors.length).fill(-1)
    const never = (): Int16Array => new Int16Array(places.stretches.length).fill(-1)
    this.#closed = { walker: never(), car: never(), fireEngine: never() }
  }

  /** Takes the depths of a frame, m by cell. */
  look(depth_m: Float32Array, minute: number, validTime: number): void {
    let residents = 0
    for (const [k, cell] of this.#placed.doorCell.entries()) {
      const depth = cell < 0 ? 0 : depth_m[cell]!
      if (depth < AT_THE_DOOR_M) continue
      residents += this.#places.doors[k]!.residents
      if (this.#doorMinute[k] === -1) this.#doorMinute[k] = minute
      if (depth > this.#doorPeak[k]!) this.#doorPeak[k] = depth
    }
    const share = { residents, workers: 0, visitors: 0 }
    const { population } = exposure.dayNight(hourOf(validTime, this.#timeZone), share, AT_HOME)
    this.#people.push({ minute, exposed: population < LEAST_PEOPLE ? 0 : Math.round(population / 10) * 10 })
    for (const [s, cells] of this.#placed.stretchCells.entries()) {
      const depth = cells.reduce((top, cell) => Math.max(top, depth_m[cell]!), 0)
      for (const passer of PASSERS)
        if (depth >= PASSES[passer] && this.#closed[passer][s] === -1) this.#closed[passer][s] = minute
    }
  }

  result(): FloodConsequences {
    const wet = [...this.#doorMinute.keys()].filter((k) => this.#doorMinute[k] !== -1)
    const deepest = wet
      .sort((a, b) => this.#doorPeak[b]! - this.#doorPeak[a]! || a - b)
      .slice(0, DEEPEST_LISTED)
      .map((k) => {
        const { code, longitude, latitude } = this.#places.doors[k]!
        const peak_m = Math.round(this.#doorPeak[k]! * 1000) / 1000
        return { code, longitude, latitude, peak_m, minute: this.#doorMinute[k]! }
      })
    return { people: this.#people, buildings: { wet: wet.length, deepest }, roads: this.#roads() }
  }

  /** By road: the first minute at which some piece of it lets nobody of a kind pass; null is never. */
  #roads(): FloodConsequences['roads'] {
    const byCode = new Map<string, FloodConsequences['roads'][number]>()
    const first = (one: number | null, minute: number): number | null =>
      minute === -1 ? one : one === null ? minute : Math.min(one, minute)
    for (const [s, { code, name }] of this.#places.stretches.entries()) {
      const [walker, car, fireEngine] = PASSERS.map((passer) => this.#closed[passer][s]!) as [number, number, number]
      if (walker === -1 && car === -1 && fireEngine === -1) continue
      const held = byCode.get(code) ?? { code, walker: null, car: null, fireEngine: null }
      byCode.set(code, {
        code,
        ...(name === undefined ? {} : { name }),
        walker: first(held.walker, walker),
        car: first(held.car, car),
        fireEngine: first(held.fireEngine, fireEngine),
      })
    }
    return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
  }
}

/** Hour of the day in a zone, 0 to 23. */
function hourOf(at: number, timeZone: string): number {
  const text = new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(at)
  return Number(text)
}
