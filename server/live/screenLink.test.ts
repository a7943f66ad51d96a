import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { EngineLink } from './screenLink'

class TrialEngine extends EventEmitter {
  readonly writeBuffer: { data: Uint8Array }[] = []
  readonly transport = { socket: { bufferedAmount: 0 } }
  readonly write = (): void => undefined
}

const frame = (bytes: number) => Buffer.alloc(bytes)

function trial() {
  const engine = new TrialEngine()
  return { engine, link: new EngineLink(engine) }
}

test('what this process still holds is unsent', () => {
  const { engine, link } = trial()
  engine.transport.socket.bufferedAmount = 700
  engine.writeBuffer.push({ data: new Uint8Array(50) })
  expect(link.unsentBytes()).toBe(750)
})

test('what the kernels swallowed counts from a ping on until its answer', () => {
  const { engine, link } = trial()
  link.send(frame(5_000))
  expect(link.unsentBytes()).toBe(0)
  engine.emit('packetCreate', { type: 'ping' })
  link.send(frame(300))
  engine.emit('packetCreate', { type: 'message' })
  link.send(frame(20))
  expect(link.unsentBytes()).toBe(320)
  engine.emit('heartbeat')
  expect(link.unsentBytes()).toBe(0)
})
