/** Shares of residents, workers and visitors that are present. */
export type PresenceShares = readonly [residents: number, workers: number, visitors: number]
export type DayPart = 'night' | 'day' | 'commute'
export type PresenceProfile = Readonly<Record<DayPart, PresenceShares>>

/** People by what brings them to a place. */
export interface PeopleByRole {
  readonly residents: number
  readonly workers: number
  readonly visitors: number
}

/**
 * People present at an hour of the day (0 to 23, local time): night 22 to 6, day 9 to 17, else commute.
 * @throws RangeError for an hour outside the day or a negative number of people.
 */
export function dayNight(
  hour: number,
  people: PeopleByRole,
  profile: PresenceProfile,
): { readonly part: DayPart; readonly population: number } {
  if (!(hour >= 0 && hour < 24)) throw new RangeError(`An hour is from 0 to below 24, got ${hour}.`)
  const counts = [people.residents, people.workers, people.visitors]
  if (!counts.every((count) => count >= 0 && Number.isFinite(count)))
    throw new RangeError(`People are counted from zero, got ${counts.join(', ')}.`)
  const part = partOf(hour)
  const population = profile[part].reduce((sum, share, i) => sum + share * counts[i]!, 0)
  return { part, population }
}

function partOf(hour: number): DayPart {
  if (hour >= 22 || hour < 6) return 'night'
  return hour >= 9 && hour < 17 ? 'day' : 'commute'
}
