import { type CellValue, type FormatReading, ReadingBuilder } from '../reading'
import { AisBits, type AisSentence, readSentence } from './sentence'

type Fields = Record<string, CellValue | undefined>

interface Begun {
  readonly line: number
  readonly text: string
  readonly parts: AisSentence[]
}

const OPEN_MOST = 64

/** Reads lines of NMEA. Each message is a row with `mmsi` and `type`; `kind` is position, static or other. */
export function aisFormat(bytes: Uint8Array): FormatReading {
  const builder = new ReadingBuilder()
  const open = new Map<string, Begun>()
  const lines = new TextDecoder('iso-8859-1').decode(bytes).split(/\r?\n/)
  lines.forEach((text, i) => {
    if (text.trim() === '') return
    const read = readSentence(text.trim())
    if (!read.ok) return builder.refuse(i + 1, read.error, text)
    const whole = wholeOf(builder, open, { line: i + 1, text, parts: [read.value] })
    if (whole !== undefined) message(builder, whole)
  })
  for (const begun of open.values()) unfinished(builder, begun)
  return builder
}

/** The message that a sentence completes. Parts follow one another; a gap ends the message that was begun. */
function wholeOf(builder: ReadingBuilder, open: Map<string, Begun>, piece: Begun): Begun | undefined {
  const [sentence] = piece.parts
  if (sentence === undefined || sentence.total === 1) return piece
  const key = `${sentence.group}/${sentence.channel}/${sentence.total}`
  const begun = open.get(key)
  if (begun === undefined || begun.parts.length !== sentence.no - 1) {
    if (begun !== undefined) unfinished(builder, begun)
    open.delete(key)
    if (sentence.no === 1 && open.size < OPEN_MOST) open.set(key, piece)
    else unfinished(builder, piece)
    return undefined
  }
  begun.parts.push(sentence)
  const grown = { ...begun, text: `${begun.text}\n${piece.text}` }
  if (sentence.no < sentence.total) open.set(key, grown)
  else open.delete(key)
  return sentence.no === sentence.total ? grown : undefined
}

function unfinished(builder: ReadingBuilder, { line, text, parts }: Begun): void {
  const told = `Part ${parts.at(-1)?.no ?? 0} of ${parts[0]?.total ?? 0} stands alone: the rest did not come.`
  builder.refuse(line, { reason: 'partMissing', message: told }, text)
}

function message(builder: ReadingBuilder, { line, text, parts }: Begun): void {
  const bits = new AisBits(parts.map(({ payload }) => payload).join(''), parts.at(-1)?.fill ?? 0)
  const type = bits.uint(0, 6)
  const shortest = SHORTEST.get(type) ?? 40
  if (type < 1 || type > 27 || bits.length < shortest) {
    const told = `A message of type ${type} has at least ${shortest} bits, this one ${bits.length}.`
    return builder.refuse(line, { reason: 'messageShort', message: told }, text)
  }
  const head = { mmsi: String(bits.uint(8, 30)).padStart(9, '0'), type }
  builder.row(line, { ...head, ...bodyOf(type, bits) }, text)
}

/** Bits of the types that are read in full. */
const SHORTEST: ReadonlyMap<number, number> = new Map([
  [1, 149],
  [2, 149],
  [3, 149],
  [4, 168],
  [5, 420],
  [9, 168],
  [18, 168],
  [19, 312],
  [21, 272],
  [24, 160],
  [27, 96],
])

const classA = (bits: AisBits): Fields => ({
  kind: 'position',
  status: bits.uint(38, 4),
  turn: bits.int(42, 8) === -128 ? undefined : bits.int(42, 8),
  ...place(bits, { longitude: 61, latitude: 89, speed: 50, course: 116, heading: 128 }),
  second: bits.uint(137, 6),
})

const classB = (bits: AisBits): Fields => ({
  kind: 'position',
  ...place(bits, { longitude: 57, latitude: 85, speed: 46, course: 112, heading: 124 }),
})

const staticReport = (bits: AisBits): Fields =>
  bits.uint(38, 2) === 0
    ? { kind: 'static', name: bits.text(40, 20) }
    : { kind: 'static', shipType: bits.uint(40, 8), callsign: bits.text(90, 7) }

const voyage = (bits: AisBits): Fields => ({
  kind: 'static',
  imo: bits.uint(40, 30) || undefined,
  callsign: bits.text(70, 7),
  name: bits.text(112, 20),
  shipType: bits.uint(232, 8),
  draughtM: bits.uint(294, 8) / 10,
  destination: bits.text(302, 20),
})

const BODIES: ReadonlyMap<number, (bits: AisBits) => Fields> = new Map([
  [1, classA],
  [2, classA],
  [3, classA],
  [4, (bits) => ({ kind: 'position', ...place(bits, { longitude: 79, latitude: 107 }) })],
  [5, voyage],
  [9, (bits) => ({ kind: 'position', ...place(bits, { longitude: 61, latitude: 89, course: 116 }) })],
  [18, classB],
  [19, (bits) => ({ ...classB(bits), name: bits.text(143, 20) })],
  [21, (bits) => ({ kind: 'position', name: bits.text(43, 20), ...place(bits, { longitude: 164, latitude: 192 }) })],
  [24, staticReport],
  [27, (bits) => ({ kind: 'position', ...coarsePlace(bits) })],
])

const bodyOf = (type: number, bits: AisBits): Fields => BODIES.get(type)?.(bits) ?? { kind: 'other' }

interface PlaceBits {
  readonly longitude: number
  readonly latitude: number
  readonly speed?: number
  readonly course?: number
  readonly heading?: number
}

/** Degrees of WGS84, speed in knots; what the ship says it does not know is left out. */
function place(bits: AisBits, at: PlaceBits): Fields {
  const longitude = bits.int(at.longitude, 28) / 600_000
  const latitude = bits.int(at.latitude, 27) / 600_000
  const speed = at.speed === undefined ? 1023 : bits.uint(at.speed, 10)
  const course = at.course === undefined ? 3600 : bits.uint(at.course, 12)
  const heading = at.heading === undefined ? 511 : bits.uint(at.heading, 9)
  return {
    longitude: Math.abs(longitude) <= 180 ? longitude : undefined,
    latitude: Math.abs(latitude) <= 90 ? latitude : undefined,
    speed: speed === 1023 ? undefined : speed / 10,
    course: course >= 3600 ? undefined : course / 10,
    heading: heading < 360 ? heading : undefined,
  }
}

function coarsePlace(bits: AisBits): Fields {
  const longitude = bits.int(44, 18) / 600
  const latitude = bits.int(62, 17) / 600
  const [speed, course] = [bits.uint(79, 6), bits.uint(85, 9)]
  return {
    longitude: Math.abs(longitude) <= 180 ? longitude : undefined,
    latitude: Math.abs(latitude) <= 90 ? latitude : undefined,
    speed: speed === 63 ? undefined : speed,
    course: course === 511 ? undefined : course,
  }
}
