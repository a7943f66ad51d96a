import { expect, test } from 'vitest'
import { ServerClock } from './serverClock'

test('the exchange with the shortest way decides', () => {
  const clock = new ServerClock()
  clock.take(1000, 6050, 1100) // 5 000 ahead, measured over 100 ms
  clock.take(2000, 7300, 2500) // a slow exchange, 50 off
  expect(clock.best).toEqual({ offset: 5000, roundTrip: 100 })
})

test('an old sample is forgotten after eight newer ones', () => {
  const clock = new ServerClock()
  clock.take(0, 900, 2)
  for (let i = 0; i < 8; i++) clock.take(1000 * i, 1000 * i + 10, 1000 * i + 20)
  expect(clock.best.offset).toBe(0)
})

test('a clock that was set back between send and answer is not believed', () => {
  const clock = new ServerClock()
  clock.take(2000, 5, 1000)
  expect(clock.best.roundTrip).toBe(Number.POSITIVE_INFINITY)
})
