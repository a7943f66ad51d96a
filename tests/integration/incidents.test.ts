import { randomUUID } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallAnswer, IncidentList, IncidentView } from '@/domain/api/incidents'
import type { Decision } from '@/domain/decision/decision'
import type { Incident } from '@/domain/incident/incident'
import type { Task } from '@/domain/task/task'
import { systemClock } from '@/platform/clock'
import { firstBrokenAudit } from '@/server/access/audit'
import { call, move, newTask, openCommandPost, openedBy, orderedBy, W } from '../support/incidentTrials'
import type { CommandPost } from '../support/incidentTrials'
import type { Officer } from '../support/officers'
import { eventually, TestScreen } from '../support/screen'

let post: CommandPost
let desk: Officer
let leader: Officer
let police: Officer

beforeAll(async () => {
  post = await openCommandPost()
  ;({ desk, police } = post)
  leader = await post.officers.signIn({ account: 'leader', name: '陈立', roles: ['commander'] })
})
afterAll(() => post.close())

const now = (): number => systemClock.now()
const spoken = (post: string) => ({ onBehalf: { post, channel: 'phone', saidAt: now() } })
const evidence = { kind: 'otherDepartment', text: '现场回报' }
const opened = () => openedBy(desk)
const ordered = (incident: string, over: object = {}, by = desk) => orderedBy(by, incident, over)

test('one person with a telephone: from the call to the archive, everything on behalf', async () => {
  const incident = await opened()
  const at = `${W}/incidents/${incident.id}`
  expect(incident).toMatchObject({ state: 'reported', lead: 'XF', people: { trapped: { value: 5, version: 1 } } })
  expect(incident.clocks.map(({ by, dueAt }) => [by, (dueAt - incident.reportedAt) / 60_000])).toEqual([
    ['phone', 30],
    ['written', 60],
  ])
  expect(await desk.refusal('POST', `${at}/move`, { verb: 'accept' })).toBe('incident.cannotMove')
  expect(await desk.refusal('POST', `${at}/move`, { verb: 'verify' })).toBe('incident.needsEvidence')
  await desk.ask('POST', `${at}/move`, { verb: 'verify', evidence: '2 号水位计 47 cm' })
  expect(await desk.refusal('POST', `${at}/move`, { verb: 'accept' })).toBe('incident.needsLevel')
  const { rev } = (await desk.ask<IncidentView>('GET', at)).incident
  const level = { rev, criteria: [{ criterion: 'atRisk', value: 5 }] }
  const stated = await desk.ask<Incident>('POST', `${at}/level`, level)
  expect(stated.level).toMatchObject({ value: 4, basis: 'initial', criterion: 'atRisk', number: 5 })
  await desk.ask('POST', `${at}/move`, { verb: 'accept' })

  const task = await ordered(incident.id)
  expect(task).toMatchObject({ state: 'issued', authority: 'actFirst', to: 'JJ' })
  expect(task.countersign?.dueAt).toBe(task.orders[0]!.issued.at + 30 * 60_000)
  expect(await desk.refusal('POST', `${W}/tasks/${task.id}/move`, { verb: 'accept' })).toBe('task.needsOnBehalf')
  const police = spoken('交警二大队值班员')
  for (const verb of ['accept', 'start']) await move(desk, task, { verb, ...police })
  await move(desk, task, { verb: 'reportDone', evidence, ...police })
  expect(await desk.refusal('POST', `${at}/move`, { verb: 'end' })).toBe('incident.openTasks')
  const done = await move(desk, task, { verb: 'verify', evidence: { kind: 'sensor', text: '水位 12 cm' } })
  expect(done.state).toBe('done')
  expect(Object.keys(done.orders[0]!)).toEqual(
    expect.arrayContaining(['accepted', 'started', 'reportedDone', 'verified']),
  )
  await desk.ask('POST', `${W}/tasks/${task.id}/countersign`, spoken('带班领导'))
  await desk.ask('POST', `${at}/people`, { kind: 'trapped', value: 0, status: 'verified', source: '119' })
  for (const by of ['phone', 'written'])
    await desk.ask('POST', `${at}/reports`, { kind: 'first', by, to: '市委值班室' })
  await desk.ask('POST', `${at}/move`, { verb: 'control' })
  await desk.ask('POST', `${at}/move`, { verb: 'end' })
  expect(await desk.refusal('POST', `${at}/move`, { verb: 'archive' })).toBe('incident.needsFinalReport')
  await desk.ask('POST', `${at}/reports`, { kind: 'final', by: 'written', to: '市政府总值班室' })
  const archived = await desk.ask<Incident>('POST', `${at}/move`, { verb: 'archive' })
  expect(archived.clocks.every(({ doneAt }) => doneAt !== undefined)).toBe(true)

  const { incidents: open } = await desk.ask<IncidentList>('GET', `${W}/incidents`)
  expect(open.some(({ id }) => id === incident.id)).toBe(false)
  const all = await desk.ask<IncidentList>('GET', `${W}/incidents?state=all`)
  expect(all.tasks.map(({ id }) => id)).toContain(task.id)
  const { log, calls } = await desk.ask<IncidentView>('GET', at)
  expect(log.map(({ n }) => n)).toEqual(Array.from({ length: archived.lastEntry }, (_, index) => index + 1))
  expect(log.map(({ verb }) => verb)).toEqual(
    expect.arrayContaining([
      'call.record',
      'incident.verify',
      'task.issue',
      'task.accept',
      'task.verify',
      'incident.archive',
    ]),
  )
  expect(log.find(({ verb }) => verb === 'task.accept')?.by.onBehalf).toMatchObject({
    post: '交警二大队值班员',
    channel: 'phone',
  })
  expect(calls[0]?.caller.phone).toBe('13800000000')
  expect((await leader.ask<IncidentView>('GET', at)).calls).toEqual([])
  expect(await firstBrokenAudit(post.services.postgres)).toBeUndefined()
})

