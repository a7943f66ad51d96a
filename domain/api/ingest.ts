import { z } from 'zod'
import { Key } from '../ids'

/**
 * One Observation as a producer pushes it when its feed declares no mapping (SensorThings names). `phenomenonTime` is
 * ISO 8601 with a zone, or epoch milliseconds. `result` is in the unit of the Datastream's property.
 */
export const ObservationRecord = z.object({
  datastream: Key,
  phenomenonTime: z.union([z.string().max(40), z.number()]),
  result: z.number(),
  resultTime: z.union([z.string().max(40), z.number()]).optional(),
  resultQuality: z.enum(['good', 'suspect', 'estimated', 'manual']).optional(),
})
export type ObservationRecord = z.infer<typeof ObservationRecord>

/** One refused record: `line` counts from 1 in the body as it was sent. */
export const RefusedLine = z.object({ line: z.number().int().positive(), reason: z.string(), message: z.string() })
export type RefusedLine = z.infer<typeof RefusedLine>

/** Answer to a push: everything `accepted` is durable. At most 100 refused lines are listed; `rejected` counts them all. */
export const IngestReceipt = z.object({
  traceId: z.string(),
  received: z.number().int(),
  accepted: z.number().int(),
  duplicates: z.number().int(),
  corrections: z.number().int(),
  late: z.number().int(),
  rejected: z.number().int(),
  refused: z.array(RefusedLine),
})
export type IngestReceipt = z.infer<typeof IngestReceipt>
