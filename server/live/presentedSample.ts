import { z } from 'zod'
import { TraceId } from '@/domain/ids'

/** What a screen tells of a message it has drawn; both times in the server's clock, epoch ms. */
export const PresentedSample = z
  .object({ traceId: TraceId, receivedAt: z.number(), presentedAt: z.number() })
  .refine(({ receivedAt, presentedAt }) => Math.abs(presentedAt - receivedAt) < 3_600_000)
