import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bd09ToGcj02, gcj02ToBd09, gcj02ToWgs84, toCgcs2000, WGS84_AXIS, wgs84ToGcj02 } from './coordinateSystem'

const at = (longitude: number, latitude: number) => ({ longitude, latitude })

// Published forward vectors, each checked to the digits given there.
const published = [
  { from: at(113.6254, 34.7466), to: at(113.631447, 34.745417), digits: 1e-6 },
  { from: at(116.391349, 39.907375), to: at(116.39759, 39.908776), digits: 1e-6 },
  { from: at(121.4737, 31.2304), to: at(121.478223, 31.228458), digits: 1e-6 },
  // eviltransform computes on the WGS84 axis: it differs by less than 2e-5 degrees.
  { from: at(121.5272106, 31.1774276), to: at(121.531541859215, 31.17530398364597), digits: 2e-5 },
  { from: at(116.377817, 39.911954), to: at(116.38404722455657, 39.91334545536069), digits: 2e-5 },
]

describe('GCJ-02', () => {
  test.each(published)('$from goes to its published place', ({ from, to, digits }) => {
    const moved = wgs84ToGcj02(from)
    expect(Math.abs(moved.longitude - to.longitude)).toBeLessThan(digits)
    expect(Math.abs(moved.latitude - to.latitude)).toBeLessThan(digits)
  })

  test('on the axis of eviltransform gives its published place, and comes back', () => {
    const moved = wgs84ToGcj02(at(121.5272106, 31.1774276), WGS84_AXIS)
    expect(Math.abs(moved.longitude - 121.531541859215)).toBeLessThan(1e-6)
    expect(Math.abs(moved.latitude - 31.17530398364597)).toBeLessThan(1e-6)
    expect(gcj02ToWgs84(moved, WGS84_AXIS).longitude).toBeCloseTo(121.5272106, 8)
  })

  test('is WGS84 outside China', () => {
    expect(wgs84ToGcj02(at(139.6503, 35.6762))).toEqual(at(139.6503, 35.6762))
  })

  test('comes back to within 1e-7 degrees anywhere in China, also through BD-09', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 74, max: 134, noNaN: true }),
        fc.double({ min: 4, max: 53, noNaN: true }),
        (x, y) => {
          const back = gcj02ToWgs84(wgs84ToGcj02(at(x, y)))
          expect(Math.abs(back.longitude - x)).toBeLessThan(1e-7)
          expect(Math.abs(back.latitude - y)).toBeLessThan(1e-7)
        },
      ),
    )
  })

  test('BD-09 is undone to a metre, the accuracy of its published approximation', () => {
    const gcj = at(116.39759, 39.908776)
    const back = bd09ToGcj02(gcj02ToBd09(gcj))
    expect(Math.abs(back.longitude - gcj.longitude)).toBeLessThan(1e-5)
    expect(Math.abs(back.latitude - gcj.latitude)).toBeLessThan(1e-5)
  })
})

test('WGS84 and CGCS2000 are taken as they are', () => {
  expect(toCgcs2000('WGS84', at(116, 40))).toEqual(at(116, 40))
  expect(toCgcs2000('CGCS2000', at(116, 40))).toEqual(at(116, 40))
  expect(toCgcs2000('GCJ02', wgs84ToGcj02(at(116, 40))).longitude).toBeCloseTo(116, 7)
})
