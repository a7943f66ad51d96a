import { z } from 'zod'

/**
 * Life of a ModelRun. `late` was due and nobody took it in time; `fallback` ended by a lesser way than the model itself;
 * `draft` ended and nobody approved it yet.
 */
export const RunState = z.enum([
  'due',
  'late',
  'running',
  'fallback',
  'draft',
  'approved',
  'superseded',
  'failed',
  'cancelled',
])
export type RunState = z.infer<typeof RunState>

const next = {
  due: ['running', 'late', 'fallback', 'failed', 'cancelled'],
  late: ['running', 'fallback', 'failed', 'cancelled'],
  running: ['draft', 'fallback', 'failed', 'cancelled'],
  // The model's own product may still come after a rule took over, and is better.
  fallback: ['draft', 'fallback', 'approved', 'superseded', 'cancelled'],
  draft: ['approved', 'superseded', 'cancelled'],
  approved: ['superseded', 'cancelled'],
  superseded: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<RunState, readonly RunState[]>

/** The table of moves; whatever is not in it is refused. */
export const canMoveRun = (from: RunState, to: RunState): boolean => (next[from] as readonly RunState[]).includes(to)

/** Asked for and not yet ended. */
export const isInFlight = (state: RunState): boolean => state === 'due' || state === 'late' || state === 'running'

/** Has a result that may be shown. */
export const hasProduct = (state: RunState): boolean =>
  state === 'fallback' || state === 'draft' || state === 'approved' || state === 'superseded'
