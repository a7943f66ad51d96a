import { expect, test } from 'vitest'
import { confidenceOf } from './confidence'
import { canMoveRun, hasProduct, isInFlight, RunState } from './runState'
import { fires, TRIGGERS } from './trigger'

const MINUTE = 60_000
const trigger = TRIGGERS[0]!

test('a run moves by the table alone: what ended never runs again, what nobody made is never approved', () => {
  expect(canMoveRun('due', 'running')).toBe(true)
  expect(canMoveRun('running', 'fallback')).toBe(true)
  expect(canMoveRun('draft', 'approved')).toBe(true)
  for (const state of RunState.options) {
    expect(canMoveRun(state, 'due')).toBe(false)
    if (!hasProduct(state)) expect(canMoveRun(state, 'approved')).toBe(false)
    for (const end of ['superseded', 'failed', 'cancelled'] as const) expect(canMoveRun(end, state)).toBe(false)
  }
  expect(RunState.options.filter((state) => isInFlight(state) && hasProduct(state))).toEqual([])
})

const rain = (thing: string, mm: number, minutesAgo: number) => ({ thing, time: -minutesAgo * MINUTE, value: mm })

test('a trigger needs its sum at enough Things, inside its window', () => {
  const heavy = ['a', 'b'].flatMap((thing) => [rain(thing, 2, 10), rain(thing, 2, 5), rain(thing, 1.2, 0)])
  expect(fires(trigger, { now: 0, samples: heavy, runs: [] })).toBe(true)
  expect(fires(trigger, { now: 0, samples: heavy.filter(({ thing }) => thing === 'a'), runs: [] })).toBe(false)
  expect(fires(trigger, { now: 11 * MINUTE, samples: heavy, runs: [] })).toBe(false)
})

test('a trigger waits for the run under way, and for its own cadence after one that ended', () => {
  const samples = ['a', 'b'].map((thing) => rain(thing, 9, 1))
  const run = (state: RunState, minutesAgo: number) => [{ state, issueTime: -minutesAgo * MINUTE }]
  expect(fires(trigger, { now: 0, samples, runs: run('running', 60) })).toBe(false)
  expect(fires(trigger, { now: 0, samples, runs: run('draft', 4) })).toBe(false)
  expect(fires(trigger, { now: 0, samples, runs: run('draft', 11) })).toBe(true)
  const byRule = run('fallback', 2).map((one) => ({ ...one, rung: 'rule' as const }))
  expect(fires(trigger, { now: 0, samples, runs: byRule })).toBe(true)
})

const sound = {
  issueTime: 0,
  inputs: [{ key: 'rain', upTo: -4 * MINUTE, coverage: 0.9 }],
  periodMs: 5 * MINUTE,
  rung: 'full',
  quality: [],
  skill: 0.3,
} as const

test('confidence falls with its reasons', () => {
  expect(confidenceOf(sound as never)).toEqual({ grade: 'high', reasons: [] })
  expect(confidenceOf({ ...sound, rung: 'coarse' } as never).grade).toBe('medium')
  expect(confidenceOf({ ...sound, rung: 'rule' } as never)).toEqual({ grade: 'low', reasons: ['ruleOfThumb'] })
  const stale = { ...sound, inputs: [{ key: 'rain', upTo: -11 * MINUTE, coverage: 0.5 }] }
  expect(confidenceOf(stale as never).reasons).toEqual(['staleInput', 'lowCoverage'])
  expect(confidenceOf({ ...sound, skill: -0.1 } as never).grade).toBe('low')
})
