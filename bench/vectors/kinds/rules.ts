import { z } from 'zod'
import { evaluateRule } from '@/workers/models/rules/model'
import type { Condition, Evaluation, Rule, RuleEvent, Turn } from '@/workers/models/rules/rule'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const Point = z.tuple([z.number(), z.number()])
const Op = z.enum(['>', '>=', '<', '<=', '==', '!='])
const Match = z.record(z.string(), z.unknown())
const comparison = { op: Op, value: z.number(), field: z.string().optional() }
const Window = z
  .object({
    kind: z.enum(['tumbling', 'sliding', 'session']),
    size_s: z.number().optional(),
    gap_s: z.number().optional(),
  })
  .transform(({ kind: name, size_s, gap_s }) =>
    name === 'session'
      ? { kind: name, gapSeconds: gap_s ?? size_s ?? Number.NaN }
      : { kind: name, sizeSeconds: size_s ?? Number.NaN },
  )
const Step = z.union([
  z.strictObject({ not: Match }),
  z.strictObject({ timer_s: z.number() }).transform(({ timer_s }) => ({ timerSeconds: timer_s })),
  Match.transform((match) => ({ match })),
])
const SubRule = z
  .object({ op: Op, value: z.number(), field: z.string().optional() })
  .catchall(z.unknown())
  .transform(({ op, value, field, ...where }): Condition => ({ op, value, where, ...defined({ field }) }))

const RuleText = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('threshold'),
    ...comparison,
    hysteresis: z.number().optional(),
    dedupe_s: z.number().optional(),
  }),
  z.object({ type: z.literal('dedupe'), dedupe_s: z.number() }),
  z.object({
    type: z.literal('sustained'),
    ...comparison,
    for_s: z.number(),
    max_gap_s: z.number().default(Number.MAX_VALUE),
  }),
  z.object({ type: z.literal('rate'), ...comparison, per_s: z.number(), window_s: z.number() }),
  z.object({ type: z.literal('delta'), ...comparison, over_s: z.number() }),
  z.object({
    type: z.enum(['count', 'count_distinct', 'agg']),
    window: Window,
    group: z.string().default('key'),
    op: Op.default('>='),
    value: z.number(),
    field: z.string().optional(),
    distinct: z.string().optional(),
    fn: z.enum(['sum', 'avg', 'max', 'min', 'p95', 'stddev']).optional(),
    allowed_lateness_s: z.number().optional(),
    emit_empty: z.boolean().optional(),
  }),
  z.object({
    type: z.literal('absence'),
    expect_every_s: z.number(),
    grace_s: z.number().default(0),
    missing: z.number().default(1),
    registered: z.array(z.string()).optional(),
    keys: z.array(z.string()).optional(),
  }),
  z.object({ type: z.literal('sequence'), steps: z.array(Step), within_s: z.number().optional(), group: z.string() }),
  z.object({ type: z.enum(['and', 'or']), of: z.array(SubRule), within_s: z.number().default(0), group: z.string() }),
  z.object({
    type: z.literal('spatial_join'),
    polygon: z.array(Point),
    holes: z.array(z.array(Point)).optional(),
    hole: z.array(Point).optional(),
    point_field: z.string(),
    boundary: z.enum(['inside', 'outside']).default('inside'),
    distance: z.number().optional(),
  }),
])
const Event = z
  .object({ t: z.number(), arrive_after_watermark: z.number().optional() })
  .catchall(z.unknown())
  .transform(
    ({ arrive_after_watermark, ...event }): RuleEvent => ({
      ...event,
      ...defined({ arrivedAt: arrive_after_watermark }),
    }),
  )
const ruleCase = z.object({
  rule: RuleText,
  events: z.array(Event),
  registered: z.array(z.string()).optional(),
  keys: z.array(z.string()).optional(),
  until: z.number().optional(),
  now: z.number().optional(),
  watermark: z.number().optional(),
})

export const ruleKinds: Kinds = {
  rule_case: kind(ruleCase, ({ rule, events, registered, keys, until, now, watermark }) => {
    const named = rule.type === 'absence' ? (rule.registered ?? rule.keys) : undefined
    const horizon = defined({ registered: registered ?? keys ?? named, until: until ?? now ?? watermark })
    return told(rule.type, evaluateRule(ruleOf(rule), events, horizon))
  }),
}

type Text<Type extends string> = Extract<z.infer<typeof RuleText>, { type: Type }>

function ruleOf(text: z.infer<typeof RuleText>): Rule {
  if ('window' in text) return windowRuleOf(text)
  if ('op' in text) return conditionRuleOf(text)
  switch (text.type) {
    case 'dedupe':
      return { type: text.type, dedupeSeconds: text.dedupe_s }
    case 'absence': {
      const { type, expect_every_s, grace_s, missing } = text
      return { type, expectEverySeconds: expect_every_s, graceSeconds: grace_s, missing }
    }
    case 'sequence':
      return { type: text.type, steps: text.steps, group: text.group, ...defined({ withinSeconds: text.within_s }) }
    case 'spatial_join': {
      const { polygon, boundary, point_field, holes, hole, distance } = text
      const all = holes ?? (hole === undefined ? [] : [hole])
      return { type: text.type, polygon, boundary, pointField: point_field, holes: all, ...defined({ distance }) }
    }
    default:
      return { type: text.type, of: text.of, withinSeconds: text.within_s, group: text.group }
  }
}

function conditionRuleOf(text: Text<'threshold' | 'sustained' | 'rate' | 'delta'>): Rule {
  const { op, value } = text
  const condition = { op, value, ...defined({ field: text.field }) }
  switch (text.type) {
    case 'threshold':
      return {
        type: text.type,
        ...condition,
        ...defined({ dedupeSeconds: text.dedupe_s, hysteresis: text.hysteresis }),
      }
    case 'sustained':
      return { type: text.type, ...condition, forSeconds: text.for_s, maxGapSeconds: text.max_gap_s }
    case 'rate':
      return { type: text.type, ...condition, perSeconds: text.per_s, windowSeconds: text.window_s }
    case 'delta':
      return { type: text.type, ...condition, windowSeconds: text.over_s }
  }
}

function windowRuleOf(text: Text<'count' | 'count_distinct' | 'agg'>): Rule {
  const { allowed_lateness_s, emit_empty, field, distinct, fn, ...rest } = text
  const more = { allowedLatenessSeconds: allowed_lateness_s, emitEmpty: emit_empty, field: field ?? distinct, fn }
  return { ...rest, ...defined(more) }
}

/** The forms in which the cases write what opens and closes. */
function told(
  type: Rule['type'],
  { open, close, changes, droppedLate = [], merged = [], inside = [] }: Evaluation,
): unknown {
  const form = FORMS[type] ?? (({ t }: Turn): unknown => t)
  return {
    open: open.map(form),
    close: close.map(form),
    rates_per_h: changes,
    rates: changes,
    deltas: changes,
    dropped_late: droppedLate.map(({ t }) => t),
    merged: merged.map(form),
    inside: inside.map((event) => event['id']),
  }
}

const counted = ({ t, group, value }: Turn): unknown => [t, group, value]
const grouped = ({ t, group }: Turn): unknown => [t, group]
const FORMS: Partial<Record<Rule['type'], (turn: Turn) => unknown>> = {
  count: counted,
  count_distinct: counted,
  agg: counted,
  absence: ({ t, group }) => [group, t],
  sequence: grouped,
  and: grouped,
  or: grouped,
}

/** Without the fields that are not there: absent and undefined are not the same to a rule. */
function defined<Fields extends Record<string, unknown>>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>
  }
}
