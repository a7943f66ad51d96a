import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IncidentView } from '@/domain/api/incidents'
import type { Decision } from '@/domain/decision/decision'
import type { Incident } from '@/domain/incident/incident'
import { epochMillis } from '@/domain/time'
import { systemClock } from '@/platform/clock'
import { systemActor } from '@/server/command/commandContext'
import { CommandWatch } from '@/server/command/commandWatch'
import { move, openCommandPost, openedBy, orderedBy, W } from '../support/incidentTrials'
import type { CommandPost } from '../support/incidentTrials'
import type { Officer } from '../support/officers'
import { eventually } from '../support/screen'

let post: CommandPost
let desk: Officer
let police: Officer

beforeAll(async () => {
  post = await openCommandPost()
  ;({ desk, police } = post)
})
afterAll(() => post.close())

const now = (): number => systemClock.now()
const opened = () => openedBy(desk)
const ordered = (incident: string, over: object = {}, by = desk) => orderedBy(by, incident, over)

test('a silent department is climbed, and a decision that nobody takes goes to its default', async () => {
  const incident = await opened()
  const task = await ordered(incident.id, { ackMinutes: 1 })
  const latestAt = now() + 5_000
  const options = [{ key: 'A', text: '按预案封闭', consequence: '', executor: 'JJ', act: 'closeRoad' }]
  const ask = { id: randomUUID(), question: '封闭北闸路', options, byDefault: 'A', decider: '总指挥', latestAt }
  const asked = await desk.ask<Decision>('POST', `${W}/incidents/${incident.id}/decisions`, ask)
  const { inner, world } = post.server
  await eventually('folded', () => inner.live.picture(world.no)?.decisions.has(asked.id) === true)
  const at = (minutes: number) => epochMillis(task.orders[0]!.issued.at + minutes * 60_000)
  const look = async (minutes: number): Promise<IncidentView> => {
    const clocked = { postgres: post.services.postgres, clock: systemClock, worldTime: () => at(minutes) }
    const watch = new CommandWatch({ actor: systemActor('detect'), ...clocked }, post.services.log)
    await watch.look(world.no, inner.live.picture(world.no)!, at(minutes))
    const seen = await desk.ask<IncidentView>('GET', `${W}/incidents/${incident.id}`)
    const isFolded = () =>
      inner.live.picture(world.no)?.incidents.get(incident.id)?.lastEntry === seen.incident.lastEntry
    await eventually('folded again', isFolded)
    return seen
  }
  expect((await look(0.01)).tasks[0]).toMatchObject({ state: 'issued' })
  const missed = await look(2)
  expect(missed.tasks[0]).toMatchObject({ state: 'overdueAck' })
  expect(missed.decisions[0]).toMatchObject({ state: 'defaulted', chosen: 'A' })
  expect(missed.tasks[1]).toMatchObject({ to: 'JJ', state: 'issued', title: '按预案封闭' })
  expect((await look(6)).tasks[0]).toMatchObject({ ladder: 'nextPost' })
  const callOut = { step: 'toTheDoor', post: '大队值班室', answered: true }
  await desk.ask('POST', `${W}/tasks/${task.id}/callOut`, callOut)
  expect((await look(11)).tasks[0]).toMatchObject({ ladder: 'nextPost', callOuts: [callOut] })
  const verbs = (await look(11)).log.map(({ verb }) => verb)
  expect(verbs).toEqual(expect.arrayContaining(['task.miss', 'task.climb', 'task.callOut', 'decision.default']))
})

test('two that were one become one with their tasks; one that was two is parted; a line finds its incident', async () => {
  const [one, other] = await Promise.all([opened(), opened()])
  const task = await ordered(one.id, { units: ['boat-1'] })
  const merged = await desk.ask<Incident>('POST', `${W}/incidents/${one.id}/merge`, {
    into: other.id,
    reason: '同一处',
  })
  expect(merged).toMatchObject({ id: other.id, links: [{ kind: 'related', id: one.id }] })
  const [gone, kept] = await Promise.all(
    [one, other].map(({ id }) => desk.ask<IncidentView>('GET', `${W}/incidents/${id}`)),
  )
  expect(gone!.incident).toMatchObject({ state: 'merged', mergedInto: other.id })
  expect(kept!.tasks.map(({ id }) => id)).toEqual([task.id])
  expect((await move(police, task, { verb: 'accept' })).state).toBe('acked')
  const picture = () => post.server.inner.live.picture(post.server.world.no)
  await eventually(
    'one left',
    () => picture()?.incidents.has(one.id) === false && picture()?.tasks.get(task.id)?.incident === other.id,
  )
  expect(await desk.refusal('POST', `${W}/incidents/${one.id}/merge`, { into: other.id, reason: 'x' })).toBe(
    'incident.isOver',
  )

  const id = randomUUID()
  const split = {
    id,
    title: '北闸路 停电',
    typeCode: '12P50',
    place: { text: '北闸路' },
    entries: [2],
    reason: '另一起',
  }
  const made = await desk.ask<Incident>('POST', `${W}/incidents/${other.id}/split`, split)
  expect(made.links).toEqual([{ kind: 'related', id: other.id }])
  const first = await desk.ask<IncidentView>('GET', `${W}/incidents/${id}`)
  expect(first.log.find(({ verb }) => verb === 'call.record')?.args).toMatchObject({ copiedFrom: other.no, copiedN: 2 })
  await desk.ask('POST', `${W}/incidents/${other.id}/links`, { kind: 'causes', to: id })
  expect((await desk.ask<IncidentView>('GET', `${W}/incidents/${id}`)).incident.links).toContainEqual({
    kind: 'causedBy',
    id: other.id,
  })
  await desk.ask('POST', `${W}/incidents/${other.id}/entries`, {
    id: randomUUID(),
    text: '<img src=x onerror=alert(1)> 配电房进水',
  })
  const { log } = await desk.ask<IncidentView>('GET', `${W}/incidents/${other.id}`)
  const wrong = { n: log.at(-1)!.n, to: id, reason: '写错' }
  await desk.ask('POST', `${W}/incidents/${other.id}/moveEntry`, wrong)
  const moved = (await desk.ask<IncidentView>('GET', `${W}/incidents/${id}`)).log.at(-1)
  expect(moved).toMatchObject({
    verb: 'note',
    text: '<img src=x onerror=alert(1)> 配电房进水',
    args: { copiedFrom: other.no },
  })
})
