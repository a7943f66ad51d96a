import { randomUUID } from 'node:crypto'
import type { CallAnswer } from '@/domain/api/incidents'
import type { TaskList } from '@/domain/api/tasks'
import type { Incident } from '@/domain/incident/incident'
import type { Task } from '@/domain/task/task'
import { systemClock } from '@/platform/clock'
import { Officers } from './officers'
import type { Officer } from './officers'
import { openServices } from './services'
import type { TestServices } from './services'
import { startWebServer } from './webServer'
import type { WebServer } from './webServer'

/** The World of these trials. */
export const W = '/api/worlds/trial'

/** A server with a desk and the traffic police signed in. */
export interface CommandPost {
  readonly services: TestServices
  readonly server: WebServer
  readonly officers: Officers
  readonly desk: Officer
  readonly police: Officer
  close(): Promise<void>
}

export async function openCommandPost(): Promise<CommandPost> {
  const services = await openServices()
  const server = await startWebServer(services)
  const officers = new Officers(server)
  const desk = await officers.signIn({ account: 'desk', name: '周岚', roles: ['operator'] })
  const police = await officers.signIn({ account: 'police', name: '交警值班', roles: ['department'], department: 'JJ' })
  return {
    ...{ services, server, officers, desk, police },
    async close() {
      await server.stop()
      await services.close()
    },
  }
}

/** A call of people in water that becomes an Incident. */
export const call = (over: object = {}) => ({
  id: randomUUID(),
  receivedAt: systemClock.now() - 1000,
  caller: { name: '李先生', phone: '13800000000', post: '群众' },
  typeCode: '12H90',
  place: { text: '和平路下穿', longitude: 113.62, latitude: 34.77 },
  said: '水淹到车窗，车里有人',
  people: { trapped: 5 },
  becomes: { kind: 'incident' },
  ...over,
})

export async function openedBy(desk: Officer): Promise<Incident> {
  const { incident } = await desk.ask<CallAnswer>('POST', `${W}/calls`, call())
  return incident!
}

export const newTask = (over: object = {}) => ({
  id: randomUUID(),
  title: '封闭两端',
  act: 'closeUnderpass',
  to: 'JJ',
  ...over,
})

export async function orderedBy(by: Officer, incident: string, over: object = {}): Promise<Task> {
  const { tasks } = await by.ask<TaskList>('POST', `${W}/incidents/${incident}/tasks`, { tasks: [newTask(over)] })
  return tasks[0]!
}

export const move = (by: Officer, task: Task, body: object) => by.ask<Task>('POST', `${W}/tasks/${task.id}/move`, body)
