import Flatbush from 'flatbush'
import type { Division } from '@/domain/city/cityModel'
import { boxOf, polygonHolds } from './geometry/ring'

/** Finds which of some divisions holds a place; of several the first. */
export class DivisionFinder {
  readonly #divisions: readonly Division[]
  readonly #index: Flatbush | undefined

  constructor(divisions: readonly Division[]) {
    this.#divisions = divisions
    if (divisions.length === 0) return
    this.#index = new Flatbush(divisions.length)
    for (const { shape } of divisions) this.#index.add(...boxOf(shape.outer))
    this.#index.finish()
  }

  find(longitude: number, latitude: number): Division | undefined {
    const near = this.#index?.search(longitude, latitude, longitude, latitude) ?? []
    return near
      .sort((one, other) => one - other)
      .map((i) => this.#divisions[i]!)
      .find(({ shape }) => polygonHolds(shape, longitude, latitude))
  }
}
