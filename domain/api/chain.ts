import { z } from 'zod'
import { Names } from '../ids'
import { EpochMillis } from '../time'

/**
 * `GET /api/worlds/:world/incidents/:incident/chain`: what may come next, the likely first. A model product: 内部研判.
 * `likely` is within the horizon; `at` the mean moment if it comes; the parts rest on priors of experts.
 */
export const ChainView = z.object({
  root: z.string().nullable(),
  horizonMinutes: z.number(),
  basis: z.literal('expert'),
  events: z.array(
    z.object({
      key: z.string(),
      name: Names,
      likely: z.number().min(0).max(1),
      at: EpochMillis,
      /** What would confirm or kill it, and the code of the department that should look. */
      confirmedBy: Names,
      looks: z.string(),
      /** Open Incidents of that kind: it has come. */
      incidents: z.array(z.number().int()),
    }),
  ),
  edges: z.array(z.object({ from: z.string(), to: z.string(), likely: z.number(), lagMinutes: z.number() })),
})
export type ChainView = z.infer<typeof ChainView>
