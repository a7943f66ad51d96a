import { expect, test } from 'vitest'
import { approversNeeded, authorityOf, TaskAct } from '../access/authority'
import type { Incident } from '../incident/incident'
import { epochMillis, minutes } from '../time'
import { nextDeadline } from './deadline'
import { isStepOpen, ladderDue } from './ladder'
import type { Task } from './task'
import { canMoveTask, isTaskOver, taskMoves, TaskState, TaskVerb, taskVerbsFrom } from './taskState'

const at = (minute: number) => epochMillis(minutes(minute))
const by = (minute: number) => ({ actor: 'a', at: at(minute) })
const task = (over: Partial<Task>): Task =>
  ({
    id: 't',
    incident: 'i',
    state: 'issued',
    orders: [{ no: 1, to: 'JJ', issued: by(0) }],
    callOuts: [],
    ...over,
  }) as Task

test('every state of a task can be reached and, but the ends, left', () => {
  const reached = new Set<TaskState>(['draft'])
  for (let round = 0; round < TaskState.options.length; round++) {
    for (const state of [...reached])
      for (const verb of TaskVerb.options.filter((one) => canMoveTask(state, one))) reached.add(taskMoves[verb].to)
  }
  expect([...reached].sort()).toEqual([...TaskState.options].sort())
  for (const state of TaskState.options) expect(taskVerbsFrom(state).length > 0, state).toBe(!isTaskOver(state))
  expect(taskVerbsFrom('issued')).not.toContain('miss')
})

test('acts that save life are done first; only release, stop and public word need two; a plan can only be stricter', () => {
  const first = ['closeRoad', 'closeUnderpass', 'stopTrain', 'closeStation', 'evacuate', 'cutPower']
  expect(TaskAct.options.filter((act) => authorityOf(act) === 'actFirst')).toEqual(first)
  const two = ['releaseReservoir', 'stopCity', 'publicRelease']
  expect(TaskAct.options.filter((act) => approversNeeded(authorityOf(act)) === 2)).toEqual(two)
  expect(authorityOf('releaseReservoir', 'own')).toBe('two')
  expect(authorityOf('rescue', 'approve')).toBe('approve')
})

test('the ladder climbs at 3, 5 and 10 minutes from the standing order, and a tried step is closed', () => {
  expect([0, 2, 3, 5, 9, 10, 60].map((minute) => ladderDue(task({}), at(minute)))).toEqual([
    ...['call', 'call', 'callAgain', 'nextPost', 'nextPost', 'toTheDoor', 'toTheDoor'],
  ])
  expect(ladderDue(task({ state: 'acked' }), at(60))).toBeUndefined()
  const tried = task({ callOuts: [{ step: 'callAgain', post: 'p', answered: false, by: by(4) }] })
  expect([isStepOpen(tried, 'callAgain'), isStepOpen(tried, 'nextPost')]).toEqual([false, true])
  const orders = [...tried.orders, { ...tried.orders[0]!, no: 2, issued: by(20) }]
  expect(isStepOpen({ ...tried, orders }, 'callAgain')).toBe(true)
})

test('the next deadline is the first thing that runs out, also when it ran out already', () => {
  const incident = {
    id: 'i',
    state: 'responding',
    consequence: { text: 'x', at: at(50) },
    clocks: [
      { kind: 'first', by: 'phone', dueAt: at(30), doneAt: at(3) },
      { kind: 'first', by: 'written', dueAt: at(60) },
    ],
  } as unknown as Incident
  const next = (...tasks: Task[]) => {
    const found = nextDeadline(incident, tasks)
    return [found?.kind, found?.at]
  }
  expect(next()).toEqual(['consequence', at(50)])
  expect(next(task({ ackDue: at(5), doneDue: at(20) }))).toEqual(['ack', at(5)])
  expect(next(task({ state: 'active', ackDue: at(5), doneDue: at(20) }))).toEqual(['done', at(20)])
  expect(next(task({ state: 'done', doneDue: at(20), countersign: { dueAt: at(31) } }))).toEqual([
    'countersign',
    at(31),
  ])
  expect(next(task({ incident: 'other', ackDue: at(1) }))).toEqual(['consequence', at(50)])
})
