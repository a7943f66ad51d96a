import { z } from 'zod'
import type { ApiError } from '@/domain/api/errors'
import { AppError, Conflict, Forbidden, InvalidInput, NotFound, Unavailable } from '@/platform/errors'
import { NotSignedIn, TooManyTries } from '../access/refusals'

export interface Failure {
  readonly status: number
  readonly body: ApiError
  /** Seconds until the same request may succeed. */
  readonly retryAfter?: number
}

const STATUS: readonly (readonly [abstract new (...args: never[]) => AppError, number])[] = [
  [InvalidInput, 400],
  [NotSignedIn, 401],
  [Forbidden, 403],
  [NotFound, 404],
  [Conflict, 409],
  [TooManyTries, 429],
  [Unavailable, 503],
]
const RETRY_SECONDS = 2

/** Any thrown thing as the refusal that leaves the house: known errors by their code, the rest as a defect without detail. */
export function failureOf(cause: unknown, traceId: string): Failure {
  if (cause instanceof z.ZodError) {
    const issue = cause.issues[0]
    const where = issue?.path.join('.') ?? ''
    return refusal(400, { code: 'http.badRequest', message: z.prettifyError(cause), args: { where }, traceId })
  }
  if (cause instanceof AppError) return ofAppError(cause, traceId)
  const status = statusOf(cause)
  if (status !== undefined && status < 500) {
    return refusal(status, { code: 'http.badRequest', message: (cause as Error).message, args: {}, traceId })
  }
  return refusal(500, {
    code: 'http.defect',
    message: 'Belfry made a mistake; its log knows the trace.',
    args: {},
    traceId,
  })
}

function ofAppError(error: AppError, traceId: string): Failure {
  const known = STATUS.find(([kind]) => error instanceof kind)?.[1]
  const status = known ?? (error.retry ? 503 : 500)
  if (status === 500) return failureOf(undefined, traceId)
  const args = Object.fromEntries(Object.entries(error.args).filter(([, value]) => value !== undefined))
  const shown = status === 503 ? withoutDetail(args) : args
  const body = { code: error.code, message: error.message, args: shown as ApiError['args'], traceId }
  if (status === 503) return refusal(503, { ...body, message: error.code }, RETRY_SECONDS)
  const wait = error.args['retryAfterSeconds']
  return refusal(status, body, typeof wait === 'number' ? wait : undefined)
}

/** What a store said of itself stays in the log. */
const withoutDetail = (args: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(args).filter(([name]) => name !== 'detail' && name !== 'statement'))

function refusal(status: number, body: ApiError, retryAfter?: number): Failure {
  return { status, body, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

function statusOf(cause: unknown): number | undefined {
  const status = (cause as { statusCode?: unknown } | undefined)?.statusCode
  return cause instanceof Error && typeof status === 'number' && status >= 400 ? status : undefined
}
