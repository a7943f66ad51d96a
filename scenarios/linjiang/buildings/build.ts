import type { RoadClass } from '@/domain/city/cityModel'
import type { Block, Layout } from '../fabric/layout'
import { ROAD_FORM } from '../fabric/widths'
import type { QuarterKind } from '../plan/quarters'
import { Dice } from '../random'
import { slabEstate, suburb, towerEstate, villas } from './estates'
import { Site } from './site'
import type { RawBuilding } from './site'
import { centre, mixedTown, oldTown } from './town'
import { campus, chemicalWorks, publicBlock, warehouses, works } from './works'

/** What a block was set aside for, beside its quarter's usual houses. */
export type Reserve = 'school' | 'hospital' | 'public' | 'transport' | 'park' | 'plaza'

/** Distance of houses from the edge of the pavement, metres. */
const FRONT: Readonly<Record<QuarterKind, number>> = {
  oldTown: 0.6,
  core: 5,
  mixed: 2.5,
  slabs: 5,
  towers: 8,
  suburb: 3.5,
  villas: 6,
  campus: 12,
  industrial: 8,
  chemical: 16,
  harbour: 12,
  airport: 30,
  yard: 14,
  park: 12,
  village: 4,
}
/** Boundaries that are no road: banks, fences. */
const FENCE = 5

/** Raises all houses of the city's blocks. `reserve`: blocks by index that are something of their own. */
export function build(seed: number, layout: Layout, reserve: ReadonlyMap<number, Reserve>): RawBuilding[] {
  const out: RawBuilding[] = []
  for (const block of layout.blocks) {
    if (block.kind !== 'city') continue
    const site = siteOf(seed, layout, block)
    raiseBlock(site, block, reserve.get(block.face.id))
    for (const building of site.buildings) out.push(building)
  }
  return out
}

export function siteOf(
  seed: number,
  { plan, streets }: Pick<Layout, 'plan' | 'streets'>,
  { face, quarter, ring, kind }: Block,
): Site {
  const front = FRONT[quarter.kind]
  const setbacks = face.loop.map((node, i) => {
    const cls = streets[plan.edge(node, face.loop[(i + 1) % face.loop.length]!).line]!.class
    return cls === undefined ? FENCE : halfOf(cls) + front
  })
  const dice = new Dice(seed, Math.round(ring[0]![0]), Math.round(ring[0]![1]), face.id, kind.length)
  return new Site(ring, setbacks, { block: face.id, dice })
}

/** Half of a street with its pavement, metres. */
export const halfOf = (cls: RoadClass): number => ROAD_FORM[cls].width / 2 + ROAD_FORM[cls].pavement

function raiseBlock(site: Site, { quarter, depth, area }: Block, reserved: Reserve | undefined): void {
  const roll = site.dice.next()
  if (reserved !== undefined) {
    if (reserved !== 'park' && reserved !== 'plaza')
      publicBlock(site, reserved, reserved === 'hospital' ? [8, 18] : reserved === 'school' ? [3, 5] : [4, 9])
    return
  }
  // Nothing is of one kind: a few blocks of every quarter are what their neighbours are.
  const kind =
    roll < 0.05 && quarter.kind === 'slabs'
      ? 'towers'
      : roll < 0.07 && quarter.kind === 'suburb'
        ? 'slabs'
        : roll < 0.05 && quarter.kind === 'industrial'
          ? 'slabs'
          : quarter.kind
  RAISE[kind](site, { pull: Math.max(0, 1 - depth * 1.15), area })
}

const nothing = (): void => undefined

const RAISE: Readonly<Record<QuarterKind, (site: Site, of: { pull: number; area: number }) => void>> = {
  oldTown,
  core: (site, { pull }) => centre(site, pull),
  mixed: mixedTown,
  slabs: slabEstate,
  towers: towerEstate,
  suburb,
  villas,
  campus,
  industrial: works,
  chemical: chemicalWorks,
  harbour: warehouses,
  airport: nothing,
  yard: nothing,
  park: nothing,
  village: suburb,
}
