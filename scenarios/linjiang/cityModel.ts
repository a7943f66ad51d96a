import type { Building, CityModel, Division, HeightGrid } from '@/domain/city/cityModel'
import { ComponentCodes } from '@/domain/city/componentCode'
import type { CityIdentity } from '@/domain/city/manifest'
import { build } from './buildings/build'
import type { Reserve } from './buildings/build'
import { clearOfRoads } from './buildings/clear'
import type { RawBuilding } from './buildings/site'
import { villages } from './buildings/villages'
import { degreesOf, exactDegrees } from './curve'
import { divide } from './divisions/divide'
import { districtAt, districtOfFace } from './divisions/districtAt'
import { divisionsOf } from './divisions/divisions'
import { RUNWAY } from './fabric/planLines'
import { isIn } from './fabric/polygon'
import { layOut } from './fabric/layout'
import type { Layout } from './fabric/layout'
import { HALF_SIZE, POSTS } from './ground/extent'
import type { HeightRaster } from './ground/heightRaster'
import { shapeRoads } from './ground/sags'
import { Terrain } from './ground/terrain'
import { WaterField } from './ground/waterField'
import { drainNetwork } from './networks/drains'
import { waysOf } from './networks/forest'
import { linesOf, plannedLines } from './networks/lines'
import { motorwayParts } from './networks/motorways'
import { feederNetwork } from './networks/power'
import { roadsOf, streetParts } from './networks/roadNetwork'
import { residentsOf } from './people/residents'
import { airportBuildings } from './places/airport'
import { coverOf } from './places/cover'
import { facilitiesOf } from './places/facilities'
import { reserveBlocks } from './places/reserve'
import { CITY_CODE } from './divisions/plan'

/** How far the making of the city is: what is done, 0 to 1. */
export type CityProgress = (step: string, share: number) => void

/**
 * The Reference City 临江 for a seed: the same seed gives the same model to the byte. Takes some 15 s of one core and
 * less than 1.5 GB. Nothing in it is real.
 */
export function linjiangCity(seed: number, progress: CityProgress = () => undefined): CityModel {
  progress('ground', 0)
  const water = new WaterField()
  const ground = new Terrain(seed, water).raster()
  progress('streets', 0.3)
  const layout = layOut({ seed, water, groundAt: (x, y) => ground.at(x, y) })
  shapeRoads(ground, { ...layout, isWater: (x, y) => water.any(x, y) < 20 })
  progress('buildings', 0.5)
  const reserve = reserveBlocks(seed, layout.blocks)
  const parts = [...streetParts(seed, layout, water), ...motorwayParts({ layout, ground, water })]
  const raised = clearOfRoads(raiseAll(seed, { layout, reserve, water }), parts)
  const residents = residentsOf(raised)
  progress('divisions', 0.7)
  const people = layout.blocks.map(() => 0)
  raised.forEach(({ block }, i) => {
    people[block]! += residents[i]!
  })
  const shares = divide(seed, { layout, water, people })
  const divisionOf = districtOfFace(shares, layout)
  const divisionAt = districtAt(layout, divisionOf)
  const codes = new ComponentCodes()
  progress('networks', 0.85)
  const roads = roadsOf(parts, { codes, divisionAt })
  const areas = coverOf({ blocks: layout.blocks, reserve, ground, water, codes, divisionOf })
  const ways = waysOf(layout, water)
  const drains = drainNetwork(ways, ground, water)
  const lines = linesOf([...plannedLines(ground, water), ...drains.lines, ...feederNetwork(ways)], (at) =>
    codes.add(divisionAt(at), 'line'),
  )
  const buildings = raised.map((one, i) =>
    buildingOf(one, { residents: residents[i]!, index: i, code: codes.add(divisionOf(one.block), 'building') }),
  )
  const facilities = facilitiesOf({
    seed,
    layout,
    ground,
    reserve,
    codes,
    divisionAt,
    pumps: drains.pumps,
    parts: shares,
  })
  const divisions: Division[] = divisionsOf({ seed, layout, parts: shares, buildings: raised, residents })
  progress('done', 1)
  return {
    identity: IDENTITY,
    terrain: heightGrid(ground),
    buildings,
    roads,
    areas,
    lines,
    facilities,
    divisions,
    tilesets: [],
  }
}

function raiseAll(
  seed: number,
  { layout, reserve, water }: { layout: Layout; reserve: ReadonlyMap<number, Reserve>; water: WaterField },
): RawBuilding[] {
  const airfield = layout.blocks.find(({ ring }) => isIn(ring, ...RUNWAY.at))
  if (airfield === undefined) throw new RangeError('The airport lies outside the city.')
  return [
    ...build(seed, layout, reserve),
    ...villages(seed, layout, (x, y) => water.any(x, y) > 40),
    ...airportBuildings(airfield.face.id),
  ]
}

const IDENTITY: CityIdentity = {
  key: 'linjiang',
  name: { 'zh-CN': '临江市', en: 'Linjiang' },
  division: CITY_CODE,
  timeZone: 'Asia/Shanghai',
  view: { longitude: 114.357, latitude: 30.585, zoom: 12.5, pitch: 52, bearing: 0 },
  crs: 'EPSG:4490',
  heightDatum: '1985国家高程基准（演练）',
  geoidOffset: -14.2,
  classification: '演练城市，非真实地理信息',
  dataDate: '2026-07-18',
  sources: [{ name: 'scenarios/linjiang, synthetic', licence: 'Apache-2.0' }],
  counts: [],
}

function buildingOf(
  one: RawBuilding,
  { residents, index, code }: { residents: number; index: number; code: Building['code'] },
): Building {
  return {
    code,
    source: `linjiang/building/${index}`,
    footprint: { outer: degreesOf(one.ring), holes: [] },
    height: Math.round(one.height * 10) / 10,
    base: Math.round(one.base * 10) / 10,
    heightSource: 'surveyed',
    levels: one.levels,
    use: one.use,
    residents,
  }
}

function heightGrid(ground: HeightRaster): HeightGrid {
  const [west, north] = exactDegrees(-HALF_SIZE, HALF_SIZE)
  const [east, south] = exactDegrees(HALF_SIZE, -HALF_SIZE)
  const metres = new Float32Array(POSTS * POSTS)
  for (let row = 0; row < POSTS; row++)
    for (let column = 0; column < POSTS; column++)
      metres[row * POSTS + column] = Math.round(ground.metres[(POSTS - 1 - row) * POSTS + column]! * 1_000) / 1_000
  return {
    west,
    north,
    stepLongitude: (east - west) / (POSTS - 1),
    stepLatitude: (north - south) / (POSTS - 1),
    columns: POSTS,
    rows: POSTS,
    metres,
  }
}
