import type { CoverArea } from '@/domain/city/cityModel'
import type { ComponentCodes } from '@/domain/city/componentCode'
import type { Names } from '@/domain/ids'
import { AIRFIELD_PAVING } from './airport'
import type { Reserve } from '../buildings/build'
import { beside, degreesOf } from '../curve'
import type { Point } from '../curve'
import type { Block } from '../fabric/layout'
import type { HeightRaster } from '../ground/heightRaster'
import type { WaterField } from '../ground/waterField'
import type { QuarterKind } from '../plan/quarters'
import { BROOK, brookHalfWidth, LEVELS } from '../water'

const OF_QUARTER: Readonly<Record<QuarterKind, CoverArea['class']>> = {
  oldTown: 'residential',
  core: 'commercial',
  mixed: 'residential',
  slabs: 'residential',
  towers: 'residential',
  suburb: 'residential',
  villas: 'residential',
  village: 'residential',
  campus: 'campus',
  industrial: 'industrial',
  chemical: 'industrial',
  harbour: 'industrial',
  airport: 'airport',
  yard: 'railway',
  park: 'park',
}
const OF_RESERVE: Readonly<Record<Reserve, CoverArea['class']>> = {
  school: 'campus',
  hospital: 'campus',
  public: 'commercial',
  transport: 'commercial',
  park: 'park',
  plaza: 'plaza',
}

const AIRPORT_DISTRICT = '990111'
const OLD_TOWN_DISTRICT = '990101'

interface CoverInput {
  readonly blocks: readonly Block[]
  readonly reserve: ReadonlyMap<number, Reserve>
  readonly ground: HeightRaster
  readonly water: WaterField
  readonly codes: ComponentCodes
  readonly divisionOf: (face: number) => string
}

/** Land cover of every block, and the waters with their levels. */
export function coverOf(input: CoverInput): CoverArea[] {
  const { blocks, codes, divisionOf } = input
  const areas = blocks.map((block): CoverArea => {
    const water = block.kind === 'water' ? waterOf(block.inner, input.water) : undefined
    const cls = water === undefined ? landOf(block, input) : water.level === undefined ? 'grass' : 'water'
    return {
      code: codes.add(divisionOf(block.face.id), cls === 'water' ? 'water' : 'cover'),
      source: `linjiang/block/${block.face.id}`,
      shape: { outer: degreesOf(block.ring), holes: [] },
      class: cls,
      ...(water?.name === undefined ? {} : { name: water.name }),
      ...(water?.level === undefined ? {} : { waterLevel: water.level }),
    }
  })
  const paving = AIRFIELD_PAVING.map(
    (ring, i): CoverArea => ({
      code: codes.add(AIRPORT_DISTRICT, 'cover'),
      source: `linjiang/airfield/${i}`,
      shape: { outer: degreesOf(ring), holes: [] },
      class: 'bare',
    }),
  )
  return [...areas, ...brookWater(codes), ...paving]
}

const names = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })

function waterOf([x, y]: Point, water: WaterField): { name?: Names; level?: number } {
  if (water.river(x, y) < 0) return { name: names('青澜江', 'Qinglan River'), level: LEVELS.river }
  if (water.lake(x, y) < 0) return { name: names('东湖', 'East Lake'), level: LEVELS.lake }
  if (water.reservoir(x, y) < 0) return { name: names('石门水库', 'Shimen Reservoir'), level: LEVELS.reservoir }
  return {}
}

function landOf({ kind, inner, quarter, face }: Block, { reserve, ground, water }: CoverInput): CoverArea['class'] {
  if (kind === 'corridor') return 'railway'
  if (kind === 'verge') return water.any(...inner) < 60 ? 'park' : 'grass'
  if (kind === 'country') return ground.at(...inner) > 62 ? 'forest' : 'farmland'
  const reserved = reserve.get(face.id)
  return reserved === undefined ? OF_QUARTER[quarter.kind] : OF_RESERVE[reserved]
}

/** The brook in stretches of about a kilometre, each with its level. */
function brookWater(codes: ComponentCodes): CoverArea[] {
  const last = BROOK.length - 1
  const half = (i: number): number => brookHalfWidth(i / last)
  const [left, right] = [beside(BROOK, half), beside(BROOK, (i) => -half(i))]
  const out: CoverArea[] = []
  for (let from = 0; from < last; from += 8) {
    const to = Math.min(last, from + 8)
    const share = (from + to) / 2 / last
    out.push({
      code: codes.add(OLD_TOWN_DISTRICT, 'water'),
      source: `linjiang/brook/${out.length}`,
      name: names('石塘沟', 'Shitang Brook'),
      shape: { outer: degreesOf([...right.slice(from, to + 1), ...left.slice(from, to + 1).reverse()]), holes: [] },
      class: 'water',
      waterLevel: Math.round((22.7 + 1.9 * (1 - share) + 46 * Math.max(0, 1 - share / 0.62) ** 1.8) * 100) / 100,
    })
  }
  return out
}
