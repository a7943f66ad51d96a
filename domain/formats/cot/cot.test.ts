import { expect, test } from 'vitest'
import { type CotEvent, readCot, writeCot } from './cotEvent'
import { readCotProto, writeCotProto } from './cotProto'
import { cotFormat } from './format'

const EVENT: CotEvent = {
  attributes: {
    version: '2.0',
    uid: 'CN-FIRE-0123',
    type: 'a-f-G-E-V-f',
    time: '2026-07-20T09:10:05.000Z',
    start: '2026-07-20T09:10:05.000Z',
    stale: '2026-07-20T09:12:05.000Z',
    how: 'm-g',
  },
  point: { lat: '34.7701', lon: '113.6322', hae: '98.5', ce: '8', le: '9999999' },
  detail:
    '<contact callsign="水域救援1车"/><track course="87.0" speed="9.1"/><usericon iconsetpath="a/b/c.png"/><remarks>a &lt; b</remarks>',
}

test('500 events keep every field through XML and through protobuf', () => {
  for (let i = 0; i < 500; i++) {
    const event = {
      ...EVENT,
      attributes: { ...EVENT.attributes, uid: `u-${i}`, type: `a-f-G-${i}` },
      point: { ...EVENT.point, lat: String(i / 7 - 30) },
    }
    expect(readCot(writeCot(event))).toEqual({ ok: true, value: event })
    expect(readCotProto(writeCotProto(event))).toEqual({ ok: true, value: event })
  }
})

test('cells: place, callsign, track; what is unknown is left out', () => {
  const [row] = cotFormat(new TextEncoder().encode(writeCot(EVENT))).rows
  expect(row?.fields).toMatchObject({ uid: 'CN-FIRE-0123', latitude: 34.7701, hae: 98.5, heading: 87, speed: 9.1 })
  expect(row?.fields).toMatchObject({ callsign: '水域救援1车', remarks: 'a < b', icon: 'a/b/c.png' })
  expect(row?.fields).not.toHaveProperty('le')
  expect(cotFormat(writeCotProto(EVENT)).rows[0]?.fields).toEqual(row?.fields)
})

test('an event without a point, a time or a place is refused for that', () => {
  const reasonOf = (event: CotEvent): string | undefined => {
    const read = readCot(writeCot(event))
    return read.ok ? undefined : read.error.reason
  }
  expect(reasonOf({ ...EVENT, point: { lat: '91', lon: '0' } })).toBe('placeUnreadable')
  expect(reasonOf({ ...EVENT, attributes: { ...EVENT.attributes, stale: 'soon' } })).toBe('timeUnreadable')
  expect(reasonOf({ ...EVENT, attributes: { ...EVENT.attributes, uid: '' } })).toBe('attributeMissing')
  expect(cotFormat(Uint8Array.of(0xbf, 1, 0xbf, 0xff)).refused[0]?.reason).toBe('protobufBroken')
})
