import type { Ring } from '@/domain/geometry/polygon'

/** What happened at `t` seconds; other fields by name. */
export interface RuleEvent {
  readonly t: number
  readonly [field: string]: unknown
  /** Watermark at which it arrived when that was behind its window; seconds. */
  readonly arrivedAt?: number
}

export type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!='

/** Fields that an event must have. */
export type FieldMatch = Readonly<Record<string, unknown>>

/** A comparison of one field with a value, of events that match. */
export interface Condition {
  readonly op: Comparison
  readonly value: number
  /** Field with the number; `v` without it. */
  readonly field?: string
  /** What else the event must be, such as its feed. */
  readonly where?: FieldMatch
}

export interface ThresholdRule extends Condition {
  readonly type: 'threshold'
  /** How far the value must go back before the rule can open again. */
  readonly hysteresis?: number
  readonly dedupeSeconds?: number
}

export interface DedupeRule {
  readonly type: 'dedupe'
  readonly dedupeSeconds: number
}

export interface SustainedRule extends Condition {
  readonly type: 'sustained'
  readonly forSeconds: number
  /** A longer gap between two events breaks the run. */
  readonly maxGapSeconds: number
}

/** Change against the newest event at or before `t - windowSeconds`, else the oldest in the window. */
export interface ChangeRule extends Condition {
  readonly type: 'rate' | 'delta'
  readonly windowSeconds: number
  /** A rate is per this many seconds. */
  readonly perSeconds?: number
}

export type EventWindow =
  | { readonly kind: 'tumbling' | 'sliding'; readonly sizeSeconds: number }
  | { readonly kind: 'session'; readonly gapSeconds: number }

export interface WindowRule {
  readonly type: 'count' | 'count_distinct' | 'agg'
  readonly window: EventWindow
  /** Field that groups. */
  readonly group: string
  readonly op: Comparison
  readonly value: number
  /** Field counted distinct or aggregated. */
  readonly field?: string
  readonly fn?: 'sum' | 'avg' | 'max' | 'min' | 'p95' | 'stddev'
  readonly where?: FieldMatch
  readonly condition?: Condition
  readonly allowedLatenessSeconds?: number
  readonly emitEmpty?: boolean
}

export interface AbsenceRule {
  readonly type: 'absence'
  readonly expectEverySeconds: number
  readonly graceSeconds: number
  /** Periods that may pass. */
  readonly missing: number
}

export type Step = { readonly match: FieldMatch } | { readonly not: FieldMatch } | { readonly timerSeconds: number }

export interface SequenceRule {
  readonly type: 'sequence'
  readonly steps: readonly Step[]
  readonly withinSeconds?: number
  readonly group: string
}

export interface CombinationRule {
  readonly type: 'and' | 'or'
  readonly of: readonly Condition[]
  readonly withinSeconds: number
  readonly group: string
}

export interface PlaceRule {
  readonly type: 'spatial_join'
  readonly polygon: Ring
  readonly holes?: readonly Ring[]
  readonly pointField: string
  readonly boundary: 'inside' | 'outside'
  /** Nearer than this also counts, in the unit of the polygon. */
  readonly distance?: number
}

export type Rule =
  | ThresholdRule
  | DedupeRule
  | SustainedRule
  | ChangeRule
  | WindowRule
  | AbsenceRule
  | SequenceRule
  | CombinationRule
  | PlaceRule

/** Until when timers run, and whom to expect although nothing came yet. */
export interface Horizon {
  /** Seconds; the last event without it. */
  readonly until?: number
  /** Keys that are expected from second 0. */
  readonly registered?: readonly string[]
}

/** An incident of one group begins or ends. */
export interface Turn {
  readonly t: number
  readonly group: string
  /** Count or aggregate of the window. */
  readonly value?: number
}

export interface Evaluation {
  readonly open: readonly Turn[]
  readonly close: readonly Turn[]
  /** Change at each event of a rate or delta rule; null before there is a base. */
  readonly changes?: readonly (number | null)[]
  /** Events that came after the allowed lateness. */
  readonly droppedLate?: readonly RuleEvent[]
  /** Openings merged into the one before. */
  readonly merged?: readonly Turn[]
  /** Events of a place rule that are in the place. */
  readonly inside?: readonly RuleEvent[]
}

/** Text of a field, empty when the event lacks it. */
export function textOf(event: RuleEvent, field: string): string {
  const value = event[field]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Number of a field; NaN when there is none. */
export function numberOf(event: RuleEvent, field = 'v'): number {
  const value = event[field]
  return typeof value === 'number' ? value : Number.NaN
}

export const matches = (event: RuleEvent, where: FieldMatch = {}): boolean =>
  Object.entries(where).every(([field, value]) => event[field] === value)

export const meets = (event: RuleEvent, { op, value, field, where }: Condition): boolean =>
  matches(event, where) && compares(numberOf(event, field), op, value)

export function compares(left: number, op: Comparison, right: number): boolean {
  switch (op) {
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '==':
      return left === right
    case '!=':
      return !Number.isNaN(left) && left !== right
  }
}

/** Nine significant digits: what every machine computes alike. */
export const rounded = (value: number): number => Number(value.toPrecision(9))
