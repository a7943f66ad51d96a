import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateRule } from './model'
import type { Evaluation, Rule, RuleEvent } from './rule'

const series = (values: readonly number[], key = 'a'): RuleEvent[] => values.map((v, i) => ({ t: 60 * i, key, v }))
const times = (turns: Evaluation['open']): number[] => turns.map(({ t }) => t)
const above: Rule = { type: 'threshold', op: '>', value: 10, hysteresis: 2 }

describe('thresholds', () => {
  test('open once on the crossing and again only after the value went back', () => {
    const { open, close } = evaluateRule(above, series([9, 11, 9, 11, 7, 12]))
    expect(times(open)).toEqual([60, 300])
    expect(times(close)).toEqual([240])
  })

  test('a missing value neither opens nor closes; keys do not disturb each other', () => {
    expect(times(evaluateRule(above, series([11, Number.NaN, 11])).open)).toEqual([0])
    const two = [...series([11, 11, 11]), ...series([1, 11, 1], 'b')]
    expect(evaluateRule(above, two).open).toEqual([
      { t: 0, group: 'a' },
      { t: 60, group: 'b' },
    ])
    expect(evaluateRule(above, [])).toEqual({ open: [], close: [] })
  })

  test('openings near each other are one incident', () => {
    const { open, merged } = evaluateRule({ type: 'dedupe', dedupeSeconds: 100 }, series([1, 1, 1, 1]))
    expect(times(open)).toEqual([0, 120])
    expect(times(merged!)).toEqual([60, 180])
  })
})

describe('sustained', () => {
  const rule: Rule = { type: 'sustained', op: '>', value: 10, forSeconds: 120, maxGapSeconds: 90 }

  test('fires after the whole span, not over a gap, not with an interruption', () => {
    expect(times(evaluateRule(rule, series([11, 11, 11, 11])).open)).toEqual([120])
    expect(evaluateRule(rule, series([11, 11, 9, 11, 11])).open).toEqual([])
    const gap = [0, 60, 200, 260].map((t) => ({ t, key: 'a', v: 11 }))
    expect(evaluateRule(rule, gap).open).toEqual([])
    expect(times(evaluateRule(rule, series([11, Number.NaN, 11])).open)).toEqual([])
  })
})

test('rates divide by the time to the base, deltas do not', () => {
  const rate: Rule = { type: 'rate', op: '>=', value: 5, windowSeconds: 120, perSeconds: 60 }
  const { open, changes } = evaluateRule(rate, series([0, 1, 2, 12]))
  expect(changes).toEqual([null, 1, 1, 5.5])
  expect(times(open)).toEqual([180])
  expect(
    evaluateRule({ type: 'delta', op: '>=', value: 5, windowSeconds: 120 }, series([0, 1, 2, 12])).changes,
  ).toEqual([null, 1, 2, 11])
})

describe('windows', () => {
  const events = [5, 10, 65, 70, 75, 190].map((t) => ({ t, area: 'x', type: t % 2 === 0 ? 'p' : 'q', v: t }))
  const window = { kind: 'tumbling', sizeSeconds: 60 } as const
  const count: Rule = { type: 'count', window, group: 'area', op: '>=', value: 2 }

  test('tumbling, sliding, session', () => {
    expect(evaluateRule(count, events).open).toEqual([
      { t: 60, group: 'x', value: 2 },
      { t: 120, group: 'x', value: 3 },
    ])
    const sliding = evaluateRule({ ...count, window: { kind: 'sliding', sizeSeconds: 60 }, value: 3 }, events)
    expect(sliding.open).toEqual([{ t: 75, group: 'x', value: 3 }])
    const session = evaluateRule({ ...count, window: { kind: 'session', gapSeconds: 60 }, value: 1 }, events)
    expect(session.open).toEqual([
      { t: 135, group: 'x', value: 5 },
      { t: 250, group: 'x', value: 1 },
    ])
  })

  test('distinct values, aggregates, empty windows', () => {
    expect(times(evaluateRule({ ...count, type: 'count_distinct', field: 'type' }, events).open)).toEqual([60, 120])
    const most = evaluateRule({ ...count, type: 'agg', fn: 'max', field: 'v', value: 75 }, events)
    expect(most.open.map(({ value }) => value)).toEqual([75, 190])
    const none = evaluateRule({ ...count, op: '<', value: 1, emitEmpty: true }, events)
    expect(times(none.open)).toEqual([180])
  })

  test('arrival within the lateness changes nothing, later goes aside', () => {
    const late = evaluateRule({ ...count, allowedLatenessSeconds: 30 }, [
      { t: 5, area: 'x' },
      { t: 50, area: 'x', arrivedAt: 89 },
      { t: 55, area: 'x', arrivedAt: 90 },
    ])
    expect(late.open).toEqual([{ t: 60, group: 'x', value: 2 }])
    expect(late.droppedLate?.map(({ t }) => t)).toEqual([55])
  })
})

