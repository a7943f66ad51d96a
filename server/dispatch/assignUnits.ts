import { dispatch } from '@/workers/models/dispatch/model'

/** Costs more than any way: what stays unmet is told, and never hides what can be met. */
const UNMET = 1e9

/**
 * The unit of each slot, so that the sum of seconds is least; undefined where no unit can come. `seconds[slot][unit]` is
 * null where there is no way or the unit is of another kind.
 */
export function assignUnits(seconds: readonly (readonly (number | null)[])[]): (number | undefined)[] {
  const units = seconds[0]?.length ?? 0
  // One more column for each slot, so that a slot without a unit is no defect of the whole.
  const cost = seconds.map((row, slot) => [...row, ...seconds.map((_, other) => (other === slot ? UNMET : null))])
  const solved = dispatch.assign(cost)
  if (!solved.ok) return seconds.map(() => undefined)
  const chosen: (number | undefined)[] = seconds.map(() => undefined)
  for (const [slot, unit] of solved.value.pairs) if (unit < units) chosen[slot] = unit
  return chosen
}
