import { describe, expect, test } from 'vitest'
import { StoredGrains } from './storedGrains'

const at = (offset: number) => ({ epoch: 1, offset })

describe('what the store holds', () => {
  test('is told by grains that passed, are logged, and lie before the position', () => {
    const grains = new StoredGrains()
    const first = grains.begin(1_000)
    const second = grains.begin(1_300)
    expect(first.no).toBeLessThan(second.no)
    expect(grains.storedBelow(2_000, at(100))).toBe(first.no)
    grains.logged(first, at(10))
    grains.logged(second, at(20))
    expect(grains.storedBelow(2_000, at(9))).toBe(first.no)
    expect(grains.storedBelow(2_000, at(10))).toBe(second.no)
    expect(grains.storedBelow(2_000, at(20))).toBe(8)
  })

  test('never counts the present grain: another batch may still come into it', () => {
    const grains = new StoredGrains()
    const one = grains.begin(1_000)
    grains.logged(one, at(10))
    expect(grains.storedBelow(1_100, at(10))).toBe(one.no)
    const other = grains.begin(1_200)
    expect(other).toBe(one)
    expect(grains.storedBelow(1_300, at(10))).toBe(one.no)
    grains.logged(other, at(30))
    expect(grains.storedBelow(1_300, at(29))).toBe(one.no)
    expect(grains.storedBelow(1_300, at(30))).toBe(5)
  })

  test('waits for nothing of a batch that came to nothing, and stands a clock that goes back', () => {
    const grains = new StoredGrains()
    grains.logged(grains.begin(5_000), undefined)
    expect(grains.storedBelow(6_000, at(0))).toBe(24)
    const late = grains.begin(1_000)
    expect(late.no).toBe(24)
    expect(grains.storedBelow(1_000, at(99))).toBe(24)
  })
})
