import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallAnswer, IncidentView } from '@/domain/api/incidents'
import type { ActivationMoved, PlanChecked, PlanDryRun, PlanList } from '@/domain/api/plans'
import type { ShiftList } from '@/domain/api/shifts'
import type { Activation } from '@/domain/plan/activation'
import type { Shift } from '@/domain/shift/shift'
import { systemClock } from '@/platform/clock'
import { firstBrokenAudit } from '@/server/access/audit'
import { systemActor } from '@/server/command/commandContext'
import { PlanWatch } from '@/server/plans/planWatch'
import { Officers } from '../support/officers'
import type { Officer } from '../support/officers'
import { eventually } from '../support/screen'
import { openServices } from '../support/services'
import type { TestServices } from '../support/services'
import { startWebServer } from '../support/webServer'
import type { WebServer } from '../support/webServer'

const W = '/api/worlds/trial'
let services: TestServices
let server: WebServer
let chief: Officer
let leader: Officer
let yaml: string

beforeAll(async () => {
  services = await openServices()
  server = await startWebServer(services)
  const officers = new Officers(server)
  chief = await officers.signIn({ account: 'chief', name: '值班长', roles: ['chief'] })
  leader = await officers.signIn({ account: 'leader', name: '带班', roles: ['commander'] })
  yaml = await readFile('scenarios/plans/rainstorm-flooding.yaml', 'utf8')
})
afterAll(async () => {
  await server.stop()
  await services.close()
})

const now = (): number => systemClock.now()
async function look(): Promise<void> {
  const { inner, world, parts } = server
  const clocked = { postgres: services.postgres, clock: systemClock, worldTime: () => systemClock.now() }
  const command = { actor: systemActor('detect'), ...clocked }
  const watch = new PlanWatch({ command, shelf: parts.plans, log: services.log })
  await watch.look({ world: world.no, picture: inner.live.picture(world.no)!, propertyOf: () => undefined })
}
const picture = () => server.inner.live.picture(server.world.no)!
async function called(people: object): Promise<string> {
  const body = {
    ...{ id: randomUUID(), receivedAt: now() - 1000, typeCode: '11A02', place: { text: '老街' }, said: '积水', people },
    becomes: { kind: 'incident' },
  }
  const { incident } = await chief.ask<CallAnswer>('POST', `${W}/calls`, body)
  await eventually('folded', () => picture().incidents.has(incident!.id))
  return incident!.id
}

test('the shipped plans are without errors', async () => {
  const { plans } = await chief.ask<PlanList>('GET', `${W}/plans`)
  expect(plans.map(({ plan }) => plan.id).sort()).toEqual(['PLN-CR', 'PLN-FX', 'PLN-WH'])
  expect(plans.flatMap(({ findings }) => findings).filter(({ grade }) => grade === 'error')).toEqual([])
})

test('a document that is no plan is refused by line, and a bad one by code', async () => {
  const check = (text: string) => chief.ask<PlanChecked>('POST', `${W}/plans/check`, { yaml: text })
  expect((await check(yaml.replace('level: 4', 'level: 5'))).problems[0]).toMatch(/^\d+: levels\.0\.level/)
  expect((await check('a: [')).problems[0]).toMatch(/^\d+: /)
  const codes = async (text: string) => (await check(text)).findings.map(({ code }) => code)
  expect(await codes(yaml.replace('to: JJ', 'to: NOBODY'))).toContain('unknownDepartment')
  expect(await codes(yaml.replace('id: K02', 'id: K01'))).toContain('taskTwice')
  expect(await codes(yaml.replaceAll('roles: [commander]', 'roles: [chief]'))).toContain('graveLevelWithoutLeader')
})

test('a trigger proposes, the chief activates, the leader raises: only the difference is ordered and called off', async () => {
  const from = now()
  const incident = await called({})
  await look()
  await eventually('proposed', () => picture().activations.size === 1)
  const [proposed] = [...picture().activations.values()]
  expect(proposed).toMatchObject({
    plan: 'PLN-FX',
    level: 4,
    state: 'proposed',
    incident,
    trigger: { id: 'T4-incident' },
  })
  await look()
  expect(picture().activations.size).toBe(1)
  const path = `${W}/activations/${proposed!.id}/move`
  const first = await chief.ask<ActivationMoved>('POST', path, { verb: 'activate' })
  expect(first.activation).toMatchObject({ state: 'active', levels: [{ level: 4 }] })
  expect(first.tasks.map(({ template, state }) => [template, state])).toEqual([
    ['K01', 'issued'],
    ['K02', 'issued'],
    ['K03', 'issued'],
    ['K13', 'issued'],
  ])
  await chief.ask('POST', `${W}/incidents/${incident}/people`, { kind: 'trapped', value: 3, source: '119' })
  await eventually('counted', () => picture().incidents.get(incident)?.people.trapped?.value === 3)
  await look()
  await eventually('asked', () => picture().activations.get(proposed!.id)?.asked?.level === 3)
  const raise = { verb: 'changeLevel', level: 2, reason: '被困扩大' }
  expect(await chief.refusal('POST', path, raise)).toBe('plan.decidedByPost')
  const second = await leader.ask<ActivationMoved>('POST', path, raise)
  expect(second.tasks.map(({ template }) => template)).toEqual(['K04', 'K05', 'K06', 'K07', 'K08', 'K09', 'K10'])
  expect(second.activation).not.toHaveProperty('asked')
  const lower = { verb: 'changeLevel', level: 4, reason: '雨势减弱' }
  expect(await chief.refusal('POST', path, lower)).toBe('plan.decidedByPost')
  const third = await leader.ask<ActivationMoved>('POST', path, lower)
  expect(third.tasks.every(({ state }) => state === 'cancelled')).toBe(true)
  expect(third.tasks).toHaveLength(7)
  const { tasks, log, incident: held } = await chief.ask<IncidentView>('GET', `${W}/incidents/${incident}`)
  expect(tasks.filter(({ state }) => state === 'issued').map(({ template }) => template)).toEqual([
    'K01',
    'K02',
    'K03',
    'K13',
  ])
  expect(log.map(({ n }) => n)).toEqual(Array.from({ length: held.lastEntry }, (_, index) => index + 1))
  expect(log.map(({ verb }) => verb)).toEqual(
    expect.arrayContaining(['plan.propose', 'plan.activate', 'plan.ask', 'plan.changeLevel']),
  )
  const ended = await leader.ask<ActivationMoved>('POST', path, { verb: 'terminate', reason: '积水退去' })
  expect(ended.activation.state).toBe('terminated')
  await eventually('gone', () => !picture().activations.has(proposed!.id))
  await look()
  expect(picture().activations.size).toBe(0)

  const dry = await chief.ask<PlanDryRun>('POST', `${W}/plans/dryRun`, { yaml, from, to: now() })
  expect(dry.proposals.map(({ level, trigger }) => [level, trigger])).toEqual([
    [4, 'T4-incident'],
    [3, 'T3-trapped'],
  ])
  await chief.ask('POST', `${W}/incidents/${incident}/move`, { verb: 'verify', evidence: '视频' })
  expect(await firstBrokenAudit(services.postgres)).toBeUndefined()
})

