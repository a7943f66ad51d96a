/** What a bench must know of a delta without unpacking its 20 KB. */
export interface DeltaHead {
  readonly from: number
  readonly to: number
  /** Machine time of the server, epoch ms. */
  readonly at: number
  readonly merged: number
}

const HEAD_BYTES = 8_192
const key = (name: string): Buffer => Buffer.from([0xa0 | name.length, ...Buffer.from(name)])
const KEYS = { delta: key('delta'), from: key('from'), to: key('to'), at: key('at'), merged: key('merged') }

/** Reads the head of a msgpack packet; undefined when it is no delta. Its keys stand before the rows. */
export function deltaHead(packet: Buffer): DeltaHead | undefined {
  const head = packet.subarray(0, HEAD_BYTES)
  const start = head.indexOf(KEYS.delta)
  if (start < 0) return undefined
  const number = (name: Buffer): number => {
    const at = head.indexOf(name, start)
    return at < 0 ? 0 : numberAt(packet, at + name.length)
  }
  return { from: number(KEYS.from), to: number(KEYS.to), at: number(KEYS.at), merged: number(KEYS.merged) }
}

function numberAt(bytes: Buffer, at: number): number {
  const kind = bytes[at] ?? 0
  if (kind < 0x80) return kind
  switch (kind) {
    case 0xcc:
      return bytes.readUInt8(at + 1)
    case 0xcd:
      return bytes.readUInt16BE(at + 1)
    case 0xce:
      return bytes.readUInt32BE(at + 1)
    case 0xcf:
      return Number(bytes.readBigUInt64BE(at + 1))
    case 0xcb:
      return bytes.readDoubleBE(at + 1)
    default:
      return Number.NaN
  }
}
