/** A service that others need: it fails by itself, or when a group of what it needs is wholly down. */
export interface Service {
  /** Minute at which it fails by itself. */
  readonly failAt?: number
  /** All groups must have a member that works. */
  readonly needs?: readonly (readonly string[])[]
  /** Minutes that it goes on after a group is down; unknown counts as none. */
  readonly backupMinutes?: number
}

/**
 * Minute at which each service goes down, null when it stays up: the least fixpoint, so that circles of needs do not
 * keep or fell one another.
 * @throws RangeError for a need that is no service, or negative minutes.
 */
export function infrastructureOutages(services: Readonly<Record<string, Service>>): Record<string, number | null> {
  for (const [name, { needs = [], failAt = 0, backupMinutes = 0 }] of Object.entries(services)) {
    const unknown = needs.flat().filter((need) => services[need] === undefined)
    if (unknown.length > 0) throw new RangeError(`${name} needs what is not there: ${unknown.join(', ')}.`)
    if (!(failAt >= 0 && backupMinutes >= 0)) throw new RangeError(`${name} has negative minutes.`)
  }
  const down = new Map(Object.keys(services).map((name) => [name, Number.POSITIVE_INFINITY]))
  for (let changed = true; changed; ) {
    changed = false
    for (const [name, service] of Object.entries(services)) {
      const at = downAt(service, down)
      if (!(at < down.get(name)!)) continue
      down.set(name, at)
      changed = true
    }
  }
  return Object.fromEntries([...down].map(([name, at]) => [name, at === Number.POSITIVE_INFINITY ? null : at]))
}

function downAt({ failAt, needs = [], backupMinutes = 0 }: Service, down: ReadonlyMap<string, number>): number {
  const starved = needs.map((group) => Math.max(...group.map((need) => down.get(need)!)) + backupMinutes)
  return Math.min(failAt ?? Number.POSITIVE_INFINITY, ...starved)
}
