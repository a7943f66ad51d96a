import { parseIso } from '@/domain/feed/timeText'
import { type EpochMillis, toIso } from '@/domain/time'
import { type Result, err } from '@/domain/result'
import {
  type Cursor,
  ProtoWriter,
  type WireMessage,
  intOf,
  messageOf,
  readMessage,
  readVarint,
  realOf,
  textOf,
} from '../protobuf'
import { type CotEvent, type CotRefusal, checkCot, detailElement, numberOf } from './cotEvent'

/** TAK protocol version 1. Numbers are those of takmessage.proto and cotevent.proto. */
const MAGIC = 0xbf
const VERSION = 1
const EVENT_TEXTS = [
  [1, 'type'],
  [2, 'access'],
  [3, 'qos'],
  [4, 'opex'],
  [5, 'uid'],
  [9, 'how'],
] as const
const EVENT_TIMES = [
  [6, 'time'],
  [7, 'start'],
  [8, 'stale'],
] as const
const POINT = [
  [10, 'lat'],
  [11, 'lon'],
  [12, 'hae'],
  [13, 'ce'],
  [14, 'le'],
] as const

/** Typed parts of a detail: field, element and its texts by field number. */
const DETAIL_PARTS: readonly { field: number; name: string; texts: readonly (readonly [number, string])[] }[] = [
  {
    field: 2,
    name: 'contact',
    texts: [
      [1, 'endpoint'],
      [2, 'callsign'],
    ],
  },
  {
    field: 3,
    name: '__group',
    texts: [
      [1, 'name'],
      [2, 'role'],
    ],
  },
  {
    field: 4,
    name: 'precisionlocation',
    texts: [
      [1, 'geopointsrc'],
      [2, 'altsrc'],
    ],
  },
  {
    field: 6,
    name: 'takv',
    texts: [
      [1, 'device'],
      [2, 'platform'],
      [3, 'os'],
      [4, 'version'],
    ],
  },
]

const broken = (message: string): Result<never, CotRefusal> => err({ reason: 'protobufBroken', message })

/** Reads one datagram: mesh header BF 01 BF, or a stream header BF and a length, before a TakMessage. */
export function readCotProto(bytes: Uint8Array): Result<CotEvent, CotRefusal> {
  const payload = payloadOf(bytes)
  if (payload === undefined) return broken('The header is neither that of a datagram nor that of a stream.')
  const message = readMessage(payload)
  const event = message === undefined ? undefined : messageOf(message, 2)
  if (event === undefined) return broken('There is no CotEvent in the message.')
  return checkCot({ attributes: attributesOf(event), point: pointOf(event), detail: detailOf(messageOf(event, 15)) })
}

function payloadOf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== MAGIC) return undefined
  if (bytes[1] === VERSION && bytes[2] === MAGIC) return bytes.subarray(3)
  const cursor: Cursor = { bytes, at: 1 }
  const length = readVarint(cursor)
  return length === bytes.length - cursor.at ? bytes.subarray(cursor.at) : undefined
}

function attributesOf(event: WireMessage): Record<string, string> {
  const attributes: Record<string, string> = { version: '2.0' }
  for (const [field, name] of EVENT_TEXTS) {
    const text = textOf(event, field)
    if (text !== undefined) attributes[name] = text
  }
  for (const [field, name] of EVENT_TIMES) {
    const moment = intOf(event, field)
    if (moment !== undefined && Math.abs(moment) <= 8.64e15) attributes[name] = toIso(moment as EpochMillis)
  }
  return attributes
}

const pointOf = (event: WireMessage): Record<string, string> =>
  Object.fromEntries(POINT.map(([field, name]) => [name, String(realOf(event, field) ?? 0)]))

function detailOf(detail: WireMessage | undefined): string {
  if (detail === undefined) return ''
  const parts = DETAIL_PARTS.flatMap(({ field, name, texts }) => {
    const part = messageOf(detail, field)
    if (part === undefined) return []
    const set = texts.flatMap(([no, attribute]) => {
      const text = textOf(part, no)
      return text === undefined ? [] : [[attribute, text] as const]
    })
    return [detailElement(name, Object.fromEntries(set))]
  })
  const status = messageOf(detail, 5)
  if (status !== undefined) parts.push(detailElement('status', { battery: String(intOf(status, 1) ?? 0) }))
  const track = messageOf(detail, 7)
  if (track !== undefined) {
    parts.push(detailElement('track', { speed: String(realOf(track, 1) ?? 0), course: String(realOf(track, 2) ?? 0) }))
  }
  return (textOf(detail, 1) ?? '') + parts.join('')
}

/** Writes a datagram. The whole detail goes as XML, which every reader of version 1 must take: nothing is lost. */
export function writeCotProto({ attributes, point, detail }: CotEvent): Uint8Array {
  const event = new ProtoWriter()
  for (const [field, name] of EVENT_TEXTS) event.text(field, attributes[name] ?? '')
  for (const [field, name] of EVENT_TIMES) event.uint(field, BigInt(Math.trunc(parseIso(attributes[name] ?? '') || 0)))
  for (const [field, name] of POINT) event.double(field, numberOf(point[name]) || 0)
  event.message(15, new ProtoWriter().text(1, detail).bytes())
  const message = new ProtoWriter().message(2, event.bytes()).bytes()
  return Uint8Array.from([MAGIC, VERSION, MAGIC, ...message])
}
