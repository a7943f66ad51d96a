import { describe, expect, test } from 'vitest'
import { wgs84ToGcj02 } from './coordinateSystem'
import type { LonLat } from './coordinateSystem'
import { judgeTracks } from './undeclaredGcj02'

const METRE = 1 / 111_195
/** Streets every 230 m east and 310 m north around Beijing; GCJ-02 moves by 560 m there, no multiple of either. */
const [EAST, NORTH] = [230 * METRE * 1.304, 310 * METRE]
const away = (value: number, step: number): number => Math.abs(value / step - Math.round(value / step)) * step
const toRoad = ({ longitude, latitude }: LonLat): number =>
  Math.min(away(longitude, EAST) / METRE / 1.304, away(latitude, NORTH) / METRE)

/** A repeatable wobble of up to 8 m. */
const wobble = (i: number): number => Math.sin(i * 12.9898) * 8 * METRE

function drives(size: number): LonLat[] {
  return Array.from({ length: size }, (_, i) => {
    const isAlongStreet = i % 2 === 0
    const column = Math.round(116.4 / EAST) + (i % 7)
    const row = Math.round(39.9 / NORTH) + (i % 5)
    const along = ((i * 37) % 101) / 101
    return {
      longitude: (isAlongStreet ? column + along : column) * EAST + wobble(i),
      latitude: (isAlongStreet ? row : row + along) * NORTH + wobble(i + 0.5),
    }
  })
}

describe('tracks around Beijing', () => {
  test('as they are', () => {
    const verdict = judgeTracks(drives(400), toRoad)
    expect(verdict.system).toBe('WGS84')
    expect(verdict.asWritten).toBeLessThan(8)
  })

  test('in GCJ-02 that nobody declared: found, with its offset of 300 to 700 m in one direction', () => {
    const verdict = judgeTracks(
      drives(400).map((place) => wgs84ToGcj02(place)),
      toRoad,
    )
    expect(verdict.system).toBe('GCJ02')
    expect(verdict.asGcj02).toBeLessThan(8)
    expect(verdict.asWritten).toBeGreaterThan(16)
    expect(verdict.offsetMetres).toBeGreaterThan(300)
    expect(verdict.offsetMetres).toBeLessThan(700)
    const one = wgs84ToGcj02({ longitude: 116.4, latitude: 39.9 })
    const bearing = (Math.atan2((one.longitude - 116.4) / 1.304, one.latitude - 39.9) * 180) / Math.PI
    expect(Math.abs(verdict.offsetBearing - bearing)).toBeLessThan(5)
  })

  test('places that lie on no road either way decide nothing, and neither do too few', () => {
    const fields = drives(400).map(({ longitude, latitude }, i) => ({
      longitude: longitude + ((i * 53) % 97) * 3 * METRE,
      latitude: latitude + ((i * 71) % 89) * 3 * METRE,
    }))
    expect(judgeTracks(fields, toRoad).system).toBe('unknown')
    expect(
      judgeTracks(
        drives(20).map((place) => wgs84ToGcj02(place)),
        toRoad,
      ).system,
    ).toBe('unknown')
  })
})

test('outside China there is nothing to find', () => {
  const places = drives(100).map(({ longitude, latitude }) => ({ longitude: longitude - 109, latitude: latitude + 4 }))
  expect(judgeTracks(places, () => 5).system).toBe('unknown')
})
