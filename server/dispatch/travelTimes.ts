import { MatrixAnswer } from '@/domain/api/roads'
import type { Place } from '@/domain/api/roads'
import { greatCircleMetres } from '@/domain/geodesy/greatCircle'
import type { World } from '@/domain/world'
import { NotFound } from '@/platform/errors'
import type { Asker } from '../roads/waitingQuestions'
import type { Roads } from '../roads/roads'

/** 30 km/h, where a World has no roads. */
const STRAIGHT_METRES_PER_SECOND = 30 / 3.6
const WITHIN_METRES = 1000
const Seconds = MatrixAnswer.pick({ seconds: true })

export interface TravelTimes {
  readonly by: 'roads' | 'straightLine'
  /** Seconds from each source to each target; null where there is no way. */
  readonly seconds: readonly (readonly (number | null)[])[]
}

export interface Journeys {
  readonly sources: readonly Place[]
  readonly targets: readonly Place[]
}

/** Times over the roads as they are now. @throws TooManyTries, Unavailable */
export async function travelTimes(
  roads: Pick<Roads, 'ask'>,
  { world, asker }: { readonly world: World; readonly asker: Asker },
  { sources, targets }: Journeys,
): Promise<TravelTimes> {
  try {
    const places = { sources: [...sources], targets: [...targets] }
    const question = { kind: 'matrix', vehicle: 'car', withinMetres: WITHIN_METRES, ...places } as const
    const { seconds } = Seconds.parse(JSON.parse(await roads.ask(world, question, asker)))
    return { by: 'roads', seconds }
  } catch (cause) {
    if (!(cause instanceof NotFound)) throw cause
    return { by: 'straightLine', seconds: sources.map((from) => targets.map((to) => straight(from, to))) }
  }
}

const straight = ([fromX, fromY]: Place, [toX, toY]: Place): number => {
  const metres = greatCircleMetres({ longitude: fromX, latitude: fromY }, { longitude: toX, latitude: toY })
  return metres / STRAIGHT_METRES_PER_SECOND
}
