/** A refusal of the store process itself, numbered like ClickHouse's own. */
export class StoreError extends Error {
  readonly retry = false
  readonly code: number

  constructor(code: number, message: string) {
    super(`Code: ${code}. DB::Exception: ${message}`)
    this.code = code
  }
}

/** HTTP status by error code, as a ClickHouse server answers. */
const STATUS = new Map<number, number>([
  ...[6, 26, 27, 36, 38, 41, 42, 43, 47, 53, 57, 62, 115, 117, 456].map((code) => [code, 400] as const),
  ...[46, 60, 81].map((code) => [code, 404] as const),
  [159, 408],
  ...[192, 194].map((code) => [code, 403] as const),
  [516, 401],
  ...[202, 241].map((code) => [code, 503] as const),
])

const STD_EXCEPTION = 1002

export interface Refusal {
  readonly code: number
  readonly status: number
  readonly message: string
}

/** Whatever was thrown, in ClickHouse's form: code, status and a message with the engine's version. */
export function refusalOf(thrown: unknown, version: string): Refusal {
  const cause =
    thrown instanceof Error && thrown.cause instanceof Error && CODE.test(thrown.cause.message) ? thrown.cause : thrown
  const text = (cause instanceof Error ? cause.message : String(cause)).replace(/^Query failed: /, '')
  const code = Number(CODE.exec(text)?.[1] ?? STD_EXCEPTION)
  const message = text.includes('(version ') ? text : `${text} (version ${version} (embedded))`
  return { code, status: STATUS.get(code) ?? 500, message }
}

const CODE = /Code: (\d+)/
