import { type CellValue, type FormatReading, ReadingBuilder, refusedWhole, toHex } from '../reading'
import { decodeXmlText } from '../text'
import { type XmlElement, parseXml } from '../xml'
import { type CotEvent, type CotRefusal, cotOfElement, detailElements, numberOf } from './cotEvent'
import { readCotProto } from './cotProto'
import type { Result } from '@/domain/result'

/** Unknown, as CoT writes it: 9999999, and 999999 by some. */
const known = (text: string | undefined): number | undefined => {
  const value = numberOf(text)
  return Number.isFinite(value) && value < 999_999 ? value : undefined
}

/** Reads one event in XML, several under one root, or one datagram of TAK protobuf. */
export function cotFormat(bytes: Uint8Array): FormatReading {
  if (bytes[0] === 0xbf) return oneEvent(readCotProto(bytes), toHex(bytes))
  const text = decodeXmlText(bytes)
  if (!text.ok) return refusedWhole(text.error.reason, text.error.message, toHex(bytes))
  const parsed = parseXml(text.value)
  if (!parsed.ok) return refusedWhole(parsed.error.reason, parsed.error.message, text.value)
  const root = parsed.value
  const events: readonly XmlElement[] = root.name === 'events' ? root.children : [root]
  const builder = new ReadingBuilder()
  events.forEach((element, i) => {
    put(builder, i + 1, cotOfElement(element, text.value), text.value.slice(element.start, element.end))
  })
  return builder
}

function oneEvent(read: Result<CotEvent, CotRefusal>, sample: string): FormatReading {
  const builder = new ReadingBuilder()
  put(builder, 1, read, sample)
  return builder
}

function put(builder: ReadingBuilder, line: number, read: Result<CotEvent, CotRefusal>, sample: string): void {
  if (read.ok) builder.row(line, cotFields(read.value), sample)
  else builder.refuse(line, read.error, sample)
}

/** An event as cells: its attributes, its place, and what its detail says of callsign, track and remarks. */
function cotFields({ attributes, point, detail }: CotEvent): Record<string, CellValue | undefined> {
  const elements = detailElements(detail)
  const part = (name: string): XmlElement | undefined => elements.find((element) => element.name === name)
  const track = part('track')
  return {
    ...attributes,
    latitude: numberOf(point['lat']),
    longitude: numberOf(point['lon']),
    hae: known(point['hae']),
    ce: known(point['ce']),
    le: known(point['le']),
    callsign: part('contact')?.attributes['callsign'],
    heading: known(track?.attributes['course']),
    speed: known(track?.attributes['speed']),
    remarks: part('remarks')?.text.trim(),
    icon: part('usericon')?.attributes['iconsetpath'],
    emergency: part('emergency')?.attributes['type'],
  }
}