test('a plan without an incident opens one when it is activated; declining needs a reason', async () => {
  const id = randomUUID()
  const propose = { id, plan: 'PLN-CR', level: 4 }
  const proposed = await chief.ask<Activation>('POST', `${W}/activations`, propose)
  expect(await chief.ask('POST', `${W}/activations`, propose)).toEqual(proposed)
  const again = await chief.refusal('POST', `${W}/activations`, { ...propose, id: randomUUID() })
  expect(again).toBe('plan.proposedAlready')
  expect(await chief.refusal('POST', `${W}/activations/${id}/move`, { verb: 'decline' })).toBe('plan.needsReason')
  const moved = await chief.ask<ActivationMoved>('POST', `${W}/activations/${id}/move`, { verb: 'activate' })
  expect(moved.tasks.map(({ template }) => template)).toEqual(['K01', 'K02', 'K03'])
  const view = await chief.ask<IncidentView>('GET', `${W}/incidents/${moved.activation.incident!}`)
  expect(view.incident.title).toContain('传染病')
})

test('a shift ends by a handover drafted from data, checked point by point and signed by two', async () => {
  const at = (verb: string) => `${W}/shifts/${verb}`
  const shift = await chief.ask<Shift>('POST', at('begin'), {})
  expect(shift).toMatchObject({ no: 1, state: 'on' })
  expect(await chief.refusal('POST', at('signOut'), {})).toBe('shift.notPrepared')
  const incident = await called({ trapped: 1 })
  const draft = await chief.ask<Shift>('POST', at('prepare'), {})
  expect(draft.items.find(({ subject }) => subject === 'incidents')?.lines.join()).toContain('老街 内涝')
  expect(draft.items.find(({ subject }) => subject === 'reports')?.lines.length).toBeGreaterThanOrEqual(2)
  expect(await chief.refusal('POST', at('signOut'), {})).toBe('shift.notChecked')
  const items = draft.items.map((item) => ({
    ...item,
    checked: true,
    note: item.subject === 'remarks' ? '夜间有雨' : '',
  }))
  await chief.ask('POST', at('signOut'), { items })
  expect(await chief.refusal('POST', at('signIn'), {})).toBe('shift.anotherSigns')
  const onBehalf = { post: '接班值班长', channel: 'inPerson', saidAt: now() }
  expect(await chief.ask<Shift>('POST', at('signIn'), { onBehalf })).toMatchObject({ no: 2, state: 'on' })
  const { shifts } = await chief.ask<ShiftList>('GET', `${W}/shifts`)
  expect(shifts.map(({ no, state }) => [no, state])).toEqual([
    [2, 'on'],
    [1, 'closed'],
  ])
  expect(shifts[1]?.items.find(({ subject }) => subject === 'remarks')?.note).toBe('夜间有雨')
  expect(incident).toBeDefined()
})

test('a proposal lapses with its incident; a plan at work holds its incident open', async () => {
  const refute = { verb: 'refute', reason: '误报' }
  const propose = (incident: string) => {
    return chief.ask<Activation>('POST', `${W}/activations`, { id: randomUUID(), plan: 'PLN-WH', level: 4, incident })
  }
  const one = await called({})
  await propose(one)
  await chief.ask('POST', `${W}/incidents/${one}/move`, refute)
  const lapsed = await chief.ask<IncidentView>('GET', `${W}/incidents/${one}`)
  expect(lapsed.activations).toMatchObject([{ plan: 'PLN-WH', state: 'declined' }])
  const other = await called({})
  const { id } = await propose(other)
  const { tasks } = await chief.ask<ActivationMoved>('POST', `${W}/activations/${id}/move`, { verb: 'activate' })
  expect(await chief.refusal('POST', `${W}/incidents/${other}/move`, refute)).toBe('incident.openTasks')
  for (const task of tasks) await chief.ask('POST', `${W}/tasks/${task.id}/move`, { verb: 'cancel', reason: '误报' })
  expect(await chief.refusal('POST', `${W}/incidents/${other}/move`, refute)).toBe('incident.openPlan')
  await chief.ask('POST', `${W}/activations/${id}/move`, { verb: 'terminate', reason: '误报' })
  await chief.ask('POST', `${W}/incidents/${other}/move`, refute)
})
