import { z } from 'zod'
import { defineSql } from '@/platform/postgres/query'

/** Who this Belfry is, among those that may share its Redis. */
export const installationId = defineSql({
  name: 'liveInstallationId',
  row: z.object({ id: z.string() }),
  sql: 'SELECT id FROM installation',
})
