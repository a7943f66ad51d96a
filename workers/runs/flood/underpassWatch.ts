import type { UnderpassForecast } from '@/domain/flood/forecast'
import type { CityUnderpass } from '@/workers/models/flood/city/cityGround'

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits

/** Follows the water in underpasses minute by minute from the issue on. */
export class UnderpassWatch {
  readonly #underpasses: readonly CityUnderpass[]
  readonly #lines_m: readonly number[]
  readonly #depths: number[][]

  constructor(underpasses: readonly CityUnderpass[], lines_cm: readonly number[]) {
    this.#underpasses = underpasses
    this.#lines_m = lines_cm.map((line) => line / 100)
    this.#depths = underpasses.map(() => [])
  }

  /** Takes the depths of one more minute, m; the first is that of the issue. */
  look(depthAt: (cell: number) => number): void {
    for (const [k, { cell }] of this.#underpasses.entries()) this.#depths[k]!.push(depthAt(cell))
  }

  forecasts(): UnderpassForecast[] {
    return this.#underpasses.map(({ code, name, longitude, latitude }, k) => {
      const depths = this.#depths[k]!
      const peak = depths.reduce((top, depth) => Math.max(top, depth), 0)
      return {
        ...{ code, name, longitude, latitude },
        now_m: round(depths[0] ?? 0, 3),
        peak_m: round(peak, 3),
        peakMinute: Math.max(0, depths.indexOf(peak)),
        minutesToLines: this.#lines_m.map((line) => minuteOf(depths, line)),
      }
    })
  }
}

/** The minute at which a line is reached, between the looks before and after; null when it never is. */
function minuteOf(depths: readonly number[], line: number): number | null {
  const after = depths.findIndex((depth) => depth >= line)
  if (after < 0) return null
  if (after === 0) return 0
  const [low, high] = [depths[after - 1]!, depths[after]!]
  return round(after - 1 + (line - low) / (high - low), 1)
}
