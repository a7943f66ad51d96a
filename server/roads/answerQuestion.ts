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
    version: roads.live.version,
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
  const { version } = roads.live
  const [start, end] = [roads.snap(from, vehicle, withinMetres), roads.snap(to, vehicle, withinMetres)]
  if (start === undefined || end === undefined) return { version, route: null }
  const now = roads.now(vehicle)
  const found = findRoute(now, start, end)
  if (found === undefined) return { version, route: null }
  const line = joinedLine(now.graph, found.parts)
  return {
    version,
    route: {
      seconds: tenth(found.seconds),
      metres: tenth(found.metres),
      line: line.length === 0 ? [placeOf(start)] : line.map(([x, y]): Place => [round7(x), round7(y)]),
      offRoadMetres: [tenth(start.offRoadMetres), tenth(end.offRoadMetres)],
      instructions: instructionsOf(now.graph, now.weights, found).map((word) => ({
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
  const { version } = roads.live
  const aim = roads.snap(target, vehicle, withinMetres)
  if (aim === undefined) return { version, closest: [] }
  const snaps = places.map((place) => roads.snap(place, vehicle, withinMetres))
  const near = nearestByRoad(roads.now(vehicle), snaps, { target: aim, count })
  return { version, closest: near.map(({ index, seconds }) => ({ index, seconds: tenth(seconds) })) }
}

const placeOf = ({ longitude, latitude }: Snap): Place => [round7(longitude), round7(latitude)]
export const tenth = (value: number): number => Math.round(value * 10) / 10
const round7 = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
