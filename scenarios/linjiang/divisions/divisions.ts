import type { Division } from '@/domain/city/cityModel'
import type { Names } from '@/domain/ids'
import type { RawBuilding } from '../buildings/site'
import { degreesOf, exactDegrees } from '../curve'
import type { Point } from '../curve'
import type { Layout } from '../fabric/layout'
import { innerPoint } from '../fabric/polygon'
import { NameGiver } from '../names'
import { presentByHour } from '../people/hours'
import { POPULATION } from '../people/residents'
import { Dice } from '../random'
import type { Part, Parts } from './divide'
import { outlineOf } from './outline'
import { CITY_CODE, DISTRICT_PLANS } from './plan'

interface DivisionsInput {
  readonly seed: number
  readonly layout: Layout
  readonly parts: Parts
  readonly buildings: readonly RawBuilding[]
  readonly residents: Int32Array
}

/** City, districts, streets, communities and grid cells with their people by hour; each level sums to the city's. */
export function divisionsOf({ seed, layout, parts, buildings, residents }: DivisionsInput): Division[] {
  const { plan, blocks } = layout
  const homes = new Float64Array(blocks.length)
  const work = new Float64Array(blocks.length)
  const registered = new Int32Array(blocks.length)
  buildings.forEach((building, i) => {
    homes[building.block]! += residents[i]!
    registered[building.block]! += residents[i]!
    work[building.block]! += building.work
  })
  const present = presentByHour(
    blocks.map(({ quarter, kind, area }, i) => ({
      homes: homes[i]!,
      work: work[i]!,
      visit:
        kind === 'city'
          ? work[i]! * (quarter.kind === 'core' || quarter.kind === 'oldTown' ? 2.2 : 0.8) +
            area * (quarter.kind === 'park' ? 0.2 : 0.02)
          : 0,
    })),
    POPULATION,
  )
  const sum = (faces: readonly number[]): Pick<Division, 'residents' | 'presentByHour'> => ({
    residents: faces.reduce((total, face) => total + registered[face]!, 0),
    presentByHour: Array.from({ length: 24 }, (_, hour) =>
      faces.reduce((total, face) => total + present[face]![hour]!, 0),
    ),
  })
  const nameOf = divisionNames(seed, parts)
  const divisionOf = (level: Division['level'], { code, parent, faces }: Part): Division => {
    const { outer, holes } = outlineOf(plan, new Set(faces))
    return {
      code,
      level,
      parent,
      name: nameOf(code),
      shape: { outer: degreesOf(outer), holes: holes.map(degreesOf) },
      label: labelOf(outer),
      ...sum(faces),
    }
  }
  const all = blocks.map((_, i) => i)
  const { outer } = outlineOf(plan, new Set(all))
  const city: Division = {
    code: CITY_CODE,
    level: 'city',
    name: { 'zh-CN': '临江市', en: 'Linjiang' },
    shape: { outer: degreesOf(outer), holes: [] },
    label: labelOf(outer),
    ...sum(all),
  }
  return [
    city,
    ...parts.districts.map((part) => divisionOf('district', part)),
    ...parts.streets.map((part) => divisionOf('street', part)),
    ...parts.communities.map((part) => divisionOf('community', part)),
    ...parts.cells.map((part) => divisionOf('grid', part)),
  ]
}

function labelOf(outer: readonly Point[]): readonly [number, number] {
  const [x, y] = innerPoint(outer)
  const [longitude, latitude] = exactDegrees(x, y)
  return [Math.round(longitude * 1e6) / 1e6, Math.round(latitude * 1e6) / 1e6]
}

function divisionNames(seed: number, { streets, communities, cells }: Parts): (code: string) => Names {
  const out = new Map<string, Names>(DISTRICT_PLANS.map(({ code, name }) => [code, name]))
  const giver = new NameGiver(new Dice(seed, 41))
  for (const { code } of streets)
    out.set(
      code,
      giver.next(code.startsWith('990112') ? '镇' : '街道', code.startsWith('990112') ? 'Town' : 'Street Office'),
    )
  const within = new NameGiver(new Dice(seed, 42))
  for (const { code } of communities) out.set(code, within.next('社区', 'Community'))
  for (const { code, parent } of cells) {
    const community = out.get(parent)!
    const no = Number(code.slice(-3))
    out.set(code, { 'zh-CN': `${community['zh-CN']}第${no}网格`, en: `${community.en}, cell ${no}` })
  }
  return (code) => out.get(code)!
}
