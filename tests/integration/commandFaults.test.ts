import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditPage, AuditVerdict } from '@/domain/api/audit'
import { NewTask } from '@/domain/api/tasks'
import { OpenIncident } from '@/domain/api/incidents'
import type { Actor } from '@/domain/api/session'
import { systemClock } from '@/platform/clock'
import type { CommandContext } from '@/server/command/commandContext'
import { openIncident } from '@/server/command/incidents/openIncident'
import { orderTasks } from '@/server/command/tasks/orderTasks'
import { startLiveServer, testWorld } from '../support/liveServer'
import { Officers } from '../support/officers'
import { eventually, TestScreen } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { startWebServer } from '../support/webServer'

let services: TestServices
beforeAll(async () => {
  services = await openServices()
})
afterAll(() => services.close())

const desk: Actor = { kind: 'person', id: 'desk-1', name: 'D', roles: ['operator'] }
const context = (): CommandContext => {
  return { actor: desk, postgres: services.postgres, clock: systemClock, worldTime: () => systemClock.now() }
}

test('a server that dies between commit and broadcast loses nothing and doubles nothing', async () => {
  const first = await startLiveServer({ ...services, serverId: 'dies' })
  const world = (await first.catalogue.ensureWorld(testWorld('dies'))).no
  await eventually('leads', () => first.live.leads(world))
  await first.stop()
  // Committed while nobody carries the outbox: what a server leaves that was killed right after its commit.
  const source = { kind: 'manual' } as const
  const input = OpenIncident.parse({ id: randomUUID(), title: 'x', typeCode: '11A02', place: { text: 'p' }, source })
  const incident = await openIncident(context(), world, input)
  const task = NewTask.parse({ id: randomUUID(), title: 't', to: 'JJ', units: ['u-1'] })
  await orderTasks(context(), { world, id: incident.id }, [task])
  await orderTasks(context(), { world, id: incident.id }, [task]) // the screen asks again: it had no answer
  const next = await startLiveServer({ ...services, serverId: 'next' })
  await eventually('leads', () => next.live.leads(world))
  const screen = new TestScreen(`http://127.0.0.1:${next.port}`, 'dies')
  await screen.join(['incidents', 'tasks'])
  await eventually('on screen', () => screen.picture.tasks.get(task.id)?.state === 'issued')
  expect([screen.picture.incidents.size, screen.picture.tasks.size]).toEqual([1, 1])
  const carried = (): number[] =>
    next.log.flatMap((record) => (record.kind === 'outbox' ? record.events.map(({ n }) => n) : []))
  await eventually('carried', () => carried().length === 3)
  expect(carried()).toEqual([1, 2, 3])
  const rows = await services.postgres.query({ name: 'units', text: 'SELECT unit FROM commitments', values: [] })
  expect(rows).toEqual([{ unit: 'u-1' }])
  screen.close()
  await next.stop()
})

test('the audit is read by its administrator alone, and one flipped byte is found', async () => {
  const server = await startWebServer(services)
  const officers = new Officers(server)
  const auditor = await officers.signIn({ account: 'audit', name: '审计', roles: ['auditor'] })
  const chief = await officers.signIn({ account: 'chief', name: '值班长', roles: ['chief'] })
  expect(await chief.refusal('GET', '/api/audit')).toBe('access.mayNot')
  const sound = await auditor.ask<AuditVerdict>('GET', '/api/audit/verify')
  expect(sound.rows).toBeGreaterThan(5)
  expect(sound).not.toHaveProperty('firstBroken')
  const { rows } = await auditor.ask<AuditPage>('GET', '/api/audit')
  const victim = rows.find(({ detail }) => detail !== null && detail.includes('u-1'))
  expect(victim).toBeDefined()
  const alter = `UPDATE audit SET detail = replace(detail, 'u-1', 'u-2') WHERE n = ${victim!.n}`
  await services.postgres.run(alter)
  const broken = await auditor.ask<AuditVerdict>('GET', '/api/audit/verify')
  expect(broken.firstBroken).toBe(victim!.n)
  await server.stop()
})
