import { z } from 'zod'

/** What is wrong with a stream, told from what came. `behind` is a delay or a slow clock: from outside they look alike. */
export const FINDING_KINDS = [
  'outage',
  'behind',
  'ahead',
  'disagrees',
  'jumps',
  'duplicates',
  'disorder',
  'newReason',
] as const
export const FindingKind = z.enum(FINDING_KINDS)
export type FindingKind = z.infer<typeof FindingKind>

/** `subject` is the stream's key, or the refusal's reason; `amount` is seconds, a share, or units of the property. */
export const Finding = z.object({ kind: FindingKind, subject: z.string(), amount: z.number() }).readonly()
export type Finding = z.infer<typeof Finding>

export const QUALITY_ASPECTS = [
  'completeness',
  'timeliness',
  'validity',
  'uniqueness',
  'order',
  'clock',
  'schema',
  'agreement',
] as const
export type QualityAspect = (typeof QUALITY_ASPECTS)[number]

/** Each aspect from 0 to 1; one that could not be judged is left out. */
export type QualityAspects = Readonly<Partial<Record<QualityAspect, number>>>

export const Grade = z.enum(['A', 'B', 'C', 'D'])
export type Grade = z.infer<typeof Grade>

const WEIGHTS: Readonly<Record<QualityAspect, number>> = {
  completeness: 3,
  timeliness: 2,
  validity: 2,
  uniqueness: 0.5,
  order: 0.5,
  clock: 1,
  schema: 0.5,
  agreement: 1,
}
/** Least score of a grade, and the least that its worst aspect may have: one bad thing is not averaged away. */
const BANDS: readonly (readonly [Grade, number, number])[] = [
  ['A', 0.95, 0.85],
  ['B', 0.85, 0.6],
  ['C', 0.7, 0.3],
]

/** Weighted mean of the aspects that were judged, 0 to 1, and its grade. A feed of which nothing came is a D. */
export function gradeOf(aspects: QualityAspects): { score: number; grade: Grade } {
  const judged = QUALITY_ASPECTS.flatMap((name) => {
    const value = aspects[name]
    return value === undefined ? [] : [{ value, weight: WEIGHTS[name] }]
  })
  const weight = judged.reduce((sum, one) => sum + one.weight, 0)
  if (weight === 0) return { score: 0, grade: 'D' }
  const score = judged.reduce((sum, one) => sum + one.value * one.weight, 0) / weight
  const worst = Math.min(...judged.map(({ value }) => value))
  const grade = BANDS.find(([, least, leastWorst]) => score >= least && worst >= leastWorst)?.[0] ?? 'D'
  return { score, grade }
}
