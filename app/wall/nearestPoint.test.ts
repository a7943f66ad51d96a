import { expect, test } from 'vitest'
import type { MapPoints } from '@/app/map2d/drawPoints'
import { nearestPoint } from './nearestPoint'

const points: MapPoints = {
  sensors: [
    { key: 'a', position: [0, 0], state: 'fresh' },
    { key: 'b', position: [1, 0], state: 'stale' },
  ],
  movers: [{ no: 7, position: [1, 0], heading: 0, trail: [] }],
  rings: [],
  reports: [{ key: 'r', position: [5, 5], radius: 1, urgency: 0 }],
  selected: [],
}
const project = ([x, y]: readonly [number, number]): [number, number] => [x * 10, y * 10]

test('the nearest within reach, a gauge before a mover at the same place, nothing far from all', () => {
  expect(nearestPoint(points, project, [3, 0], 16)).toEqual({ kind: 'thing', key: 'a', x: 0, y: 0 })
  expect(nearestPoint(points, project, [9, 1], 16)).toMatchObject({ kind: 'thing', key: 'b' })
  expect(nearestPoint(points, project, [52, 50], 16)).toMatchObject({ kind: 'report', id: 'r' })
  expect(nearestPoint(points, project, [30, 30], 16)).toBeUndefined()
})
