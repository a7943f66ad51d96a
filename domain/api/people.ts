import { z } from 'zod'
import { Role } from './accounts'

/** `GET /api/people`: who may be behind an `ActedBy.actor`; for desks and departments, never for a wall. */
export const PeopleList = z.object({
  people: z.array(
    z.object({ id: z.string(), name: z.string(), roles: z.array(Role), department: z.string().optional() }),
  ),
})
export type PeopleList = z.infer<typeof PeopleList>