test('a call sent twice is one; more about it is counted as a version; a screen has no name or number of a caller', async () => {
  const body = call()
  const [first, again] = await Promise.all([1, 2].map(() => desk.ask<CallAnswer>('POST', `${W}/calls`, body)))
  expect(again!.incident?.id).toBe(first!.incident?.id)
  const incident = first!.incident!
  const more = call({ becomes: { kind: 'followUp', incident: incident.id }, people: { trapped: 7 }, said: '又有两人' })
  await desk.ask('POST', `${W}/calls`, more)
  const seen = await desk.ask<IncidentView>('GET', `${W}/incidents/${incident.id}`)
  expect(seen.incident.people.trapped).toMatchObject({ value: 7, version: 2 })
  expect(seen.calls).toHaveLength(2)
  const cookie = `belfry_session=${desk.cookie}`
  const screen = new TestScreen(post.server.url, 'trial', undefined, { cookie })
  expect(await screen.join(['incidents', 'tasks'])).toMatchObject({ ok: true })
  await eventually('on screen', () => screen.picture.incidents.get(incident.id)?.people.trapped?.value === 7)
  const shown = JSON.stringify([...screen.picture.incidents.values(), ...screen.picture.tasks.values()])
  expect(shown).not.toMatch(/李先生|13800000000|水淹到车窗/)
  screen.close()
})

test('an order and its receipts are on every screen within a second', async () => {
  const incident = await opened()
  const screen = new TestScreen(post.server.url, 'trial', undefined, { cookie: `belfry_session=${leader.cookie}` })
  await screen.join(['incidents', 'tasks'])
  await eventually('incident', () => screen.picture.incidents.has(incident.id))
  const began = performance.now()
  const task = await ordered(incident.id)
  await eventually('task', () => screen.picture.tasks.get(task.id)?.state === 'issued')
  await move(police, task, { verb: 'accept' })
  await eventually('accepted', () => screen.picture.tasks.get(task.id)?.state === 'acked')
  expect(performance.now() - began).toBeLessThan(2000)
  await desk.ask('POST', `${W}/incidents/${incident.id}/move`, { verb: 'verify', evidence: '视频' })
  const reason = '接报有误'
  await move(desk, task, { verb: 'cancel', reason })
  const other = await opened()
  await desk.ask('POST', `${W}/incidents/${other.id}/move`, { verb: 'refute', reason })
  await eventually('gone', () => !screen.picture.incidents.has(other.id))
  screen.close()
})

test('two editors: the second is told, nothing is lost', async () => {
  const incident = await opened()
  const edit = (condition: string) => ({ rev: incident.rev, condition })
  const at = `${W}/incidents/${incident.id}`
  await desk.ask('PUT', at, edit('47 cm ↑'))
  expect(await desk.refusal('PUT', at, edit('两端已封'))).toBe('incident.changedMeanwhile')
  expect((await desk.ask<IncidentView>('GET', at)).incident.condition).toBe('47 cm ↑')
  const refused = await desk.refusal('PUT', at, { rev: incident.rev + 1, typeCode: '99Z99' })
  expect(refused).toBe('incident.unknownType')
})

