import { expect, test } from 'vitest'
import { tinyCity } from '../tinyCity'
import { PICTURES, drawPicture } from './pictures'
import { frameOf } from './plan'

const city = tinyCity()

test('each picture is the same text twice, is drawn inside its sheet, and counts what it shows', () => {
  for (const picture of PICTURES) {
    const svg = drawPicture(city, picture, frameOf(city))
    expect(drawPicture(city, picture, frameOf(city))).toBe(svg)
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!
    const numbers = [...svg.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)]
    const inside = numbers.filter(
      ([, x, y]) =>
        Number(x) >= -1 && Number(x) <= Number(width) + 1 && Number(y) >= -1 && Number(y) <= Number(height) + 1,
    )
    expect(inside.length, picture).toBeGreaterThan(numbers.length * 0.5)
  }
  const underpasses = city.facilities.filter(({ kind }) => kind === 'underpass').length
  expect(drawPicture(city, 'drains', frameOf(city))).toContain(`underpasses: ${underpasses}`)
})

test('a square around a place is as high as wide, and what is elsewhere is left out', () => {
  const far = frameOf(city, { longitude: 10, latitude: 10, kilometres: 2 })
  const svg = drawPicture(city, 'roads', far)
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!
  expect(Math.abs(Number(width) - Number(height))).toBeLessThanOrEqual(2)
  expect(svg).not.toContain('<path')
})