test('absence fires by its timer, for a key that never came as well, and ends with the next event', () => {
  const rule: Rule = { type: 'absence', expectEverySeconds: 60, graceSeconds: 10, missing: 2 }
  const events = [0, 60, 400].map((t) => ({ t, key: 'a' }))
  const { open, close } = evaluateRule(rule, events, { registered: ['b'], until: 500 })
  expect(open).toEqual([
    { t: 130, group: 'b' },
    { t: 190, group: 'a' },
  ])
  expect(close).toEqual([{ t: 400, group: 'a' }])
})

describe('sequences', () => {
  const steps = [{ match: { k: 'smoke' } }, { not: { k: 'drill' } }, { match: { k: 'heat' } }]
  const rule: Rule = { type: 'sequence', steps, group: 'house', withinSeconds: 100 }
  const at = (t: number, k: string, house = 'x'): RuleEvent => ({ t, k, house })

  test('in order, in time, in one place, without the veto', () => {
    expect(evaluateRule(rule, [at(0, 'smoke'), at(100, 'heat')]).open).toEqual([{ t: 100, group: 'x' }])
    expect(evaluateRule(rule, [at(0, 'heat'), at(50, 'smoke')]).open).toEqual([])
    expect(evaluateRule(rule, [at(0, 'smoke'), at(101, 'heat')]).open).toEqual([])
    expect(evaluateRule(rule, [at(0, 'smoke'), at(50, 'heat', 'y')]).open).toEqual([])
    expect(evaluateRule(rule, [at(0, 'smoke'), at(20, 'drill'), at(50, 'heat')]).open).toEqual([])
  })

  test('a timer fires without an event, unless the veto came first', () => {
    const waiting: Rule = {
      ...rule,
      withinSeconds: 1e9,
      steps: [{ match: { k: 'call' } }, { not: { k: 'sent' } }, { timerSeconds: 180 }],
    }
    expect(evaluateRule(waiting, [at(10, 'call')]).open).toEqual([{ t: 190, group: 'x' }])
    expect(evaluateRule(waiting, [at(10, 'call'), at(190, 'sent')]).open).toEqual([])
    expect(times(evaluateRule(waiting, [at(10, 'call'), at(191, 'sent')]).open)).toEqual([190])
  })
})

test('and waits for all conditions within the span, or takes any', () => {
  const of = [
    { op: '>=', value: 50, where: { feed: 'rain' } },
    { op: '>=', value: 0.3, where: { feed: 'level' } },
  ] as const
  const events = [
    { t: 0, site: 'u', feed: 'rain', v: 60 },
    { t: 90, site: 'u', feed: 'level', v: 0.4 },
    { t: 500, site: 'u', feed: 'level', v: 0.4 },
  ]
  expect(times(evaluateRule({ type: 'and', of, withinSeconds: 100, group: 'site' }, events).open)).toEqual([90])
  expect(evaluateRule({ type: 'and', of, withinSeconds: 80, group: 'site' }, events).open).toEqual([])
  expect(times(evaluateRule({ type: 'or', of, withinSeconds: 100, group: 'site' }, events).open)).toEqual([0, 500])
})

test('places: boundary, hole, distance, an event without a place', () => {
  const polygon = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
  ] as const
  const holes = [
    [
      [4, 4],
      [6, 4],
      [6, 6],
      [4, 6],
    ],
  ] as const
  const events = [
    [5, 5],
    [10, 5],
    [4, 5],
    [11, 5],
    [1, 1],
  ].map((xy, t) => ({ t, xy }))
  const rule: Rule = { type: 'spatial_join', polygon, holes, pointField: 'xy', boundary: 'inside' }
  expect(evaluateRule(rule, [...events, { t: 9 }]).inside?.map(({ t }) => t)).toEqual([1, 2, 4])
  expect(evaluateRule({ ...rule, boundary: 'outside' }, events).inside?.map(({ t }) => t)).toEqual([4])
  expect(evaluateRule({ ...rule, distance: 1 }, events).inside?.map(({ t }) => t)).toEqual([0, 1, 2, 3, 4])
})

test('the order of arrival and a shift of the clock change nothing but the times', () => {
  const rules: Rule[] = [
    above,
    { type: 'sustained', op: '>', value: 10, forSeconds: 120, maxGapSeconds: 90 },
    {
      type: 'count',
      window: { kind: 'sliding', sizeSeconds: 300 },
      group: 'key',
      op: '>=',
      value: 3,
      allowedLatenessSeconds: 1e6,
    },
  ]
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 5, max: 15 }), { maxLength: 20 }), fc.nat(20), (values, turn) => {
      const events = series(values)
      for (const rule of rules) {
        const { open } = evaluateRule(rule, events)
        expect(evaluateRule(rule, [...events.slice(turn), ...events.slice(0, turn)]).open).toEqual(open)
        const later = evaluateRule(
          rule,
          events.map((event) => ({ ...event, t: event.t + 86_400 })),
        )
        expect(times(later.open)).toEqual(times(open).map((t) => t + 86_400))
      }
    }),
    { numRuns: 50 },
  )
})