test('a department answers its own orders and no other; it cannot verify its own work', async () => {
  const incident = await opened()
  const own = await ordered(incident.id)
  const other = await ordered(incident.id, { to: 'XF', act: 'rescue' })
  expect(await police.refusal('POST', `${W}/tasks/${other.id}/move`, { verb: 'accept' })).toBe('task.otherDepartment')
  const behalf = { verb: 'accept', ...spoken('消防') }
  expect(await police.refusal('POST', `${W}/tasks/${other.id}/move`, behalf)).toBe('incident.onBehalfOfDesksOnly')
  expect(await police.refusal('POST', `${W}/incidents/${incident.id}/tasks`, { tasks: [newTask()] })).toBe(
    'access.mayNot',
  )
  await police.ask('POST', `${W}/tasks/${own.id}/seen`, {})
  const seen = await move(police, own, { verb: 'accept' })
  expect(seen.orders[0]).toMatchObject({ seen: { actor: police.id, department: 'JJ' }, accepted: { actor: police.id } })
  await move(police, own, { verb: 'start' })
  expect(await police.refusal('POST', `${W}/tasks/${own.id}/move`, { verb: 'block' })).toBe('task.needsReason')
  const blocked = await move(police, own, { verb: 'block', reason: '车辆未到' })
  expect(blocked.problem).toBe('车辆未到')
  const again = await move(desk, own, { verb: 'reassign', to: 'GA' })
  expect(again).toMatchObject({ state: 'issued', to: 'GA' })
  expect(again.orders.map(({ to, no }) => [no, to])).toEqual([
    [1, 'JJ'],
    [2, 'GA'],
  ])
  expect(again).not.toHaveProperty('problem')
  expect(await police.refusal('POST', `${W}/tasks/${own.id}/move`, { verb: 'accept' })).toBe('task.otherDepartment')
})

test('two must agree before water is released: one mouth counts once, and one alone at night speaks for two posts', async () => {
  const incident = await opened()
  const release = { act: 'releaseReservoir', to: 'SL', title: '石门水库加大下泄' }
  const draft = await ordered(incident.id, release)
  expect(draft).toMatchObject({ state: 'draft', authority: 'two', approvals: [] })
  expect(await desk.refusal('POST', `${W}/tasks/${draft.id}/move`, { verb: 'issue' })).toBe('task.needsApproval')
  expect(await desk.refusal('POST', `${W}/tasks/${draft.id}/approve`, {})).toBe('task.decidersOnly')
  const approve = (by: Officer, body: object) => by.ask<Task>('POST', `${W}/tasks/${draft.id}/approve`, body)
  expect((await approve(leader, {})).state).toBe('draft')
  expect(await leader.refusal('POST', `${W}/tasks/${draft.id}/approve`, {})).toBe('task.approvedAlready')
  const left = await approve(desk, spoken('总指挥'))
  expect(left).toMatchObject({ state: 'issued' })
  const alone = await ordered(incident.id, release)
  await desk.ask('POST', `${W}/tasks/${alone.id}/approve`, spoken('总指挥'))
  expect(await desk.refusal('POST', `${W}/tasks/${alone.id}/approve`, spoken('总指挥'))).toBe('task.approvedAlready')
  expect((await desk.ask<Task>('POST', `${W}/tasks/${alone.id}/approve`, spoken('水务局长'))).state).toBe('issued')
})

test('a grave level is proposed by the desk and confirmed by the leader, or by his word', async () => {
  const incident = await opened()
  const at = `${W}/incidents/${incident.id}/level`
  const grave = (rev: number, confirm: boolean) => ({ rev, confirm, criteria: [{ criterion: 'dead', value: 12 }] })
  const proposed = await desk.ask<Incident>('POST', at, grave(incident.rev, false))
  expect(proposed.level).toMatchObject({ value: 2, basis: 'initial' })
  expect(proposed.clocks.map(({ dueAt }) => (dueAt - incident.reportedAt) / 60_000)).toEqual([15, 30])
  expect(await desk.refusal('POST', at, grave(proposed.rev, true))).toBe('incident.leaderConfirms')
  const confirmed = await leader.ask<Incident>('POST', at, grave(proposed.rev, true))
  expect(confirmed.level).toMatchObject({
    basis: 'confirmed',
    by: { actor: desk.id },
    confirmedBy: { actor: leader.id },
  })
})

test('a decision has its default, goes to the executor, and keeps who disagreed', async () => {
  const incident = await opened()
  const ask = {
    id: randomUUID(),
    question: '2 号线区间是否停运',
    options: [
      { key: 'A', text: '立即停运', consequence: '滞留 320 人', executor: 'DT', act: 'stopTrain' },
      { key: 'B', text: '限速运行', consequence: '进水风险' },
    ],
    byDefault: 'A',
    decider: '总指挥',
    consequence: '距站厅 30 cm',
    latestAt: now() + 60_000,
  }
  const asked = await desk.ask<Decision>('POST', `${W}/incidents/${incident.id}/decisions`, ask)
  expect(asked.state).toBe('open')
  expect(await desk.refusal('POST', `${W}/decisions/${asked.id}/decide`, { option: 'A' })).toBe('task.decidersOnly')
  await desk.ask('POST', `${W}/decisions/${asked.id}/dissent`, { option: 'B', ...spoken('地铁集团') })
  expect(await leader.refusal('POST', `${W}/decisions/${asked.id}/decide`, { option: 'C' })).toBe(
    'decision.noSuchOption',
  )
  const decided = await leader.ask<Decision>('POST', `${W}/decisions/${asked.id}/decide`, { option: 'A' })
  expect(decided).toMatchObject({ state: 'decided', chosen: 'A', dissent: [{ option: 'B', post: '地铁集团' }] })
  const { tasks, log } = await desk.ask<IncidentView>('GET', `${W}/incidents/${incident.id}`)
  expect(tasks).toMatchObject([{ to: 'DT', state: 'issued', title: '立即停运' }])
  expect(log.map(({ n }) => n)).toEqual(log.map((_, index) => index + 1))
  expect(await leader.refusal('POST', `${W}/decisions/${asked.id}/decide`, { option: 'B' })).toBe('decision.closed')
})

