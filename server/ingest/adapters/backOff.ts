const LONGEST_MS = 300_000

/** Wait before try `failures` + 1, ms: doubled each time up to five minutes, spread by a tenth so that nobody marches in step. */
export function backOffMs(failures: number, baseMs: number, chance: number): number {
  const wait = Math.min(Math.max(LONGEST_MS, baseMs), baseMs * 2 ** Math.min(failures, 20))
  return wait * (0.95 + chance * 0.1)
}

/** What `Retry-After` asks for, ms from `now`: seconds or a date; nothing when it says neither. At most an hour. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isFinite(wait) ? Math.min(3_600_000, Math.max(0, wait)) : undefined
}
