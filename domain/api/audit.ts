import { z } from 'zod'

/** Rows after this number. */
export const AuditQuery = z.object({ after: z.coerce.number().int().min(0).default(0) })

/** One act of somebody; `hash` follows from the row and the hash of the row before. Machine time in ms. */
export const AuditRow = z.object({
  n: z.number(),
  at: z.number(),
  actor: z.string(),
  action: z.string(),
  object: z.string(),
  result: z.enum(['ok', 'denied', 'error']),
  detail: z.string().nullable(),
  algorithm: z.string(),
  previous: z.string(),
  hash: z.string(),
})

/** `GET /api/audit?after=`: rows of the chain, oldest first, a thousand at most. */
export const AuditPage = z.object({ rows: z.array(AuditRow) })
export type AuditPage = z.infer<typeof AuditPage>

/** `GET /api/audit/verify`: how many rows were walked, and the first that does not follow from the one before. */
export const AuditVerdict = z.object({ rows: z.number().int(), firstBroken: z.number().int().optional() })
export type AuditVerdict = z.infer<typeof AuditVerdict>
