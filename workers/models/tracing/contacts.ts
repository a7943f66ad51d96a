/** A phone was seen at `t` seconds in a cell. */
export type Ping = readonly [t: number, cell: string]
export type Stay = readonly [cell: string, start: number, end: number]
export type Contact = readonly [cell: string, start: number, end: number, seconds: number]

export interface StayLimits {
  /** A longer gap ends a stay, s. */
  readonly maxGap: number
  /** A stay goes on this long after its last ping, s. */
  readonly tail: number
}

/** A change of cell that is back within this many seconds is the network's, not the person's. */
const PING_PONG = 300

/**
 * Stays of one person: runs of pings in one cell without a long gap. Pings may come in any order; several cells at one
 * time all count.
 * @throws RangeError for a time that is no number.
 */
export function stays(pings: readonly Ping[], { maxGap, tail }: StayLimits): Stay[] {
  if (!pings.every(([t]) => Number.isFinite(t))) throw new RangeError('A ping has no time.')
  const sorted = [...pings].sort(([t, cell], [u, other]) => t - u || (cell < other ? -1 : Number(cell > other)))
  const found: { cell: string; start: number; last: number }[] = []
  for (const [t, cell] of withoutPingPong(sorted)) {
    const run = found.at(-1)
    if (run !== undefined && run.cell === cell && t - run.last <= maxGap) run.last = t
    else found.push({ cell, start: t, last: t })
  }
  return found.map(({ cell, start, last }) => [cell, start, last + tail] as const)
}

function withoutPingPong(pings: readonly Ping[]): readonly Ping[] {
  return pings.filter(([t, cell], i) => {
    const [before, after] = [pings[i - 1], pings[i + 1]]
    if (before === undefined || after === undefined || t === before[0] || t === after[0]) return true
    return !(before[1] === after[1] && before[1] !== cell && after[0] - before[0] <= PING_PONG)
  })
}

/** Times that two people spent in one cell, each at least `minOverlap` seconds long, in the order of their start. */
export function collide(one: readonly Stay[], other: readonly Stay[], minOverlap: number): Contact[] {
  return overlaps(one, other)
    .filter(([, , , seconds]) => seconds >= minOverlap)
    .sort(([, start], [, later]) => start - later)
}

function overlaps(one: readonly Stay[], other: readonly Stay[]): Contact[] {
  return one.flatMap(([cell, start, end]) =>
    other.flatMap(([where, from, to]): Contact[] => {
      const [begin, finish] = [Math.max(start, from), Math.min(end, to)]
      return where === cell && finish > begin ? [[cell, begin, finish, finish - begin]] : []
    }),
  )
}

/**
 * People who shared cells with the source for `minOverlap` seconds in all, ascending. Only cells of the source are
 * looked at, so that a day of a city is one pass.
 */
export function contactsOf(
  source: number,
  pings: readonly (readonly [person: number, t: number, cell: string])[],
  minOverlap: number,
  limits: StayLimits,
): number[] {
  const byPerson = new Map<number, Ping[]>()
  for (const [person, t, cell] of pings) {
    const own = byPerson.get(person) ?? []
    own.push([t, cell])
    byPerson.set(person, own)
  }
  const sourceStays = stays(byPerson.get(source) ?? [], limits)
  const cells = new Set(sourceStays.map(([cell]) => cell))
  const found: number[] = []
  for (const [person, own] of byPerson) {
    if (person === source || !own.some(([, cell]) => cells.has(cell))) continue
    const together = overlaps(sourceStays, stays(own, limits)).reduce((sum, [, , , seconds]) => sum + seconds, 0)
    if (together >= minOverlap) found.push(person)
  }
  return found.sort((a, b) => a - b)
}
