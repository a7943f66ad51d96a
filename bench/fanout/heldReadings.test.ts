import * as msgpack from 'socket.io-msgpack-parser'
import { expect, test } from 'vitest'
import { PictureStore } from '@/domain/fold/picture'
import { packReadings } from '@/domain/fold/wireColumns'
import { harmed, HeldReadings, readingsOf } from './heldReadings'

function packet(values: readonly number[]): Buffer {
  const { readings } = new PictureStore()
  for (const [no, value] of values.entries()) {
    readings.reach(no)
    readings.value[no] = value
  }
  const rows = packReadings(readings, [...values.keys()])
  const delta = { from: 1, to: 2, at: 3, body: { channel: 'readings', rows } }
  return (new msgpack.Encoder().encode({ type: 2, nsp: '/', data: ['delta', delta] }) as unknown as Buffer[])[0]!
}

test('a screen holds what its deltas carry, and a harmed delta is told from a whole one', () => {
  const sent = [4, 5.5, -6]
  const held = new HeldReadings(3)
  expect(held.equals(sent)).toBe(false)
  held.put(readingsOf(packet(sent)))
  expect(held.equals(sent)).toBe(true)
  const altered = readingsOf(packet(sent))
  expect(harmed(altered, 1, 'alter')).toBe(1)
  held.put(altered)
  expect(held.equals(sent)).toBe(false)
  expect([harmed(altered, 1, 'drop'), harmed(altered, 1, 'double')]).toEqual([0, 2])
})
