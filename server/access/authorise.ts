import type { Actor } from '@/domain/api/session'
import type { Channel } from '@/domain/fold/delta'

/** Who somebody is, as far as rights go. `anyone` is also somebody without a session. */
type Who = 'anyone' | 'viewer' | 'operator' | 'administrator' | 'screen' | 'feed' | 'system'

const EVERY_READER = ['viewer', 'operator', 'administrator', 'screen', 'system'] as const
const DESK = ['operator', 'administrator', 'system'] as const

/** May who do what: the only place that says so. Rooms ask by action, never by role. */
const rights = {
  'health.read': ['anyone'],
  'interface.read': ['anyone'],
  'session.read': ['anyone'],
  'session.open': ['anyone'],
  'session.close': ['anyone'],
  'password.change': ['viewer', 'operator', 'administrator'],
  'screens.ask': ['anyone'],
  'screens.confirm': ['administrator'],
  'screens.read': ['administrator'],
  'screens.revoke': ['administrator'],
  'metrics.read': ['administrator', 'system'],
  'picture.read': EVERY_READER,
  'history.read': EVERY_READER,
  'roads.read': EVERY_READER,
  'quarantine.read': DESK,
  'alarms.acknowledge': DESK,
  'alarms.shelve': DESK,
  'alarms.clear': DESK,
  'accounts.read': ['administrator'],
  'accounts.create': ['administrator'],
  'accounts.disable': ['administrator'],
  'accounts.reset': ['administrator'],
  'feeds.rotateKey': ['administrator'],
  'worlds.setCity': ['administrator'],
  'records.push': ['feed'],
} as const satisfies Record<string, readonly Who[]>

export type Action = keyof typeof rights
export const ACTIONS = Object.keys(rights) as readonly Action[]

/** Grade of each channel of the picture: who may join its room. */
const channelReaders: Record<Channel, readonly Who[]> = {
  readings: EVERY_READER,
  movers: EVERY_READER,
  reports: EVERY_READER,
  alarms: EVERY_READER,
  feeds: EVERY_READER,
}

export interface Scope {
  /** Key of the World, where the action has one. */
  readonly world?: string
  readonly channel?: Channel
}

/** May the actor (null: nobody is signed in) do that? */
export function authorise(actor: Actor | null, action: Action, scope: Scope = {}): boolean {
  const is = capacities(actor)
  if (!overlaps(rights[action], is)) return false
  return scope.channel === undefined || overlaps(channelReaders[scope.channel], is)
}

function capacities(actor: Actor | null): readonly Who[] {
  if (actor === null) return ['anyone']
  return actor.kind === 'person' ? ['anyone', ...actor.roles] : ['anyone', actor.kind]
}

const overlaps = (allowed: readonly Who[], is: readonly Who[]): boolean => is.some((who) => allowed.includes(who))
