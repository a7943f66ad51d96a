import { type Result, err, ok } from '@/domain/result'
import { parseIso } from '@/domain/feed/timeText'
import { type XmlElement, childOf, escapeXml, parseXml } from '../xml'

/** One Cursor-on-Target event. Texts as written; `detail` is the inside of its element, verbatim, so that nothing is lost. */
export interface CotEvent {
  /** All attributes of the event: version, uid, type, time, start, stale, how and what else is there. */
  readonly attributes: Readonly<Record<string, string>>
  /** Degrees of WGS84, metres above the ellipsoid; 9999999 is unknown. */
  readonly point: Readonly<Record<string, string>>
  readonly detail: string
}

export interface CotRefusal {
  readonly reason: string
  readonly message: string
}

const NEEDED = ['uid', 'type', 'time', 'start', 'stale'] as const
const refuse = (reason: string, message: string): Result<never, CotRefusal> => err({ reason, message })

/** Reads one event; what it must say and does not is a reason. */
export function readCot(text: string): Result<CotEvent, CotRefusal> {
  const parsed = parseXml(text)
  if (!parsed.ok) return parsed
  return cotOfElement(parsed.value, text)
}

/** Reads the event of an element of `text`. */
export function cotOfElement(element: XmlElement, text: string): Result<CotEvent, CotRefusal> {
  if (element.name !== 'event') return refuse('notCot', `The root is <${element.name}>, not <event>.`)
  const point = childOf(element, 'point')
  if (point === undefined) return refuse('pointMissing', 'The event has no point.')
  const detail = childOf(element, 'detail')
  const event = {
    attributes: element.attributes,
    point: point.attributes,
    detail: detail === undefined ? '' : innerXml(text, detail),
  }
  return checkCot(event)
}

/** What every event must say, whatever it came in. */
export function checkCot(event: CotEvent): Result<CotEvent, CotRefusal> {
  const missing = NEEDED.find((name) => (event.attributes[name] ?? '') === '')
  if (missing !== undefined) return refuse('attributeMissing', `The event has no ${missing}.`)
  for (const name of ['time', 'start', 'stale']) {
    if (Number.isNaN(parseIso(event.attributes[name] ?? ''))) return refuse('timeUnreadable', `${name} is no time.`)
  }
  const [latitude, longitude] = [numberOf(event.point['lat']), numberOf(event.point['lon'])]
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
    return refuse('placeUnreadable', 'lat and lon are no place on Earth.')
  }
  return ok(event)
}

export const numberOf = (text: string | undefined): number =>
  text === undefined || text.trim() === '' ? Number.NaN : Number(text)

function innerXml(text: string, element: XmlElement): string {
  const whole = (text.startsWith('\uFEFF') ? text.slice(1) : text).slice(element.start, element.end)
  const close = whole.lastIndexOf('</')
  return close < 0 ? '' : whole.slice(openTagEnd(whole), close)
}

function openTagEnd(whole: string): number {
  let quote = ''
  for (let i = 0; i < whole.length; i++) {
    const letter = whole[i] as string
    if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return i + 1
  }
  return whole.length
}

/** The event as XML. `detail` is put in as it is: it came from an XML document or from `detailElement`. */
export function writeCot({ attributes, point, detail }: CotEvent): string {
  const inside = detail === '' ? '<detail/>' : `<detail>${detail}</detail>`
  return `<event${attributesXml(attributes)}><point${attributesXml(point)}/>${inside}</event>`
}

/** One empty element of a detail, escaped. */
export const detailElement = (name: string, attributes: Readonly<Record<string, string>>): string =>
  `<${name}${attributesXml(attributes)}/>`

const attributesXml = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('')

/** The elements of a detail; none when it is not well-formed. */
export function detailElements(detail: string): readonly XmlElement[] {
  const parsed = parseXml(`<detail>${detail}</detail>`)
  return parsed.ok ? parsed.value.children : []
}
