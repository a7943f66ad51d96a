import type { Reserve } from '../buildings/build'
import type { Block } from '../fabric/layout'
import { Dice } from '../random'

const HOMES = new Set(['slabs', 'towers', 'suburb', 'mixed', 'core', 'oldTown', 'villas', 'campus'])

/** Sets blocks aside for what every quarter needs: schools, hospitals, offices of the city, parks and squares. */
export function reserveBlocks(seed: number, blocks: readonly Block[]): Map<number, Reserve> {
  const out = new Map<number, Reserve>()
  for (const { face, kind, quarter, area, inner } of blocks) {
    if (kind !== 'city' || !HOMES.has(quarter.kind)) continue
    const roll = new Dice(seed, 77, Math.round(inner[0]), Math.round(inner[1])).next()
    const reserve = drawn(roll, area)
    if (reserve !== undefined) out.set(face.id, reserve)
  }
  return out
}

function drawn(roll: number, area: number): Reserve | undefined {
  if (roll < 0.042) return area > 8_000 && area < 48_000 ? 'school' : undefined
  if (roll < 0.052) return area > 11_000 ? 'hospital' : undefined
  if (roll < 0.07) return area > 4_000 ? 'public' : undefined
  if (roll < 0.1) return area < 60_000 ? 'park' : undefined
  return roll < 0.106 ? 'plaza' : undefined
}
