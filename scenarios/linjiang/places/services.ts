import type { FacilityKind } from '@/domain/city/cityModel'
import type { Block } from '../fabric/layout'
import { NameGiver } from '../names'
import { Dice } from '../random'
import type { FacilitiesInput, RawPlace } from './facilities'

/** Schools, hospitals, shelters, fire and police stations, offices, fuel, pharmacies, warehouses, chemical works. */
export function servicePlaces(input: FacilitiesInput): RawPlace[] {
  return [...reserved(input), ...spread(input), ...perCommunity(input), ...works(input)]
}

function reserved({ seed, layout: { blocks }, reserve }: FacilitiesInput): RawPlace[] {
  const names = new NameGiver(new Dice(seed, 61))
  const dice = new Dice(seed, 62)
  const out: RawPlace[] = []
  for (const [face, kind] of [...reserve].sort(([a], [b]) => a - b)) {
    const { inner: at, area } = blocks[face]!
    const no = out.length + 1
    if (kind === 'school') {
      const pupils = Math.round(area / dice.between(14, 24) / 10) * 10
      out.push({ key: `school-${no}`, kind: 'school', name: names.next('学校', 'School'), at, figures: { pupils } })
      if (dice.next() < 0.6)
        out.push({
          key: `shelter-${no}`,
          kind: 'shelter',
          name: names.next('避难场所', 'Shelter'),
          at,
          figures: { places: Math.round(area / 6) },
        })
    } else if (kind === 'hospital') {
      out.push({
        key: `hospital-${no}`,
        kind: 'hospital',
        name: names.next('医院', 'Hospital'),
        at,
        figures: { beds: Math.round(dice.between(180, 1_400) / 10) * 10, generatorHours: dice.whole(6, 24) },
      })
    } else if (kind === 'park' && area > 9_000) {
      out.push({
        key: `shelter-${no}`,
        kind: 'shelter',
        name: names.next('公园避难场所', 'Park Shelter'),
        at,
        figures: { places: Math.round(area / 4) },
      })
    }
  }
  return out
}

/** Kinds that stand far from each other: how many, and their names. */
const SPREAD: readonly (readonly [FacilityKind, number, string, string, Readonly<Record<string, number>>])[] = [
  ['fireStation', 36, '消防救援站', 'Fire Station', { engines: 6, crew: 30 }],
  ['police', 74, '派出所', 'Police Station', { officers: 42 }],
  ['government', 91, '街道办事处', 'Street Office', { staff: 60 }],
  ['fuel', 62, '加油站', 'Fuel Station', { tanks: 4 }],
]

function spread({ seed, layout: { blocks } }: FacilitiesInput): RawPlace[] {
  const houses = blocks.filter(
    ({ kind, quarter, area }) =>
      kind === 'city' && quarter.kind !== 'park' && quarter.kind !== 'airport' && area > 3_000,
  )
  return SPREAD.flatMap(([kind, count, zh, en, figures], s) => {
    const names = new NameGiver(new Dice(seed, 63, s))
    return farApart(houses, count, new Dice(seed, 64, s)).map(
      ({ inner }, i): RawPlace => ({ key: `${kind}-${i + 1}`, kind, name: names.next(zh, en), at: inner, figures }),
    )
  })
}

/** Blocks picked one after the other, each the farthest of twenty from those before. */
function farApart(blocks: readonly Block[], count: number, dice: Dice): Block[] {
  const out: Block[] = []
  while (out.length < count) {
    const tries = Array.from({ length: 20 }, () => dice.pick(blocks))
    const away = ({ inner: [x, y] }: Block): number =>
      Math.min(1e9, ...out.map(({ inner }) => Math.hypot(inner[0] - x, inner[1] - y)))
    out.push(tries.reduce((best, block) => (away(block) > away(best) ? block : best)))
  }
  return out
}

/** A clinic and a pharmacy in every community, at its first block of houses. */
function perCommunity({ seed, layout: { blocks }, parts }: FacilitiesInput): RawPlace[] {
  const names = new NameGiver(new Dice(seed, 65))
  return parts.communities.flatMap(({ faces }, i): RawPlace[] => {
    const home = faces.filter((face) => blocks[face]!.kind === 'city')
    if (home.length === 0) return []
    const [first, second] = [blocks[home[0]!]!, blocks[home[Math.floor(home.length / 2)]!]!]
    return [
      { key: `clinic-${i + 1}`, kind: 'clinic', name: names.next('卫生服务站', 'Clinic'), at: first.inner },
      { key: `pharmacy-${i + 1}`, kind: 'pharmacy', name: names.next('药房', 'Pharmacy'), at: second.inner },
    ]
  })
}

function works({ seed, layout: { blocks } }: FacilitiesInput): RawPlace[] {
  const names = new NameGiver(new Dice(seed, 66))
  const dice = new Dice(seed, 67)
  const city = blocks.filter(({ kind, area }) => kind === 'city' && area > 30_000)
  const stores = city.filter(({ quarter }) => quarter.kind === 'harbour').filter((_, i) => i % 2 === 0)
  const plants = city.filter(({ quarter }) => quarter.kind === 'chemical').filter((_, i) => i % 3 === 0)
  return [
    ...stores.map(
      ({ inner, area }, i): RawPlace => ({
        key: `warehouse-${i + 1}`,
        kind: 'warehouse',
        name: names.next('仓库', 'Warehouse'),
        at: inner,
        figures: { squareMetres: Math.round(area * 0.4) },
      }),
    ),
    ...plants.map(
      ({ inner }, i): RawPlace => ({
        key: `chemical-${i + 1}`,
        kind: 'chemical',
        name: names.next('化工厂', 'Chemical Works'),
        at: inner,
        figures: { chlorineTonnes: i % 4 === 0 ? dice.whole(40, 320) : 0 },
      }),
    ),
  ]
}
