import { type Result, err, ok } from '../result'
import { FeedMapping } from './mapping'

/** One thing to correct: where it stands in the document, and what to do. */
export interface MappingProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Reads a mapping document that was parsed from YAML or JSON. */
export function parseMapping(document: unknown): Result<FeedMapping, readonly MappingProblem[]> {
  const parsed = FeedMapping.safeParse(document)
  if (parsed.success) return ok(parsed.data)
  return err(
    parsed.error.issues.map((issue) => ({
      path: issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
      message: issue.message,
    })),
  )
}
