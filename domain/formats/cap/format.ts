import { parseIso } from '@/domain/feed/timeText'
import { toIso, epochMillis } from '@/domain/time'
import { type CellValue, type FormatContext, type FormatReading, ReadingBuilder, refusedWhole, toHex } from '../reading'
import { decodeXmlText } from '../text'
import { type XmlElement, parseXml } from '../xml'
import { type LatLon, capCircle, capPolygon, middleOf } from './capGeometry'
import { type LintContext, capLint } from './capLint'
import { type CapNode, capBlocks, capNode, capPair, capReferences, capText, capTexts } from './capNode'
import type { CapDefect } from './capDefect'
import { capStructure } from './capStructure'

type Fields = Record<string, CellValue | undefined>

/**
 * Reads one alert, or every alert inside an Atom feed, an RSS feed or an EDXL-DE envelope. Each is one row, however
 * badly it is made: `defects` counts what is wrong and `defectList` says it. Hostile or broken XML alone is refused.
 */
export function capFormat(bytes: Uint8Array, { arrivedAt }: FormatContext): FormatReading {
  const text = decodeXmlText(bytes)
  if (!text.ok) return refusedWhole(text.error.reason, text.error.message, toHex(bytes))
  const parsed = parseXml(text.value)
  if (!parsed.ok) return refusedWhole(parsed.error.reason, parsed.error.message, text.value)
  const alerts = alertsIn(parsed.value)
  if (alerts.length === 0) {
    const told = `There is no alert in the document, whose root is <${parsed.value.name}>.`
    return refusedWhole(isFeed(parsed.value) ? 'feedWithoutAlert' : 'notCap', told, text.value)
  }
  const builder = new ReadingBuilder()
  const seen = new Map<string, string>()
  const context: LintContext = {
    heldUnder: (sender, identifier) => seen.get(`${sender} ${identifier}`),
    plainUtf8: bytes[0] !== 0xef && !/encoding\s*=\s*["'](?!utf-8)/i.test(text.value.slice(0, 120)),
  }
  alerts.forEach((element, i) => {
    const alert = capNode(element, text.value)
    const defects = [...capStructure(element), ...capLint(alert, context)]
    const key = `${capText(alert, 'sender') ?? ''} ${capText(alert, 'identifier') ?? ''}`
    seen.set(key, capText(alert, 'sent') ?? '')
    builder.row(i + 1, alertFields(alert, defects, arrivedAt), text.value.slice(element.start, element.end))
  })
  return builder
}

const isFeed = ({ name }: XmlElement): boolean => ['feed', 'rss', 'EDXLDistribution'].includes(name)

function alertsIn(element: XmlElement): readonly XmlElement[] {
  if (element.name === 'alert') return [element]
  return element.children.flatMap((child) => alertsIn(child))
}

/** Shown of the areas' names; a real message may name hundreds. */
const AREAS_SHOWN = 2_000

function alertFields(alert: CapNode, defects: readonly CapDefect[], arrivedAt: number): Fields {
  const info = chosenInfo(alert)
  const references = capReferences(alert)
  const text = (name: string): string | undefined => capText(alert, name)
  const said = (name: string): string | undefined => (info === undefined ? undefined : capText(info, name))
  return {
    identifier: text('identifier') ?? '',
    sender: text('sender') ?? '',
    sent: text('sent') ?? '',
    time: momentOf(alert, info, arrivedAt),
    status: text('status'),
    msgType: text('msgType'),
    scope: text('scope'),
    incidents: text('incidents'),
    references:
      references.map(({ sender, identifier, sent }) => `${sender},${identifier},${sent}`).join(' ') || undefined,
    note: text('note'),
    infos: capBlocks(alert, 'info').length,
    ...Object.fromEntries(SAID.map((name) => [name, said(name)])),
    title: said('headline') ?? said('event') ?? text('note') ?? text('identifier') ?? '–',
    ...(info === undefined ? {} : signalFields(info)),
    defects: defects.length,
    defectList: [...new Set(defects.map(({ rule }) => rule))].join(' ') || undefined,
  }
}

const SAID = [
  'language',
  'event',
  'urgency',
  'severity',
  'certainty',
  'effective',
  'onset',
  'expires',
  'senderName',
  'headline',
  'description',
  'instruction',
  'web',
  'contact',
  'audience',
] as const

/** The info in Chinese where there is one, else the first. */
const chosenInfo = (alert: CapNode): CapNode | undefined =>
  capBlocks(alert, 'info').find((info) => capText(info, 'language')?.startsWith('zh') === true) ??
  capBlocks(alert, 'info')[0]

function signalFields(info: CapNode): Fields {
  const areas = capBlocks(info, 'area')
  const listed = (texts: readonly (string | undefined)[]): string | undefined =>
    texts.filter(Boolean).join(' ').slice(0, AREAS_SHOWN) || undefined
  return {
    category: listed(capTexts(info, 'category')),
    responseType: listed(capTexts(info, 'responseType')),
    eventCode: listed(capBlocks(info, 'eventCode').map((code) => capText(code, 'value'))),
    colour: colourOf(info),
    areaDesc: listed(areas.map((area) => capText(area, 'areaDesc'))),
    geocodes: listed(areas.flatMap((area) => capBlocks(area, 'geocode').map((code) => capText(code, 'value')))),
    polygons: areas.reduce((sum, area) => sum + capTexts(area, 'polygon').length, 0),
    ...middleOf(areas.flatMap((area) => pointsOf(area))),
  }
}

const COLOURS: Readonly<Record<string, string>> = { 红: 'red', 橙: 'orange', 黄: 'yellow', 蓝: 'blue' }

/** The colour of the signal: by its parameter, by a severity that says it (which is a defect), or by the headline. */
function colourOf(info: CapNode): string | undefined {
  const said = capPair(info, 'parameter', /^(?:colou?r|颜色)$/i) ?? capText(info, 'severity') ?? ''
  const named = /^(?:red|orange|yellow|blue)$/i.exec(said)?.[0].toLowerCase() ?? COLOURS[said[0] ?? '']
  return named ?? COLOURS[/([红橙黄蓝])色/.exec(capText(info, 'headline') ?? '')?.[1] ?? '']
}

function pointsOf(area: CapNode): readonly LatLon[] {
  return [
    ...capTexts(area, 'polygon').flatMap((text) => capPolygon(text) ?? []),
    ...capTexts(area, 'circle').flatMap((text) => capCircle(text) ?? []),
  ]
}

/** When it was sent, by whatever the message has: a warning without a readable time is still a warning. */
function momentOf(alert: CapNode, info: CapNode | undefined, arrivedAt: number): string {
  const stamp = /_(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)_\d$/.exec(capText(alert, 'identifier') ?? '')
  const written = [
    capText(alert, 'sent'),
    stamp === null ? undefined : `${stamp[1]}-${stamp[2]}-${stamp[3]}T${stamp[4]}:${stamp[5]}:${stamp[6]}+08:00`,
    info === undefined ? undefined : capText(info, 'effective'),
    info === undefined ? undefined : capText(info, 'onset'),
  ]
  const read = written.map((text) => parseIso((text ?? '').replace(' ', 'T'))).find((moment) => !Number.isNaN(moment))
  return toIso(epochMillis(read ?? arrivedAt))
}
