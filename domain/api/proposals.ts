import { z } from 'zod'
import { Uuid } from '../ids'

/** So many units of a kind (what their keys begin with: `pump`, `fire`; all kinds without one) for one Incident. */
export const UnitNeed = z.object({
  incident: Uuid,
  kind: z.string().max(40).optional(),
  count: z.number().int().min(1).max(50).default(1),
})
export type UnitNeed = z.output<typeof UnitNeed>

/** `POST /api/worlds/:world/proposals`: who goes where, so that the sum of travel times is least; orders nothing. */
export const AskProposal = z.object({ needs: z.array(UnitNeed).min(1).max(200) })
export type AskProposal = z.output<typeof AskProposal>

/** Why a unit is not proposed. Seconds are those to the nearest Incident that asked for its kind. */
const RejectedUnit = z.object({
  unit: z.string(),
  name: z.string(),
  why: z.enum(['committed', 'stale', 'noWay', 'farther']),
  seconds: z.number().optional(),
  task: z.string().optional(),
})

/**
 * `by`: over the roads as they are now, with their closures, or as the crow flies at 30 km/h where the World has no
 * roads. `unmet` counts what no free unit can reach.
 */
export const UnitProposal = z.object({
  by: z.enum(['roads', 'straightLine']),
  chosen: z.array(
    z.object({
      incident: Uuid,
      unit: z.string(),
      name: z.string(),
      seconds: z.number(),
      longitude: z.number(),
      latitude: z.number(),
    }),
  ),
  rejected: z.array(RejectedUnit),
  unmet: z.number().int(),
})
export type UnitProposal = z.infer<typeof UnitProposal>
