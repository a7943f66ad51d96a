import { z } from 'zod'

/** One part of Belfry as the server sees it. `since` is machine time: the moment it came into that state. */
export const HealthPart = z.object({
  name: z.string(),
  state: z.enum(['up', 'down', 'strained']),
  since: z.number(),
  figures: z.record(z.string(), z.number()).optional(),
})
export type HealthPart = z.infer<typeof HealthPart>

/** `GET /health`. Ready: the server can take records and serve screens, even while a store is away. */
export const HealthView = z.object({
  state: z.enum(['starting', 'ready', 'notReady', 'stopping']),
  since: z.number(),
  serverId: z.string(),
  roles: z.array(z.string()),
  parts: z.array(HealthPart),
})
export type HealthView = z.infer<typeof HealthView>
