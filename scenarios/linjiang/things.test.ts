import { expect, test } from 'vitest'
import { HALF_SIZE } from './ground/extent'
import { THINGS } from './things'
import { toDegrees } from './curve'

test('every place has a key and a position of its own and stands in the city', () => {
  expect(new Set(THINGS.map(({ key }) => key)).size).toBe(THINGS.length)
  const outside = THINGS.filter(({ at: [x, y] }) => Math.max(Math.abs(x), Math.abs(y)) > HALF_SIZE).map(
    ({ key }) => key,
  )
  expect(outside).toEqual([])
  expect(new Set(THINGS.map(({ at }) => toDegrees(at).join())).size).toBe(THINGS.length)
})
