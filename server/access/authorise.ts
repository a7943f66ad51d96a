import type { Role } from '@/domain/api/accounts'
import type { Actor } from '@/domain/api/session'
import type { Channel } from '@/domain/fold/delta'

/** Who somebody is, as far as rights go. `anyone` is also somebody without a session. */
type Who = 'anyone' | Role | 'screen' | 'feed' | 'system'

const DESK = ['operator', 'chief', 'administrator', 'system'] as const
const COMMAND = [...DESK, 'commander'] as const
const EVERY_READER = ['viewer', 'department', ...COMMAND, 'screen'] as const
const EVERY_PERSON = [
  'viewer',
  'department',
  'operator',
  'chief',
  'commander',
  'administrator',
  'security',
  'auditor',
] as const

/** May who do what: the only place that says so. Rooms ask by action, never by role. */
const rights = {
  'health.read': ['anyone'],
  'interface.read': ['anyone'],
  'session.read': ['anyone'],
  'session.open': ['anyone'],
  'session.close': ['anyone'],
  'password.change': EVERY_PERSON,
  'screens.ask': ['anyone'],
  'screens.confirm': ['administrator'],
  'screens.read': ['administrator'],
  'screens.revoke': ['administrator'],
  'metrics.read': ['administrator', 'system'],
  'picture.read': EVERY_READER,
  'history.read': EVERY_READER,
  'roads.read': EVERY_READER,
  'roads.close': COMMAND,
  'quarantine.read': DESK,
  'alarms.acknowledge': DESK,
  'alarms.shelve': DESK,
  'alarms.clear': DESK,
  'calls.record': DESK,
  'calls.read': DESK,
  'incidents.read': ['viewer', 'department', ...COMMAND],
  'incidents.open': DESK,
  'incidents.edit': DESK,
  'incidents.move': COMMAND,
  'incidents.write': ['department', ...COMMAND],
  'decisions.ask': DESK,
  'decisions.answer': COMMAND,
  'tasks.order': DESK,
  'shifts.hand': DESK,
  'tasks.sign': COMMAND,
  'tasks.move': ['department', ...COMMAND],
  'plans.read': ['viewer', 'department', ...COMMAND],
  'plans.decide': COMMAND,
  'people.read': ['department', ...COMMAND],
  'audit.read': ['auditor', 'administrator'],
  'accounts.read': ['administrator', 'security'],
  'accounts.create': ['administrator', 'security'],
  'accounts.disable': ['administrator', 'security'],
  'accounts.reset': ['administrator', 'security'],
  'feeds.rotateKey': ['administrator'],
  'feeds.read': ['viewer', 'department', ...COMMAND],
  'feeds.register': ['administrator'],
  'feeds.setStanding': ['chief', 'administrator'],
  'contracts.sign': ['chief', 'administrator'],
  'quarantine.mend': DESK,
  'records.enter': DESK,
  'worlds.setCity': ['administrator'],
  'forecasts.read': EVERY_READER,
  'forecasts.act': DESK,
  'walls.read': EVERY_READER,
  'walls.steer': DESK,
  'walls.layOut': ['administrator'],
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
  incidents: EVERY_READER,
  tasks: EVERY_READER,
  activations: EVERY_READER,
  decisions: EVERY_READER,
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
