import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CityKey } from '@/domain/ids'
import { cityOf } from '@/domain/world'
import type { World } from '@/domain/world'

/** Finds the road graph of the city package that a World shows. */
export function cityGraphs(varFolder: string): (world: World) => string | undefined {
  return (world) => {
    const city = cityOf(world)
    const path = join(varFolder, 'cities', city, 'roads', 'graph.bin')
    return CityKey.safeParse(city).success && existsSync(path) ? path : undefined
  }
}
