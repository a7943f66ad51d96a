import type { OpenCity } from '@/app/scene/city/openCity'
import type { Stage } from '@/app/stage/stage'
import { machineNow } from '@/app/time/machineClock'

/** What a scene costs; milliseconds from the start of the page where nothing else is said. */
export interface SceneFigures {
  /** First picture with ground and buildings. */
  readonly firstPictureMs: number | undefined
  readonly settled: boolean
  readonly drawn: number
  /** Thread time of each of the last pictures. */
  readonly frames: readonly number[]
  readonly longestTaskMs: number
  readonly calls: number
  readonly triangles: number
  readonly heapBytes: number
}

const KEPT = 600
const EVERY = 500

/** Measures a stage by looking at it after each of its pictures. */
export class SceneMeter {
  readonly #frames: number[] = []
  readonly #tasks: PerformanceObserver
  readonly #timer: ReturnType<typeof setInterval>
  #request = 0
  #longest = 0
  #first: number | undefined
  #seen = 0
  #most = { calls: 0, triangles: 0 }

  constructor(stage: Stage, city: OpenCity, tell: (figures: SceneFigures) => void) {
    this.#tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) this.#longest = Math.max(this.#longest, duration)
    })
    this.#tasks.observe({ type: 'longtask' })
    const look = (): void => {
      this.#look(stage, city)
      this.#request = requestAnimationFrame(look)
    }
    look()
    this.#timer = setInterval(() => tell(this.#figures(stage)), EVERY)
  }

  stop(): void {
    cancelAnimationFrame(this.#request)
    clearInterval(this.#timer)
    this.#tasks.disconnect()
  }

  #look(stage: Stage, { ground, buildings }: OpenCity): void {
    if (stage.drawn === this.#seen) return
    this.#seen = stage.drawn
    const { milliseconds, calls, triangles } = stage.cost
    this.#frames.push(milliseconds)
    if (this.#frames.length > KEPT) this.#frames.shift()
    if (triangles > this.#most.triangles) this.#most = { calls, triangles }
    const stands = ground.object.children.some(({ visible }) => visible) && buildings.some((one) => one.stands)
    if (stands) this.#first ??= machineNow() - performance.timeOrigin
  }

  #figures({ settled, drawn }: Stage): SceneFigures {
    return {
      firstPictureMs: this.#first,
      settled,
      drawn,
      frames: [...this.#frames],
      longestTaskMs: this.#longest,
      ...this.#most,
      heapBytes: (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0,
    }
  }
}
