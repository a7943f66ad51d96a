import { expect, test } from 'vitest'
import type { Incident } from '@/domain/incident/incident'
import { Incident as IncidentSchema } from '@/domain/incident/incident'
import { Task as TaskSchema } from '@/domain/task/task'
import type { Task } from '@/domain/task/task'
import { epochMillis } from '@/domain/time'
import { openCounts, queueOf, taskCounts } from './queue'

const NOW = epochMillis(1_000_000_000_000)
const in_ = (minutes: number) => epochMillis(NOW + minutes * 60_000)
const by = { actor: 'a', at: NOW }

const incident = (no: number, fields: Partial<Incident> = {}): Incident =>
  IncidentSchema.parse({
    id: `00000000-0000-7000-8000-00000000000${no}`,
    no,
    rev: 1,
    title: `第 ${no} 号`,
    typeCode: '11A02',
    state: 'responding',
    place: { text: '和平路下穿' },
    reportedAt: NOW,
    source: { kind: 'call' },
    lead: 'CG',
    support: [],
    people: {},
    clocks: [],
    links: [],
    movedAt: NOW,
    lastEntry: 1,
    ...fields,
  })

const task = (no: number, of: Incident, fields: Partial<Task> = {}): Task =>
  TaskSchema.parse({
    id: `00000000-0000-7000-9000-00000000000${no}`,
    incident: of.id,
    no,
    rev: 1,
    title: '封闭',
    act: 'closeUnderpass',
    authority: 'actFirst',
    state: 'issued',
    to: 'JJ',
    support: [],
    units: [],
    created: by,
    ackMinutes: 5,
    doneMinutes: 20,
    approvals: [],
    orders: [{ no: 1, to: 'JJ', issued: by, channel: 'belfry' }],
    callOuts: [],
    evidence: [],
    movedAt: NOW,
    ...fields,
  })

const numbers = (incidents: readonly Incident[], tasks: readonly Task[] = []) =>
  queueOf(incidents, tasks, NOW).map((one) => one.incident.no)

test('what runs out first stands first, whatever its level or number', () => {
  const later = incident(1, { consequence: { text: '进站厅', at: in_(30) } })
  const sooner = incident(2, { consequence: { text: '断电', at: in_(3) } })
  const none = incident(3)
  expect(numbers([none, later, sooner])).toEqual([2, 1, 3])
})

test('a receipt that is due counts as a clock of its incident', () => {
  const quiet = incident(1, { consequence: { text: '进站厅', at: in_(30) } })
  const waiting = incident(2)
  expect(numbers([quiet, waiting], [task(1, waiting, { ackDue: in_(4) })])).toEqual([2, 1])
})

test('without clocks the more urgent stands first; ended ones come last; what is over is gone', () => {
  const trapped = incident(4, {
    people: { trapped: { value: 5, at: NOW, status: 'unverified', source: '119', version: 1 } },
  })
  const ended = incident(1, { state: 'ended', clocks: [{ kind: 'final', by: 'written', dueAt: in_(1) }] })
  expect(numbers([ended, incident(2, { state: 'merged' }), incident(3), trapped])).toEqual([4, 3, 1])
})

test('what is owed is counted over all incidents', () => {
  const one = incident(1, { clocks: [{ kind: 'first', by: 'phone', dueAt: in_(20) }] })
  const tasks = [
    task(1, one),
    task(2, one, { state: 'active', countersign: { dueAt: in_(30) } }),
    task(3, one, { state: 'overdueAck' }),
  ]
  expect(openCounts(queueOf([one], tasks, NOW), 2)).toEqual({ countersigns: 1, reports: 1, receipts: 2, decisions: 2 })
})

test('cancelled and drafted tasks are no tasks yet; a receipt is one that was accepted', () => {
  const one = incident(1)
  const order = { no: 1, to: 'JJ', issued: by, channel: 'belfry' as const, accepted: by }
  const tasks = [task(1, one), task(2, one, { state: 'done', orders: [order] }), task(3, one, { state: 'cancelled' })]
  expect(taskCounts(tasks)).toEqual({ all: 2, open: 1, acknowledged: 1 })
})
