import type { Datastream } from '@/domain/catalogue'
import { type ReadingColumns, RowState } from '@/domain/fold/columns'
import type { EpochMillis } from '@/domain/time'

/** A Datastream that should have spoken: its last phenomenon time, and when it became overdue. World time. */
export interface Overdue {
  readonly stream: Datastream
  readonly last: number
  readonly since: number
}

/**
 * Datastreams that fell silent and are not yet known as silent. One that was never heard is not silent: it has nothing
 * to be late with. Masked and uncovered ones are not expected to speak.
 */
export function overdueStreams(
  streams: readonly (Datastream | undefined)[],
  rows: ReadingColumns,
  now: EpochMillis,
): Overdue[] {
  const overdue: Overdue[] = []
  for (const stream of streams) {
    if (stream === undefined || !stream.covered || stream.masked) continue
    const { no } = stream
    if (no >= rows.length || rows.state[no] !== RowState.fresh) continue
    const last = rows.phenomenonTime[no] as number
    const since = last + stream.staleAfterSeconds * 1000
    if (since < now) overdue.push({ stream, last, since })
  }
  return overdue
}
