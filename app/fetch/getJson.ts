import type { z } from 'zod'
import { ApiError } from '@/domain/api/errors'

/** The server refused or did not answer. `code` is for a sentence on the screen, `status` 0 means no answer. */
export class Refused extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, status: number) {
    super(`${status} ${code}`)
    this.code = code
    this.status = status
  }
}

interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** Asks `/api` and reads the answer by its schema. Throws Refused. */
export async function getJson<Schema extends z.ZodType>(
  schema: Schema,
  url: string,
  ask: Ask = {},
): Promise<z.output<Schema>> {
  const response = await send(url, ask)
  const parsed = schema.safeParse(await response.json().catch(() => undefined))
  if (!parsed.success) throw new Refused('answer.unreadable', response.status)
  return parsed.data
}

/** Asks `/api` where the answer's body does not matter. Throws Refused. */
export async function send(url: string, { method = 'GET', body, signal }: Ask = {}): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin', ...(signal === undefined ? {} : { signal }) }
  if (body !== undefined)
    Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  const response = await fetch(url, init).catch(() => undefined)
  if (response === undefined) throw new Refused('server.unreachable', 0)
  if (response.ok) return response
  const refusal = ApiError.safeParse(await response.json().catch(() => undefined))
  throw new Refused(refusal.success ? refusal.data.code : 'server.error', response.status)
}
