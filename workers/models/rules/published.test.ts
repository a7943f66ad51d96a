import { expect, test } from 'vitest'
import { evaluateRule } from './model'

test('rise of a level per hour over ten minutes, by hand', () => {
  const events = [1, 1.02, 1.09, 1.2].map((v, i) => ({ t: 300 * i, key: 'w', v }))
  const { open, changes } = evaluateRule(
    { type: 'rate', perSeconds: 3600, op: '>=', value: 0.5, windowSeconds: 600 },
    events,
  )
  expect(changes).toEqual([null, 0.24, 0.54, 1.08])
  expect(open).toEqual([{ t: 600, group: 'w' }])
})

test('three silent minutes and half a minute of grace, by hand', () => {
  const events = [0, 60, 120, 400].map((t) => ({ t, key: 'g1' }))
  const { open, close } = evaluateRule(
    { type: 'absence', expectEverySeconds: 60, graceSeconds: 30, missing: 3 },
    events,
  )
  expect(open).toEqual([{ t: 330, group: 'g1' }])
  expect(close).toEqual([{ t: 400, group: 'g1' }])
})
