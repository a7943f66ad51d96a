import { expect, test } from 'vitest'
import type { Track } from '@/domain/catalogue'
import { PictureStore } from '@/domain/fold/picture'
import { restorePosition } from '@/domain/fold/restore'
import type { Incident } from '@/domain/incident/incident'
import { epochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { InvalidInput, NotFound } from '@/platform/errors'
import { assignUnits } from './assignUnits'
import { proposeUnits } from './proposeUnits'
import type { ProposalGround } from './proposeUnits'

const NOW = epochMillis(1_000_000)
const ids = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const

/** Units on one street, places in hundredths of a degree. */
function ground(units: Record<string, number>, over: Partial<ProposalGround> = {}): ProposalGround {
  const picture = new PictureStore()
  const tracks = Object.entries(units).map(([key, place], no) => {
    const row = { speed: 0, heading: 0, quality: 0, epoch: 1, offset: no, knownTime: NOW, phenomenonTime: NOW }
    restorePosition(picture, { ...row, no, longitude: 114 + place / 100, latitude: 30 })
    return {
      no,
      key,
      name: { 'zh-CN': key, en: key },
      subjectKind: 'vehicle',
      staleAfterSeconds: 60,
    } as unknown as Track
  })
  for (const [n, id] of ids.entries()) {
    const place = { text: 'x', longitude: 114 + n / 100, latitude: 30 }
    picture.incidents.set(id, { id, no: n + 1, state: 'reported', place } as unknown as Incident)
  }
  const roads = { ask: () => Promise.reject(new NotFound('roads.none')) }
  const world = { key: 'w' } as World
  return { world, picture, tracks, committed: new Map(), now: NOW, roads, asker: { caller: 't' }, ...over }
}

test('the sum of times is least, not each time by itself', async () => {
  const needs = ids.map((incident) => ({ incident, count: 1 }))
  const proposal = await proposeUnits(ground({ 'pump-1': 0.4, 'pump-2': 3 }), { needs })
  expect(proposal).toMatchObject({ by: 'straightLine', unmet: 0 })
  expect(Object.fromEntries(proposal.chosen.map(({ incident, unit }) => [incident, unit]))).toEqual({
    [ids[0]]: 'pump-1',
    [ids[1]]: 'pump-2',
  })
})

test('every unit that is not proposed has its reason', async () => {
  const units = { 'pump-1': 1, 'pump-2': 2, 'pump-3': 3, 'fire-1': 0 }
  const base = ground(units, { committed: new Map([['pump-1', 'task']]) })
  restorePosition(base.picture, {
    ...{ no: 2, longitude: 114, latitude: 30, speed: 0, heading: 0, quality: 0 },
    ...{ epoch: 2, offset: 1, knownTime: NOW, phenomenonTime: NOW + 1 },
  })
  const late = { ...base, now: epochMillis(NOW + 60_001) }
  const needs = [{ incident: ids[0], kind: 'pump', count: 2 }]
  const proposal = await proposeUnits(late, { needs })
  expect(proposal.chosen.map(({ unit }) => unit)).toEqual(['pump-3'])
  expect(proposal.unmet).toBe(1)
  expect(proposal.rejected.map(({ unit, why }) => [unit, why])).toEqual([
    ['pump-1', 'committed'],
    ['pump-2', 'stale'],
    ['fire-1', 'stale'],
  ])
  const noWay = { ask: () => Promise.resolve(JSON.stringify({ version: 1, seconds: [[5], [null]] })) }
  const roads = await proposeUnits(ground({ 'pump-1': 1, 'pump-2': 2 }, { roads: noWay }), { needs: [needs[0]!] })
  expect(roads).toMatchObject({ by: 'roads', unmet: 1, rejected: [{ unit: 'pump-2', why: 'noWay' }] })
})

test('an incident without a point cannot be driven to', async () => {
  const base = ground({ 'pump-1': 1 })
  const held = base.picture.incidents.get(ids[0])!
  base.picture.incidents.set(ids[0], { ...held, place: { text: 'x' } })
  await expect(proposeUnits(base, { needs: [{ incident: ids[0], count: 1 }] })).rejects.toThrow(InvalidInput)
})

test('a slot that nobody can reach stays unmet and does not spoil the others', () => {
  expect(
    assignUnits([
      [5, null],
      [null, null],
      [1, 9],
    ]),
  ).toEqual([0, undefined, 1])
  expect(assignUnits([[null]])).toEqual([undefined])
})
