import type { Facility, FacilityKind } from '@/domain/city/cityModel'
import type { ComponentCodes } from '@/domain/city/componentCode'
import type { Names } from '@/domain/ids'
import type { Reserve } from '../buildings/build'
import { exactDegrees } from '../curve'
import type { Point } from '../curve'
import type { Layout } from '../fabric/layout'
import type { HeightRaster } from '../ground/heightRaster'
import { METRO_DEPOT, METRO_LINES, METRO_STATIONS } from '../plan/metro'
import { RAILWAYS } from '../plan/expressways'

/** A place of the city before it has a code. */
export interface RawPlace {
  readonly key: string
  readonly kind: FacilityKind
  readonly name: Names
  readonly at: Point
  readonly figures?: Readonly<Record<string, number>>
}

interface FacilitiesInput {
  readonly layout: Layout
  readonly ground: HeightRaster
  readonly reserve: ReadonlyMap<number, Reserve>
  readonly codes: ComponentCodes
  readonly divisionAt: (at: Point) => string
}

const round2 = (value: number): number => Math.round(value * 100) / 100

export function facilitiesOf(input: FacilitiesInput): Facility[] {
  const places = [...underpassPlaces(input), ...metroPlaces(), ...railPlaces()]
  return places.map(({ key, kind, name, at, figures }) => {
    const [longitude, latitude] = exactDegrees(...at)
    return {
      code: input.codes.add(input.divisionAt(at), kind === 'underpass' ? 'underpass' : 'facility'),
      source: `linjiang/${key}`,
      kind,
      name,
      longitude: Math.round(longitude * 1e7) / 1e7,
      latitude: Math.round(latitude * 1e7) / 1e7,
      ...(figures === undefined ? {} : { figures }),
    }
  })
}

function underpassPlaces({ layout, ground }: FacilitiesInput): RawPlace[] {
  return layout.underpasses.map(
    ({ key, name, at }): RawPlace => ({
      key,
      kind: 'underpass',
      name: { 'zh-CN': `${name['zh-CN']}下穿`, en: `${name.en} underpass` },
      at,
      figures: { sagMetres: round2(ground.at(...at)), closureDepthMetres: 0.27 },
    }),
  )
}

function metroPlaces(): RawPlace[] {
  const stations = METRO_STATIONS.map(
    ({ name, at }, i): RawPlace => ({
      key: `metro-station-${i + 1}`,
      kind: 'metroStation',
      name: { 'zh-CN': `${name['zh-CN']}站`, en: `${name.en} station` },
      at,
      figures: {
        lines: METRO_LINES.filter(({ stations: of }) => of.some((one) => one.name['zh-CN'] === name['zh-CN'])).length,
        entranceStepMetres: 0.45,
      },
    }),
  )
  return [
    ...stations,
    { key: 'metro-depot', kind: 'depot', name: METRO_DEPOT.name, at: METRO_DEPOT.at, figures: { trains: 42 } },
  ]
}

function railPlaces(): RawPlace[] {
  const main = RAILWAYS[0]!.line
  const near = main.reduce(
    (best, point) => (Math.abs(point[0] + 2_600) < Math.abs(best[0] + 2_600) ? point : best),
    main[0]!,
  )
  return [
    {
      key: 'station',
      kind: 'railStation',
      name: { 'zh-CN': '临江站', en: 'Linjiang Railway Station' },
      at: near,
      figures: { platforms: 8 },
    },
  ]
}
