import { expect, test } from 'vitest'
import type { ModelRun } from '@/domain/runs/modelRun'
import { frameAt, shownForecast } from './shownForecast'

const MINUTE = 60_000
const run = (id: string, state: ModelRun['state'], minute: number, more: Partial<ModelRun> = {}): ModelRun =>
  ({
    ...{ id, state, kind: 'official', rung: 'full' },
    ...{ issueTime: minute * MINUTE, validTo: (minute + 180) * MINUTE },
    ...more,
  }) as ModelRun

test('the newest product with a map is shown; a rule after it hatches the map and keeps its own list', () => {
  const [old, rule] = [run('old', 'superseded', 0), run('rule', 'fallback', 10, { rung: 'rule' })]
  expect(shownForecast([old], MINUTE)).toMatchObject({ product: old, mapped: old, outdated: false })
  expect(shownForecast([rule, old], 11 * MINUTE)).toMatchObject({ product: rule, mapped: old, outdated: true })
})

test('a map is out of date when its time is over, when it is old, and when the newest run failed', () => {
  const product = run('a', 'draft', 0)
  expect(shownForecast([product], 29 * MINUTE).outdated).toBe(false)
  expect(shownForecast([product], 31 * MINUTE).outdated).toBe(true)
  expect(shownForecast([run('b', 'failed', 5), product], 6 * MINUTE).outdated).toBe(true)
  expect(shownForecast([run('b', 'running', 5), product], 6 * MINUTE).outdated).toBe(false)
})

test('a what-if and a cancelled product never stand for the official one', () => {
  const whatIf = run('w', 'draft', 10, { kind: 'whatIf' })
  expect(shownForecast([whatIf], 0)).toMatchObject({ newest: undefined, product: undefined, outdated: true })
  expect(shownForecast([run('c', 'cancelled', 0)], 0).product).toBeUndefined()
})

test('a moment has its nearest frame', () => {
  const frames = [0, 10, 20].map((minute) => ({ validTime: minute * MINUTE }))
  expect(frameAt(frames, 14 * MINUTE)).toBe(1)
  expect(frameAt(frames, 500 * MINUTE)).toBe(2)
})
