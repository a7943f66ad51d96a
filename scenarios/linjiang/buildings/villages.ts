import { along, lengthOf } from '../curve'
import type { Point } from '../curve'
import type { Block, Layout } from '../fabric/layout'
import { isIn } from '../fabric/polygon'
import { halfOf, siteOf } from './build'
import { raise } from './estates'
import { cornersOf } from './site'
import type { RawBuilding, Rect } from './site'
import { PLAN_ROADS } from '../plan/network'
import { quarterAt } from '../plan/quarters'
import { Dice, textKey } from '../random'

const GAP = 1_050
const ROWS = [0, 19, 37]

/** Villages along the country roads: two or three rows of houses on both sides, thinning out to the ends. */
export function villages(seed: number, layout: Layout, isDry: (x: number, y: number) => boolean): RawBuilding[] {
  const country = layout.blocks.filter(({ kind }) => kind === 'country')
  const sites = new Map(country.map((block) => [block.face.id, siteOf(seed, layout, block)]))
  for (const { key, line, class: cls } of PLAN_ROADS) {
    if (cls === 'trunk') continue
    const dice = new Dice(seed, 51, textKey(key))
    const length = lengthOf(line)
    for (let at = dice.between(200, 700); at < length; at += GAP * dice.between(0.7, 1.7)) {
      const { point } = along(line, at)
      if (quarterAt(...point).depth < 1.04 || Math.max(Math.abs(point[0]), Math.abs(point[1])) > 9_700) continue
      village({ line, at, off: halfOf(cls) + 11, dice, country, sites, isDry })
    }
  }
  return [...sites.values()].flatMap(({ buildings }) => buildings)
}

interface VillageInput {
  readonly line: readonly Point[]
  readonly at: number
  readonly off: number
  readonly dice: Dice
  readonly country: readonly Block[]
  readonly sites: ReadonlyMap<number, ReturnType<typeof siteOf>>
  readonly isDry: (x: number, y: number) => boolean
}

function village(input: VillageInput): void {
  const { line, at, off, dice } = input
  const reach = dice.between(110, 330)
  for (let step = -reach; step < reach; step += dice.between(15, 22)) {
    const { point, direction } = along(line, at + step)
    for (let place = 0; place < 2 * ROWS.length; place++) {
      const row = ROWS[place >> 1]!
      if (dice.next() < 0.12 + 0.5 * Math.abs(step / reach) + row / 110) continue
      const away = (place % 2 === 0 ? 1 : -1) * (off + row + dice.between(-2, 3))
      house(input, [point[0] - Math.sin(direction) * away, point[1] + Math.cos(direction) * away], direction)
    }
  }
}

function house({ dice, country, sites, isDry }: VillageInput, [x, y]: Point, direction: number): void {
  const turn = direction + dice.between(-0.12, 0.12)
  const rect: Rect = {
    x,
    y,
    ux: Math.cos(turn),
    uy: Math.sin(turn),
    long: dice.between(4.5, 7),
    wide: dice.between(4, 5.4),
  }
  const home = isDry(x, y) ? country.find(({ ring }) => isIn(ring, x, y)) : undefined
  const site = home === undefined ? undefined : sites.get(home.face.id)
  if (site?.take(rect, 2.5) !== true) return
  raise(site, cornersOf(rect), { levels: dice.whole(1, 3), storey: 3.2, use: 'residential', homes: 0.5 })
}
