import type { ActedBy } from '@/domain/access/actedBy'
import { approversNeeded, DECIDERS } from '@/domain/access/authority'
import type { Actor } from '@/domain/api/session'
import type { Task } from '@/domain/task/task'

/**
 * Does the act carry the word of somebody who may decide: his own, or spoken and entered on his behalf? Belfry itself
 * only carries out a default that was decided when it was set.
 */
export function isDecided(actor: Actor, by: ActedBy): boolean {
  if (by.onBehalf !== undefined || actor.kind === 'system') return true
  return actor.kind === 'person' && actor.roles.some((role) => DECIDERS.includes(role))
}

/** Whose word it is: of two approvals by one mouth only one counts. */
const mouth = ({ actor, onBehalf }: ActedBy): string => (onBehalf === undefined ? actor : `post:${onBehalf.post}`)

/** The approvals with one more, unless that mouth has spoken already. */
export function withApproval(approvals: readonly ActedBy[], by: ActedBy): readonly ActedBy[] {
  return approvals.some((one) => mouth(one) === mouth(by)) ? approvals : [...approvals, by]
}

/** How many are missing before the order may leave. */
export const missingApprovals = ({ authority, approvals }: Pick<Task, 'authority' | 'approvals'>): number =>
  Math.max(0, approversNeeded(authority) - approvals.length)
