import { z } from 'zod'
import type { LevelRule } from './incidentTypes'

/** 1 特别重大, 2 重大, 3 较大, 4 一般: the statutory level, and nothing else. */
export const IncidentLevel = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
export type IncidentLevel = z.infer<typeof IncidentLevel>

/** What a level is read from. People; loss in CNY; magnitude; hours of interruption. */
export const LevelCriterion = z.enum([
  'dead',
  'injured',
  'atRisk',
  'poisoned',
  'evacuated',
  'loss',
  'magnitude',
  'interruptionHours',
  'cases',
  'gathered',
])
export type LevelCriterion = z.infer<typeof LevelCriterion>

export const CriterionValue = z.object({ criterion: LevelCriterion, value: z.number().min(0) }).readonly()
export type CriterionValue = z.infer<typeof CriterionValue>

/** Least value of level 3, 2 and 1; "以上" includes the number. Level 4 begins at one. */
type Lines = readonly [third: number, second: number, first: number]
type Rule = Readonly<Partial<Record<LevelCriterion, Lines>>>

const MILLION = 1_000_000
const accident: Rule = {
  dead: [3, 10, 30],
  injured: [10, 50, 100],
  loss: [10 * MILLION, 50 * MILLION, 100 * MILLION],
  interruptionHours: [6, 24, Number.POSITIVE_INFINITY],
}
/** 险情: people who would have to leave stand beside those who died. */
const geology: Rule = {
  dead: [3, 10, 30],
  atRisk: [100, 500, 1000],
  loss: [MILLION, 5 * MILLION, 10 * MILLION],
}
const rules: Readonly<Record<LevelRule, Rule>> = {
  accident,
  geology,
  quake: { dead: [10, 50, 300], magnitude: [5, 6, 7] },
  environment: {
    dead: [3, 10, 30],
    poisoned: [10, 50, 100],
    evacuated: [5000, 10_000, 50_000],
    loss: [5 * MILLION, 20 * MILLION, 100 * MILLION],
  },
  health: { dead: [1, 10, Number.POSITIVE_INFINITY], cases: [10, 30, 100], poisoned: [100, 300, 1000] },
  crowd: { gathered: [100, 1000, 5000] },
  // A city decides these; until it has, the lines of accidents and of endangered people hold.
  city: { ...accident, atRisk: [100, 500, 1000] },
}

/** Criteria that a rule knows, in the order in which a form asks for them. */
export const criteriaOf = (rule: LevelRule): readonly LevelCriterion[] => Object.keys(rules[rule]) as LevelCriterion[]

export interface LevelFound {
  readonly level: IncidentLevel
  readonly criterion: LevelCriterion
  readonly value: number
  /** The band of the criterion, `from` included, `below` not; infinite where it is open. */
  readonly from: number
  readonly below: number
}

/** The level by any one criterion that suffices; the gravest stands. Undefined where nothing was told. */
export function levelBy(rule: LevelRule, values: readonly CriterionValue[]): LevelFound | undefined {
  let found: LevelFound | undefined
  for (const { criterion, value } of values) {
    const lines = rules[rule][criterion]
    if (lines === undefined) continue
    const bands = [0, ...lines, Number.POSITIVE_INFINITY]
    const band = lines.filter((line) => value >= line).length
    const level = (4 - band) as IncidentLevel
    if (found === undefined || level < found.level) {
      found = { level, criterion, value, from: bands[band] ?? 0, below: bands[band + 1] ?? Number.POSITIVE_INFINITY }
    }
  }
  return found
}
