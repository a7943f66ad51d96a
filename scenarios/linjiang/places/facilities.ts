import type { Facility, FacilityKind } from '@/domain/city/cityModel'
import type { ComponentCodes } from '@/domain/city/componentCode'
import type { Names } from '@/domain/ids'
import type { Reserve } from '../buildings/build'
import { exactDegrees } from '../curve'
import type { Point } from '../curve'
import type { Parts } from '../divisions/divide'
import type { Layout } from '../fabric/layout'
import type { HeightRaster } from '../ground/heightRaster'
import type { PumpStation } from '../networks/drains'
import { METRO_DEPOT, METRO_LINES, METRO_STATIONS } from '../plan/metro'
import { RAILWAYS } from '../plan/expressways'
import { SUBSTATION_SITES } from '../plan/stations'
import { THINGS } from '../things'
import { cameraPlaces } from './cameras'
import { servicePlaces } from './services'

/** A place of the city before it has a code. */
export interface RawPlace {
  readonly key: string
  readonly kind: FacilityKind
  readonly name: Names
  readonly at: Point
  readonly figures?: Readonly<Record<string, number>>
}

export interface FacilitiesInput {
  readonly seed: number
  readonly layout: Layout
  readonly ground: HeightRaster
  readonly reserve: ReadonlyMap<number, Reserve>
  readonly pumps: readonly PumpStation[]
  readonly parts: Parts
  readonly codes: ComponentCodes
  readonly divisionAt: (at: Point) => string
}

const round2 = (value: number): number => Math.round(value * 100) / 100

/** Everything with an address that somebody may have to protect, send, close or watch. */
export function facilitiesOf(input: FacilitiesInput): Facility[] {
  const places = [
    ...underpassPlaces(input),
    ...metroPlaces(),
    ...railPlaces(),
    ...worksPlaces(input),
    ...servicePlaces(input),
    ...cameraPlaces(input),
    ...gaugePlaces(),
  ]
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
      figures: { sagMetres: round2(ground.at(...at)), closureDepthMetres: 0.27, pumpCubicMetresPerSecond: 0.28 },
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
  const names = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })
  return [
    {
      key: 'station',
      kind: 'railStation',
      name: names('临江站', 'Linjiang Railway Station'),
      at: near,
      figures: { platforms: 8 },
    },
    {
      key: 'rail-yard',
      kind: 'depot',
      name: names('西站编组场', 'West Marshalling Yard'),
      at: [-8_000, 2_600],
      figures: { tracks: 22 },
    },
  ]
}

function worksPlaces({ pumps, ground }: FacilitiesInput): RawPlace[] {
  const pumping = pumps.map(
    ({ key, name, at, sump, outfall, capacity, hectares }): RawPlace => ({
      key,
      kind: 'pumping',
      name,
      at,
      figures: {
        capacityCubicMetresPerSecond: capacity,
        sumpMetres: round2(sump),
        outfallMetres: round2(outfall),
        hectares,
        pumps: 6,
      },
    }),
  )
  const substations = SUBSTATION_SITES.map(
    ({ key, name, at }): RawPlace => ({
      key,
      kind: 'substation',
      name,
      at,
      figures: { siteMetres: round2(ground.at(...at) + 0.4), megavoltAmperes: 126 },
    }),
  )
  const shimen = THINGS.find(({ kind }) => kind === 'reservoir')!
  return [
    ...pumping,
    ...substations,
    {
      key: 'reservoir-shimen',
      kind: 'reservoir',
      name: shimen.name,
      at: shimen.at,
      figures: { crestMetres: 86, floodLimitMetres: 80.5, millionCubicMetres: 9.4 },
    },
    {
      key: 'power-plant',
      kind: 'power',
      name: { 'zh-CN': '临江热电厂', en: 'Linjiang Power Plant' },
      at: [8_000, -3_400],
      figures: { megawatts: 700 },
    },
  ]
}

/** Instruments that stand apart from the facilities above. */
function gaugePlaces(): RawPlace[] {
  const own = new Set(['underpass', 'pumpStation', 'substation', 'reservoir', 'metroStation', 'hospital'])
  return THINGS.filter(({ kind }) => !own.has(kind)).map(
    ({ key, name, at }): RawPlace => ({ key, kind: 'gauge', name, at }),
  )
}
