import * as msgpack from 'socket.io-msgpack-parser'
import { expect, test } from 'vitest'
import { deltaHead } from './deltaHead'

const packed = (data: readonly unknown[]): Buffer =>
  (new msgpack.Encoder().encode({ type: 2, nsp: '/', data }) as unknown as Buffer[])[0]!

test('the head of a packed delta is read without unpacking it', () => {
  const body = { channel: 'readings', rows: new Uint8Array(20_000) }
  for (const [from, to, at] of [
    [0, 1, 1_800_000_000_123],
    [300, 301, 1_700_000_000_000],
    [70_000, 70_001, 1_800_000_000_123.5],
  ] as const) {
    const delta = {
      protocol: 1,
      world: 3,
      epoch: 7,
      from,
      to,
      at,
      catalogueVersion: 4,
      traces: [{ id: 'a', receivedAt: 1 }],
      body,
    }
    expect(deltaHead(packed(['delta', delta]))).toEqual({ from, to, at, merged: 0 })
    expect(deltaHead(packed(['delta', { ...delta, merged: 12 }]))?.to).toBe(to)
  }
  expect(deltaHead(packed(['pulse', { at: 5, epoch: 1, world: 'x' }]))).toBeUndefined()
})
