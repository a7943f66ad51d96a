import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from '@/domain/world'

/** Finds the road graph of the city package that has the key of a World. */
export function cityGraphs(varFolder: string): (world: World) => string | undefined {
  return ({ key }) => {
    const path = join(varFolder, 'cities', key, 'roads', 'graph.bin')
    return /^[\w-]+$/.test(key) && existsSync(path) ? path : undefined
  }
}
