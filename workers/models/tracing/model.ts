import { collide, contactsOf, stays } from './contacts'
import { accompany } from './companions'
import { kAnonymity, pseudonym } from './privacy'

/**
 * Who shared a cell and a time with whom. Off until the legal basis and the impact assessment are recorded
 * (docs/models/tracing.md).
 */
export const tracing = { stays, collide, contactsOf, accompany, kAnonymity, pseudonym } as const
