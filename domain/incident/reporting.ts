import { z } from 'zod'
import { epochMillis, EpochMillis, hours, minutes } from '../time'
import type { Millis } from '../time'
import type { IncidentLevel } from './incidentLevel'
import type { ReportRule } from './incidentTypes'

/** 首报, 续报, 终报. */
export const SubmissionKind = z.enum(['first', 'continued', 'final'])
export type SubmissionKind = z.infer<typeof SubmissionKind>

/** One duty to report, by telephone or in writing; `doneAt` once it was done. Times in the World's clock. */
export const ReportClock = z
  .object({
    kind: SubmissionKind,
    by: z.enum(['phone', 'written']),
    dueAt: EpochMillis,
    doneAt: EpochMillis.optional(),
  })
  .readonly()
export type ReportClock = z.infer<typeof ReportClock>

interface Allowed {
  readonly phone: Millis
  readonly written: Millis
}

/** City default; a graver level leaves less time. Rules of a trade stand beside it, and the shorter one holds. */
const byLevel: Readonly<Record<IncidentLevel, Allowed>> = {
  1: { phone: minutes(15), written: minutes(30) },
  2: { phone: minutes(15), written: minutes(30) },
  3: { phone: minutes(30), written: minutes(60) },
  4: { phone: minutes(30), written: minutes(60) },
}
const writtenByRule: Readonly<Record<ReportRule, Millis>> = {
  general: minutes(60),
  workSafety: minutes(60),
  health: hours(2),
  environment: hours(2),
}
/** 终报 after the response ended. */
const FINAL_WITHIN = hours(24)

export interface ClockNeeds {
  readonly rule: ReportRule
  /** Without a level the clocks of a grave one do not run yet. */
  readonly level: IncidentLevel | undefined
  readonly reportedAt: EpochMillis
}

/** Both clocks of the 首报. */
export function firstReportClocks({ rule, level, reportedAt }: ClockNeeds): ReportClock[] {
  const allowed = byLevel[level ?? 4]
  const written = Math.min(allowed.written, writtenByRule[rule])
  return [
    { kind: 'first', by: 'phone', dueAt: epochMillis(reportedAt + allowed.phone) },
    { kind: 'first', by: 'written', dueAt: epochMillis(reportedAt + written) },
  ]
}

/** The clocks after a change of level: what is open may come nearer, what was done stays done. */
export function tightened(clocks: readonly ReportClock[], needs: ClockNeeds): ReportClock[] {
  const wanted = firstReportClocks(needs)
  return clocks.map((clock) => {
    const next = wanted.find(({ kind, by }) => kind === clock.kind && by === clock.by)
    if (next === undefined || clock.doneAt !== undefined || next.dueAt >= clock.dueAt) return clock
    return { ...clock, dueAt: next.dueAt }
  })
}

export const finalReportClock = (endedAt: EpochMillis): ReportClock => ({
  kind: 'final',
  by: 'written',
  dueAt: epochMillis(endedAt + FINAL_WITHIN),
})

/** A change of dead, missing or level asks for a 续报 at once. */
export const continuedReportClock = (changedAt: EpochMillis): ReportClock => ({
  kind: 'continued',
  by: 'written',
  dueAt: epochMillis(changedAt + minutes(30)),
})

/** Marks the earliest open clock of that kind as done; the same list where there is none. */
export function withReportDone(
  clocks: readonly ReportClock[],
  done: { readonly kind: SubmissionKind; readonly by: 'phone' | 'written'; readonly at: EpochMillis },
): readonly ReportClock[] {
  const open = clocks
    .filter(({ kind, by, doneAt }) => kind === done.kind && by === done.by && doneAt === undefined)
    .sort((a, b) => a.dueAt - b.dueAt)[0]
  return open === undefined ? clocks : clocks.map((clock) => (clock === open ? { ...clock, doneAt: done.at } : clock))
}
