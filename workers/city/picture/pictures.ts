import type { CityModel, CoverArea, RoadClass } from '@/domain/city/cityModel'
import { buildRoadGraph } from '@/domain/roads/buildRoadGraph'
import { ROAD_CLASSES } from '@/domain/city/cityModel'
import { squareMetres } from '../import/geometry/ring'
import { Plan } from './plan'
import type { Frame, LegendRow } from './plan'

export const PICTURES = ['roads', 'night', 'day', 'drains'] as const
export type Picture = (typeof PICTURES)[number]

const GREEN = new Set<CoverArea['class']>(['park', 'forest', 'grass', 'wetland', 'farmland'])
const CLASS_STROKES: Readonly<Partial<Record<RoadClass, { colour: string; width: number }>>> = {
  service: { colour: '#cfccc2', width: 0.4 },
  residential: { colour: '#a5a49c', width: 0.6 },
  tertiary: { colour: '#6f8288', width: 0.9 },
  secondary: { colour: '#4f7a5c', width: 1.4 },
  primary: { colour: '#c4862b', width: 1.9 },
  trunk: { colour: '#b2502d', width: 2.4 },
  motorway: { colour: '#7d2a20', width: 3 },
}
const PIPES = [
  { to: 0.6, colour: '#b7c9d3', width: 0.6 },
  { to: 1, colour: '#7fa3b8', width: 1 },
  { to: 1.6, colour: '#3f7396', width: 1.6 },
  { to: Infinity, colour: '#173f66', width: 2.6 },
] as const
const PEOPLE = [
  { to: 5, colour: '#efe9da' },
  { to: 25, colour: '#f3d9b0' },
  { to: 75, colour: '#eab57a' },
  { to: 150, colour: '#d98352' },
  { to: 300, colour: '#b24e3c' },
  { to: Infinity, colour: '#6d2135' },
] as const
const PUMP = '#0f8f7c'
const DIP = '#c22f2f'
const NIGHT_HOUR = 3
const DAY_HOUR = 10

/** One picture of a city: road classes, who is where at 03:00 and at 10:00, drains with pump stations and underpasses. */
export function drawPicture(model: CityModel, picture: Picture, frame: Frame): string {
  const plan = new Plan(frame)
  const of = (accepts: (area: CoverArea) => boolean) => model.areas.filter(accepts).map(({ shape }) => shape)
  plan.area(
    of((area) => GREEN.has(area.class)),
    '#e3e8d3',
  )
  if (picture === 'night' || picture === 'day') drawPeople(plan, model, picture === 'night' ? NIGHT_HOUR : DAY_HOUR)
  plan.area(
    of((area) => area.class === 'water'),
    '#a8c0cb',
  )
  if (picture === 'roads') drawRoads(plan, model)
  else drawStreets(plan, model)
  if (picture === 'drains') drawDrains(plan, model)
  return plan.svg()
}

function drawRoads(plan: Plan, model: CityModel): void {
  const rows: LegendRow[] = []
  const { graph } = buildRoadGraph(model.roads)
  const metres = new Map<RoadClass, number>()
  for (const [stretch, at] of graph.roadClass.entries()) {
    const name = ROAD_CLASSES[at]!
    metres.set(name, (metres.get(name) ?? 0) + graph.metres[stretch]!)
  }
  for (const [name, stroke] of Object.entries(CLASS_STROKES)) {
    const roadClass = name as RoadClass
    plan.lines(
      model.roads.filter((road) => road.class === roadClass).map(({ line }) => line),
      stroke,
    )
    rows.unshift({ colour: stroke.colour, text: `${name} ${Math.round((metres.get(roadClass) ?? 0) / 1000)} km` })
  }
  plan.legend('Roads by class', rows)
}

/** The great streets alone, to find one's way. */
function drawStreets(plan: Plan, model: CityModel): void {
  const great = new Set<RoadClass>(['motorway', 'trunk', 'primary', 'secondary'])
  plan.lines(
    model.roads.filter((road) => great.has(road.class)).map(({ line }) => line),
    { colour: '#8f8a7f', width: 0.7 },
  )
}

function drawPeople(plan: Plan, model: CityModel, hour: number): void {
  const cells = model.divisions.filter(({ level, presentByHour }) => level === 'grid' && presentByHour !== undefined)
  const density = (cell: CityModel['divisions'][number]): number =>
    (cell.presentByHour?.[hour] ?? 0) / (squareMetres(cell.shape) / 10_000)
  let from = 0
  const rows = PEOPLE.map(({ to, colour }): LegendRow => {
    const here = cells.filter((cell) => density(cell) >= from && density(cell) < to)
    plan.area(
      here.map(({ shape }) => shape),
      colour,
    )
    const text = to === Infinity ? `${from} and more` : `${from} to ${to}`
    from = to
    return { colour, text }
  })
  const sum = cells.reduce((all, { presentByHour }) => all + presentByHour![hour]!, 0)
  plan.legend(`People per hectare at ${String(hour).padStart(2, '0')}:00, ${sum} in all`, rows)
}

function drawDrains(plan: Plan, model: CityModel): void {
  const drains = model.lines.filter((line) => line.class === 'drain')
  let from = 0
  const rows = PIPES.map(({ to, colour, width }): LegendRow => {
    const here = drains.filter((line) => (line.width ?? 0) >= from && (line.width ?? 0) < to)
    plan.lines(
      here.map(({ line }) => line),
      { colour, width },
    )
    const text =
      to === Infinity ? `pipes of ${from} m and more: ${here.length}` : `pipes of ${from} to ${to} m: ${here.length}`
    from = to
    return { colour, text }
  })
  const of = (kind: string) =>
    model.facilities.filter((one) => one.kind === kind).map(({ longitude, latitude }) => [longitude, latitude] as const)
  const [pumps, dips] = [of('pumping'), of('underpass')]
  plan.dots(pumps, { colour: PUMP, radius: 6 })
  plan.dots(dips, { colour: DIP, radius: 5 })
  plan.legend('Storm drains', [
    ...rows,
    { colour: PUMP, text: `pump stations: ${pumps.length}` },
    { colour: DIP, text: `underpasses: ${dips.length}` },
  ])
}
