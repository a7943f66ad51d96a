import { Decoder, Encoder, PacketType } from 'socket.io-msgpack-parser'
import type { Body, Delta, Keyframe } from '@/domain/fold/delta'
import type { Pulse } from '@/domain/api/socket'

/** An event as it lies on the wire: the same bytes go to every screen of a room and to the other servers. */
export type Frame = Buffer

interface Sent {
  readonly delta: Delta
  readonly keyframe: Keyframe
  readonly pulse: Pulse
}
/** One decoded event; the name tells what the payload is. */
export type Received = { [Name in keyof Sent]: { readonly name: Name; readonly payload: Sent[Name] } }[keyof Sent]

const encoder = new Encoder()

/** Encodes an event once, as socket.io's own msgpack parser would for each socket. */
export function encodeFrame<Name extends keyof Sent>(name: Name, payload: Sent[Name]): Frame {
  const wire = 'body' in payload ? { ...payload, body: asBuffers(payload.body) } : payload
  const [frame] = encoder.encode({ type: PacketType.EVENT, nsp: '/', data: [name, wire] }) as unknown as Buffer[]
  if (frame === undefined) throw new RangeError('The parser made no frame.')
  return frame
}

/** Reads what `encodeFrame` made, on another server. Throws on anything else. */
export function decodeFrame(frame: Frame): Received {
  const decoder = new Decoder()
  let decoded: { data: [string, unknown] } | undefined
  decoder.on('decoded', (packet: { data: [string, unknown] }) => (decoded = packet))
  decoder.add(frame)
  if (decoded === undefined) throw new RangeError('A frame that holds no event.')
  const [name, payload] = decoded.data
  return { name, payload } as Received
}

// Plain bytes would travel as a whole ArrayBuffer that the parser copies byte by byte; a Buffer is one copy.
function asBuffers(body: Body): Body {
  if (body.channel !== 'readings' && body.channel !== 'movers') return body
  const { rows } = body
  return { channel: body.channel, rows: Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength) }
}
