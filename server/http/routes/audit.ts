import { AuditPage, AuditQuery, AuditVerdict } from '@/domain/api/audit'
import { readAudit, verifyAudit } from '@/server/access/audit'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'

const PAGE = 1000

/** The chain of acts: for the administrator of the audit. Nothing changes or deletes a row. */
export function auditRoutes({ postgres }: HttpParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/audit',
      action: 'audit.read',
      summary: 'Rows of the audit, oldest first, each bound to the one before it.',
      query: AuditQuery,
      answer: AuditPage,
      handle: async ({ query }) => ({ rows: await readAudit(postgres, query.after, PAGE) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/audit/verify',
      action: 'audit.read',
      summary: 'Walk the whole chain: how many rows, and the first that was changed.',
      answer: AuditVerdict,
      handle: () => verifyAudit(postgres),
    }),
  ]
}
