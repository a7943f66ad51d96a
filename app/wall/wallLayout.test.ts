import { expect, test } from 'vitest'
import { typeScale, usualViewing } from '@/app/ui/typeScale'
import { RIBBON_HOURS, wallLayout } from './wallLayout'

const of = (width: number, height: number, banded = true) =>
  wallLayout({ width, height, type: typeScale(usualViewing(width)), banded })

test.each([
  [7680, 2160],
  [3840, 2160],
  [2560, 1440],
  [1920, 1080],
])('%d × %d: columns do not meet, nothing leaves the wall', (width, height) => {
  const { now, city, nowLine, right, ribbon, band } = of(width, height)
  expect(now.left + now.width).toBeLessThan(nowLine)
  expect(city.left + city.width).toBeLessThanOrEqual(right[0]!.left)
  for (const column of right) {
    expect(column.left).toBeGreaterThan(nowLine)
    expect(column.left + column.width).toBeLessThanOrEqual(width)
    expect(column.top + column.height).toBeLessThanOrEqual(ribbon.top)
  }
  expect(band?.width).toBe(width)
  expect(ribbon.top + ribbon.height).toBe(height)
})

test('now falls where the past of the ribbon ends, within a hair', () => {
  const { ribbon, nowLine } = of(3840, 2160)
  const share = RIBBON_HOURS.past / (RIBBON_HOURS.past + RIBBON_HOURS.ahead)
  expect(Math.abs(ribbon.left + ribbon.width * share - nowLine)).toBeLessThan(3840 * 0.004)
})

test('a wide wall has two columns on the right, a screen one; the live world wears no band', () => {
  expect(of(7680, 2160).right).toHaveLength(2)
  expect(of(1920, 1080).right).toHaveLength(1)
  expect(of(1920, 1080, false).band).toBeUndefined()
})

test('on tiles with bezels no column of text crosses one', () => {
  const grid = {
    columns: 3,
    rows: 2,
    tileWidth: 3840,
    tileHeight: 2160,
    bezelX: 40,
    bezelY: 40,
    pitch: 1.25,
    distance: 8,
  }
  const [width, height] = [3 * 3840 + 80, 2 * 2160 + 40]
  const { now, right } = wallLayout({ width, height, type: typeScale(grid), banded: true, grid })
  for (const { left, width: wide } of [now, ...right]) {
    for (const bezel of [3840, 7720]) {
      expect(left + wide <= bezel - 60 || left >= bezel + 40 + 60, `${left} + ${wide} and ${bezel}`).toBe(true)
    }
  }
})
