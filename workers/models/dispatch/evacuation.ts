import { minCostFlow } from './minCostFlow'

export interface Shelter {
  readonly places: number
}

/** A way out of the zone that people of a group take to a shelter. */
export interface EvacuationWay {
  readonly group: number
  readonly shelter: number
  readonly minutes: number
  /** Most people per minute that the way carries. */
  readonly peoplePerMinute: number
}

export interface Evacuation {
  /** People on each way, in the order given. */
  readonly people: readonly number[]
  /** People of each group who found no place. */
  readonly left: readonly number[]
  /** Share of each shelter that is filled, 0 to 1. */
  readonly fill: readonly number[]
  /** Until the last person on a way arrives, minutes; 0 when no one moves. */
  readonly clearMinutes: number
}

/**
 * Sends groups to shelters so that as many as possible find a place and their minutes add up to the least; then the
 * time to clear, each way first in, last out: minutes + people / peoplePerMinute.
 * @throws RangeError for a way that names no group or shelter, or carries no one.
 */
export function evacuate(
  groups: readonly number[],
  shelters: readonly Shelter[],
  ways: readonly EvacuationWay[],
): Evacuation {
  for (const { group, shelter, minutes, peoplePerMinute } of ways)
    if (groups[group] === undefined || shelters[shelter] === undefined || !(minutes >= 0 && peoplePerMinute > 0))
      throw new RangeError(`A way leads from a group to a shelter and carries people: ${group} to ${shelter}.`)
  const [sheltersAt, nowhere] = [groups.length, groups.length + shelters.length]
  const everyone = groups.reduce((sum, people) => sum + people, 0)
  const tooFar = 1 + ways.reduce((sum, { minutes }) => sum + minutes, 0)
  const places = shelters.reduce((sum, shelter) => sum + shelter.places, 0)
  const spare = nowhere + 1
  const flow = minCostFlow({
    from: [...ways.map(({ group }) => group), ...groups.keys(), ...shelters.map((_, s) => sheltersAt + s), nowhere],
    to: [
      ...ways.map(({ shelter }) => sheltersAt + shelter),
      ...groups.map(() => nowhere),
      ...shelters.map(() => spare),
      spare,
    ],
    capacity: [...ways.map(() => everyone), ...groups, ...shelters.map((shelter) => shelter.places), everyone + places],
    cost: [...ways.map(({ minutes }) => minutes), ...groups.map(() => tooFar), ...shelters.map(() => 0), 0],
    supply: [...groups, ...shelters.map(() => 0), 0, -everyone],
  })
  if (!flow.ok) throw new RangeError('Groups and shelters are counted in people from 0.')
  const people = flow.value.flow.slice(0, ways.length)
  const filled = shelters.map((_, s) => ways.reduce((sum, way, k) => sum + (way.shelter === s ? people[k]! : 0), 0))
  const clear = ways.map(({ minutes, peoplePerMinute }, k) =>
    people[k]! > 0 ? minutes + people[k]! / peoplePerMinute : 0,
  )
  return {
    people,
    left: flow.value.flow.slice(ways.length, ways.length + groups.length),
    fill: filled.map((count, s) => (shelters[s]!.places > 0 ? count / shelters[s]!.places : 0)),
    clearMinutes: Math.max(0, ...clear),
  }
}
