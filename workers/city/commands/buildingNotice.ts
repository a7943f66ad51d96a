import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CityProgress } from '@/domain/api/city'
import { CityKey } from '@/domain/ids'

/** How far the making of a package is, told to the server by a file beside it. Written at once: a generator never waits. */
export class BuildingNotice {
  readonly #path: string | undefined

  constructor(cities: string, city: string) {
    if (!CityKey.safeParse(city).success) return
    mkdirSync(cities, { recursive: true })
    this.#path = join(cities, `.building-${city}.json`)
  }

  /** `share` of the whole, 0 to 1. */
  tell(step: string, share: number): void {
    const progress: CityProgress = { step, share: Math.round(share * 100) / 100 }
    if (this.#path !== undefined) writeFileSync(this.#path, JSON.stringify(progress))
  }

  end(): void {
    if (this.#path !== undefined) rmSync(this.#path, { force: true })
  }
}
