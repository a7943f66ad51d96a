import type { ClosestAnswer, NearestAnswer, Place, RouteAnswer } from '@/domain/api/roads'
import { ROAD_CLASSES } from '@/domain/city/cityModel'
import { instructionsOf } from '@/domain/roads/instructions'
import { joinedLine } from '@/domain/roads/partLine'
import { nearestByRoad } from '@/domain/roads/roadTimes'
import { findRoute } from '@/domain/roads/route'
import type { Snap } from '@/domain/roads/stretchGrid'
import type { SmallQuestion } from './threadMessages'
import type { WorldRoadsNow } from './worldRoads'

type Asked<Kind extends SmallQuestion['kind']> = Extract<SmallQuestion, { kind: Kind }>
type Answer = NearestAnswer | RouteAnswer | ClosestAnswer

/** The answer to a question of one search on the roads as they are now. Times are rounded to 0.1 s, lengths to 0.1 m. */
export function answerQuestion(roads: WorldRoadsNow, question: SmallQuestion): Answer {
  switch (question.kind) {
    case 'nearest':
      return nearest(roads, question)
    case 'route':
      return route(roads, question)
    case 'closest':
      return closest(roads, question)
  }
}

function nearest(roads: WorldRoadsNow, { places, vehicle, withinMetres }: Asked<'nearest'>): NearestAnswer {
  const { graph } = roads.city
  return {
    ...restOn(roads),
    places: places.map((place) => {
      const snap = roads.snap(place, vehicle, withinMetres)
      if (snap === undefined) return null
      return {
        place: placeOf(snap),
        offRoadMetres: tenth(snap.offRoadMetres),
        code: graph.codes[graph.road[snap.stretch]!]!,
        road: graph.names[graph.nameOf[snap.stretch]!] ?? {},
        class: ROAD_CLASSES[graph.roadClass[snap.stretch]!]!,
      }
    }),
  }
}

function route(roads: WorldRoadsNow, { from, to, vehicle, withinMetres }: Asked<'route'>): RouteAnswer {
  const now = restOn(roads)
  const [start, end] = [roads.snap(from, vehicle, withinMetres), roads.snap(to, vehicle, withinMetres)]
  if (start === undefined || end === undefined) return { ...now, route: null }
  const open = roads.now(vehicle)
  const found = findRoute(open, start, end)
  if (found === undefined) return { ...now, route: null }
  const line = joinedLine(open.graph, found.parts)
  return {
    ...now,
    route: {
      seconds: tenth(found.seconds),
      metres: tenth(found.metres),
      line: line.length === 0 ? [placeOf(start)] : line.map(([x, y]): Place => [round7(x), round7(y)]),
      offRoadMetres: [tenth(start.offRoadMetres), tenth(end.offRoadMetres)],
      instructions: instructionsOf(open.graph, open.weights, found).map((word) => ({
        ...word,
        metres: tenth(word.metres),
        seconds: tenth(word.seconds),
      })),
    },
  }
}

function closest(
  roads: WorldRoadsNow,
  { places, target, count, vehicle, withinMetres }: Asked<'closest'>,
): ClosestAnswer {
  const now = restOn(roads)
  const aim = roads.snap(target, vehicle, withinMetres)
  if (aim === undefined) return { ...now, closest: [] }
  const snaps = places.map((place) => roads.snap(place, vehicle, withinMetres))
  const near = nearestByRoad(roads.now(vehicle), snaps, { target: aim, count })
  return { ...now, closest: near.map(({ index, seconds }) => ({ index, seconds: tenth(seconds) })) }
}

/** Which state of the roads an answer rests on. */
export const restOn = ({ live, counted }: WorldRoadsNow): Pick<NearestAnswer, 'version' | 'counted'> => ({
  version: live.version,
  counted,
})

const placeOf = ({ longitude, latitude }: Snap): Place => [round7(longitude), round7(latitude)]
export const tenth = (value: number): number => Math.round(value * 10) / 10
const round7 = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
