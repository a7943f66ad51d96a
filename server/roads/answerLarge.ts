import type { IsochroneAnswer, MatrixAnswer, Place } from '@/domain/api/roads'
import { reachedParts } from '@/domain/roads/isochrone'
import { matrixSteps } from '@/domain/roads/roadTimes'
import { metresOf } from '@/domain/roads/route'
import type { Snap } from '@/domain/roads/stretchGrid'
import { sweptArea } from '@/domain/roads/sweptArea'
import { restOn, tenth } from './answerQuestion'
import type { LargeQuestion } from './threadMessages'
import type { WorldRoadsNow } from './worldRoads'

type Asked<Kind extends LargeQuestion['kind']> = Extract<LargeQuestion, { kind: Kind }>
type Steps<Answer> = Generator<undefined, Answer, undefined>

/**
 * The answer to a question of many searches, one search a step, on the roads as they are at the first step: what closes
 * meanwhile changes neither answer nor version.
 */
export function answerLarge(roads: WorldRoadsNow, question: LargeQuestion): Steps<MatrixAnswer | IsochroneAnswer> {
  return question.kind === 'matrix' ? matrix(roads, question) : isochrone(roads, question)
}

function* matrix(
  roads: WorldRoadsNow,
  { sources, targets, vehicle, withinMetres }: Asked<'matrix'>,
): Steps<MatrixAnswer> {
  const now = restOn(roads)
  const kept = roads.kept(vehicle)
  const snap = (place: Place): Snap | undefined => roads.snap(place, vehicle, withinMetres)
  const rows = yield* matrixSteps(kept, sources.map(snap), targets.map(snap))
  return {
    ...now,
    seconds: rows.map((row) => Array.from(row, (seconds) => (seconds === Infinity ? null : tenth(seconds)))),
  }
}

function* isochrone(roads: WorldRoadsNow, question: Asked<'isochrone'>): Steps<IsochroneAnswer> {
  const { place, vehicle, withinMetres, direction } = question
  const now = restOn(roads)
  const kept = roads.kept(vehicle)
  const start = roads.snap(place, vehicle, withinMetres)
  const areas: IsochroneAnswer['areas'] = []
  for (const limitSeconds of question.seconds) {
    const parts = start === undefined ? [] : reachedParts(kept, start, { limitSeconds, direction })
    yield
    areas.push({
      seconds: limitSeconds,
      metres: tenth(lengthOnce(roads, parts)),
      area: { type: 'MultiPolygon', coordinates: sweptArea(kept.graph, parts) },
    })
    yield
  }
  return { ...now, areas }
}

/** Length of reached roads, each stretch counted once by the direction that reaches more of it. */
function lengthOnce({ city: { graph } }: WorldRoadsNow, parts: ReturnType<typeof reachedParts>): number {
  const longest = new Map<number, number>()
  for (const part of parts) {
    const stretch = graph.edgeStretch[part.edge]!
    longest.set(stretch, Math.max(longest.get(stretch) ?? 0, metresOf(graph, part)))
  }
  return [...longest.values()].reduce((sum, metres) => sum + metres, 0)
}
