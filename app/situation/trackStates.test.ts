import { expect, test } from 'vitest'
import { Track } from '@/domain/catalogue'
import { MoverColumns, RowState } from '@/domain/fold/columns'
import { epochMillis } from '@/domain/time'
import { trackStates } from './trackStates'

const name = { 'zh-CN': '车', en: 'Car' }
const track = (no: number) =>
  Track.parse({ no, feed: 1, key: `t${no}`, name, subjectKind: 'vehicle', staleAfterSeconds: 60 })
const now = epochMillis(1_700_000_000_000)

test('who moves comes first, the fastest ahead; what stands, fell silent or was never heard follows', () => {
  const movers = new MoverColumns()
  const said: readonly [speed: number, age: number][] = [
    [0.4, 10],
    [8, 10],
    [15, 10],
    [20, 100],
  ]
  said.forEach(([speed, age], no) => {
    movers.reach(no)
    movers.state[no] = RowState.fresh
    movers.speed[no] = speed
    movers.phenomenonTime[no] = now - age * 1000
  })
  const states = trackStates(movers, [0, 1, 2, 3, 4].map(track), now)
  expect(states.map(({ track: { no }, standing }) => [no, standing])).toEqual([
    [2, 'moving'],
    [1, 'moving'],
    [0, 'standing'],
    [3, 'silent'],
    [4, 'never'],
  ])
  expect(states[0]?.speed).toMatchObject({ kind: 'value', value: 54, unit: 'km/h' })
  expect(states[3]?.speed).toMatchObject({ staleSince: now - 40_000 })
})
