import { expect, test } from 'vitest'
import { epochMillis, minutes } from '../time'
import type { Incident } from './incident'
import { criteriaOf, levelBy } from './incidentLevel'
import { canMoveIncident, incidentMoves, IncidentState, IncidentVerb, isOver, verbsFrom } from './incidentState'
import { INCIDENT_TYPES, incidentType } from './incidentTypes'
import { nearbyIncidents } from './nearbyIncidents'
import { firstReportClocks, tightened, withReportDone } from './reporting'
import { urgencyOf } from './urgency'
import { departmentOf } from '../access/departments'

const at = (minute: number) => epochMillis(minutes(minute))

test('levels are read by the gravest criterion; a number on the line belongs to the graver side', () => {
  const level = (criterion: 'dead' | 'injured', value: number) => levelBy('accident', [{ criterion, value }])?.level
  expect([0, 2, 3, 9, 10, 29, 30].map((value) => level('dead', value))).toEqual([4, 4, 3, 3, 2, 2, 1])
  expect([9, 10, 50, 100].map((value) => level('injured', value))).toEqual([4, 3, 2, 1])
  const both = [
    { criterion: 'injured', value: 60 },
    { criterion: 'dead', value: 3 },
  ] as const
  expect(levelBy('accident', both)).toMatchObject({ level: 2, criterion: 'injured', from: 50, below: 100 })
  expect(levelBy('geology', [{ criterion: 'atRisk', value: 5 }])).toMatchObject({ level: 4 })
  expect(levelBy('quake', [{ criterion: 'cases', value: 5 }])).toBeUndefined()
  for (const { levelRule } of INCIDENT_TYPES) expect(criteriaOf(levelRule).length).toBeGreaterThan(0)
})

test('types have unique codes of five, and departments that exist', () => {
  expect(new Set(INCIDENT_TYPES.map(({ code }) => code)).size).toBe(INCIDENT_TYPES.length)
  for (const { code, lead, support } of INCIDENT_TYPES) {
    expect(code).toMatch(/^1[1-4][A-Z]\d\d$/)
    for (const one of [lead, ...support]) expect(departmentOf(one), `${code} ${one}`).toBeDefined()
  }
  expect(incidentType('11A02')?.lead).toBe('CG')
})

test('every state but those that are over leads on, and every verb has a way', () => {
  for (const state of IncidentState.options) {
    expect(verbsFrom(state).length > 0, state).toBe(!isOver(state))
  }
  for (const verb of IncidentVerb.options) expect(incidentMoves[verb].from.length).toBeGreaterThan(0)
  expect(canMoveIncident('reported', 'accept')).toBe(false)
  const reached = new Set<IncidentState>(['reported'])
  for (let round = 0; round < IncidentState.options.length; round++) {
    for (const state of [...reached]) for (const verb of verbsFrom(state)) reached.add(incidentMoves[verb].to)
  }
  expect([...reached].sort()).toEqual(IncidentState.options.filter((state) => state !== 'merged').sort())
})

test('urgency comes from life at risk and time left, not from the number of people', () => {
  const of = (trapped: number, left: number | undefined, state: IncidentState = 'responding') => {
    const figure = { value: trapped, at: at(0), status: 'unverified', source: '119', version: 1 } as const
    const consequence = left === undefined ? {} : { consequence: { text: 'x', at: at(left) } }
    return urgencyOf({ state, people: { trapped: figure }, ...consequence }, at(0))
  }
  expect([of(1, undefined), of(300, undefined), of(1, 59), of(1, 61)]).toEqual([1, 1, 1, 2])
  expect([of(0, 9), of(0, 29), of(0, 119), of(0, 121), of(0, undefined)]).toEqual([1, 2, 3, 4, 4])
  expect(of(5, 5, 'controlled')).toBe(4)
})

test('a graver level brings open report clocks nearer and leaves done ones', () => {
  const needs = { rule: 'general', level: undefined, reportedAt: at(0) } as const
  const clocks = withReportDone(firstReportClocks(needs), { kind: 'first', by: 'phone', at: at(12) })
  expect(clocks.map(({ dueAt, doneAt }) => [dueAt, doneAt])).toEqual([
    [at(30), at(12)],
    [at(60), undefined],
  ])
  const nearer = tightened(clocks, { ...needs, level: 1 })
  expect(nearer.map(({ dueAt }) => dueAt)).toEqual([at(30), at(30)])
  expect(tightened(nearer, { ...needs, level: 4 })).toEqual(nearer)
  expect(withReportDone(nearer, { kind: 'final', by: 'written', at: at(1) })).toBe(nearer)
})

test('a second call finds what is open within 500 m and an hour', () => {
  const incident = (no: number, longitude: number | undefined, state: IncidentState = 'reported', movedAt = at(0)) => {
    const place = longitude === undefined ? { text: 'p' } : { text: 'p', longitude, latitude: 30 }
    return { no, state, movedAt, place } as unknown as Incident
  }
  const all = [
    incident(1, 114.004),
    incident(2, 114.001),
    incident(3, 114.02),
    incident(4, undefined),
    incident(5, 114, 'closed'),
    incident(6, 114, 'reported', at(-61)),
  ]
  const near = nearbyIncidents(all, { longitude: 114, latitude: 30 }, at(0))
  expect(near.map(({ incident: { no } }) => no)).toEqual([2, 1, 4])
  expect(near[0]?.metres).toBeCloseTo(96, 0)
})