test('an order is taken back within thirty seconds, unless somebody answered', async () => {
  const incident = await opened()
  const first = await ordered(incident.id, { units: ['pump-1'] })
  expect((await desk.ask<Task>('POST', `${W}/tasks/${first.id}/undo`, {})).state).toBe('cancelled')
  const second = await ordered(incident.id, { units: ['pump-1'] })
  await move(police, second, { verb: 'accept' })
  expect(await desk.refusal('POST', `${W}/tasks/${second.id}/undo`, {})).toBe('task.tooLateToUndo')
})

test('no unit is committed twice by fifty commanders at once', async () => {
  const incidents = await Promise.all(Array.from({ length: 10 }, opened))
  const units = Array.from({ length: 20 }, (_, n) => `unit-${n}`)
  const tries = Array.from({ length: 50 }, (_, n) => {
    const wanted = [units[n % 20]!, units[(n * 7 + 3) % 20]!]
    return ordered(incidents[n % 10]!.id, { units: [...new Set(wanted)], to: 'CG', act: 'pump' })
  })
  const done = await Promise.allSettled(tries)
  const won = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const committed = won.flatMap((task) => task.units)
  expect(new Set(committed).size).toBe(committed.length)
  expect(won.length).toBeGreaterThan(5)
  const lost = done.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
  expect(lost.length + won.length).toBe(50)
  for (const reason of lost) expect(reason).toContain('task.unitTaken')
  const sql = { name: 'committed', text: 'SELECT unit, task::text FROM commitments', values: [] }
  const rows = await post.services.postgres.query(sql)
  expect(new Set(rows.filter(({ unit }) => String(unit).startsWith('unit-')).map(({ unit }) => String(unit)))).toEqual(
    new Set(committed),
  )
  expect(await firstBrokenAudit(post.services.postgres)).toBeUndefined()
}, 60_000)

test('a look back shows incidents and tasks as they were known then', async () => {
  const before = now()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const incident = await opened()
  const task = await ordered(incident.id)
  const then = now()
  await new Promise((resolve) => setTimeout(resolve, 20))
  await move(police, task, { verb: 'accept' })
  interface Body {
    readonly channel: string
    readonly incidents?: Incident[]
    readonly tasks?: Task[]
  }
  const asOf = async (moment: number) => {
    const { channels } = await desk.ask<{ channels: Body[] }>('GET', `${W}/picture?knownTime=${moment}`)
    return {
      incidents: channels.find(({ channel }) => channel === 'incidents')?.incidents ?? [],
      tasks: channels.find(({ channel }) => channel === 'tasks')?.tasks ?? [],
    }
  }
  expect((await asOf(before)).incidents.some(({ id }) => id === incident.id)).toBe(false)
  expect((await asOf(then)).tasks.find(({ id }) => id === task.id)?.state).toBe('issued')
  expect((await asOf(now())).tasks.find(({ id }) => id === task.id)?.state).toBe('acked')
})

test('a report is a Word document drafted from the data', async () => {
  const incident = await opened()
  await ordered(incident.id)
  const path = `${post.server.url}${W}/incidents/${incident.id}/documents/first`
  const answer = await fetch(path, { headers: { cookie: `belfry_session=${desk.cookie}` } })
  expect(answer.headers.get('content-type')).toContain('wordprocessingml')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.subarray(0, 2).toString()).toBe('PK')
  const at = bytes.indexOf('word/document.xml')
  const packed = bytes.readUInt32LE(at - 30 + 18)
  const text = inflateRawSync(bytes.subarray(at + 17, at + 17 + packed)).toString('utf8')
  for (const said of [
    '突发事件信息首报',
    '和平路下穿',
    '被困 5 人（未核实',
    '市交警支队：封闭两端（已下达）',
    '待核',
  ]) {
    expect(text).toContain(said)
  }
  expect(text).not.toMatch(/李先生|13800000000/)
})
