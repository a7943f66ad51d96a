import { expect, test } from 'vitest'
import type { Queued } from '@/app/incidents/queue'
import type { DeskAct } from './act'
import { hotActs } from './hotActs'

const KEYS = [
  'incident.verify 1',
  'incident.control 1',
  'incident.end 1',
  'incident.archive 1',
  'incident.people 1',
  'incident.report 1',
  'incident.consequence 1',
  'incident.note 1',
  'order.pump 1',
]
const acts = KEYS.map((key) => ({ key }) as DeskAct)
const queued = (state: string, tasks: readonly string[] = [], clocks: readonly object[] = []) =>
  ({ incident: { state, clocks }, tasks: tasks.map((one) => ({ state: one })) }) as unknown as Queued
const keys = (of: Queued) => hotActs(of, acts).map(({ key }) => key.split(' ')[0])

test('what the state asks for stands first', () => {
  expect(keys(queued('reported'))[0]).toBe('incident.verify')
  expect(keys(queued('controlled'))[0]).toBe('incident.end')
})

test('nobody is led to call an incident controlled while tasks are open, or before there were any', () => {
  expect(keys(queued('responding'))[0]).toBe('order.pump')
  expect(keys(queued('responding', ['done', 'active']))[0]).toBe('order.pump')
  expect(keys(queued('responding', ['done', 'cancelled']))[0]).toBe('incident.control')
})

test('the final report comes before the archive', () => {
  expect(keys(queued('ended', [], [{ kind: 'first', doneAt: 1 }]))[0]).toBe('incident.report')
  expect(keys(queued('ended', [], [{ kind: 'final', doneAt: 1 }]))[0]).toBe('incident.archive')
})

test('never more than five, never the same twice', () => {
  const found = keys(queued('ended'))
  expect(found.length).toBeLessThanOrEqual(5)
  expect(new Set(found).size).toBe(found.length)
})
