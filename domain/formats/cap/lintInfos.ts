import { parseIso } from '@/domain/feed/timeText'
import { sha1OfBase64 } from './sha1'
import { type CapNode, capBlocks, capPair, capText, capTexts } from './capNode'
import { type CapDefect, defectOf } from './capDefect'

/** The colours of the Chinese signals beside the severities of CAP. */
const COLOUR_SEVERITY: Readonly<Record<string, string>> = {
  red: 'Extreme',
  orange: 'Severe',
  yellow: 'Moderate',
  blue: 'Minor',
}

const HEADLINE_MOST = 160
const DRILL = /exercise|test|drill|演练|测试|试验/i
const HAN = /\p{Script=Han}/u

/** Rules of the info blocks: 15 to 20, 22 and 24. */
export function infoDefects(alert: CapNode): readonly CapDefect[] {
  const infos = capBlocks(alert, 'info')
  const sent = parseIso(capText(alert, 'sent') ?? '')
  return [
    ...sharedDefects(infos),
    ...infos.flatMap((info) => [
      ...expiryDefects(info, sent),
      ...pairDefects(info),
      ...languageDefects(info),
      ...headlineDefects(info, capText(alert, 'status') ?? ''),
      ...colourDefects(info),
      ...spellingDefects(info),
    ]),
  ]
}

function expiryDefects(info: CapNode, sent: number): readonly CapDefect[] {
  const text = capText(info, 'expires')
  if (text === undefined) return [defectOf(15, 'alert/info/expires', 'A message says until when it holds.')]
  return parseIso(text) <= sent ? [defectOf(15, 'alert/info/expires', 'The message expires before it was sent.')] : []
}

/** Blocks of one alert tell one event: they share their four words unless their areas differ; one a language. */
function sharedDefects(infos: readonly CapNode[]): readonly CapDefect[] {
  const groups = new Map<string, CapNode[]>()
  for (const info of infos) {
    const area = capBlocks(info, 'area')
      .map((one) => capText(one, 'areaDesc'))
      .join('|')
    const key = capBlocks(info, 'area').length === 0 ? '' : areaKey(info, area)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [info])
    else group.push(info)
  }
  return [...groups.values()].flatMap((group) => {
    const words = group.map((info) =>
      [
        ...[...capTexts(info, 'category')].sort(),
        capText(info, 'urgency'),
        capText(info, 'severity'),
        capText(info, 'certainty'),
      ].join('|'),
    )
    const languages = group.map((info) => `${capText(info, 'language') ?? 'en-US'}/${capText(info, 'event') ?? ''}`)
    return [
      ...(new Set(words).size > 1
        ? [defectOf(16, 'alert/info', 'The info blocks differ in category, urgency, severity or certainty.')]
        : []),
      ...(new Set(languages).size < languages.length
        ? [defectOf(16, 'alert/info/language', 'Two info blocks have one language.')]
        : []),
    ]
  })
}

/** Areas are the same by their geometry or codes; their names are translated. */
function areaKey(info: CapNode, names: string): string {
  const drawn = capBlocks(info, 'area').flatMap((area) => [
    ...capTexts(area, 'polygon'),
    ...capTexts(area, 'circle'),
    ...capBlocks(area, 'geocode').map((code) => capText(code, 'value') ?? ''),
  ])
  return drawn.length > 0 ? drawn.join('|') : names
}

function pairDefects(info: CapNode): readonly CapDefect[] {
  const lists = [
    ...['eventCode', 'parameter'].map((name) => [name, capBlocks(info, name)] as const),
    ['area/geocode', capBlocks(info, 'area').flatMap((area) => capBlocks(area, 'geocode'))] as const,
  ]
  return lists.flatMap(([name, pairs]) =>
    pairs.every((pair) => capText(pair, 'valueName') !== undefined && capText(pair, 'value') !== undefined)
      ? []
      : [defectOf(18, `alert/info/${name}`, 'A pair has a name and a value.')],
  )
}

function languageDefects(info: CapNode): readonly CapDefect[] {
  const language = capText(info, 'language')
  if (language !== undefined && !/^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/.test(language)) {
    return [defectOf(19, 'alert/info/language', `${language} is no language of RFC 3066.`)]
  }
  const chinese = HAN.test(`${capText(info, 'headline') ?? ''}${capText(info, 'description') ?? ''}`)
  const english = (language ?? 'en-US').toLowerCase().startsWith('en')
  return chinese && english
    ? [defectOf(19, 'alert/info/language', 'The text is Chinese and the language English.')]
    : []
}

function headlineDefects(info: CapNode, status: string): readonly CapDefect[] {
  const headline = capText(info, 'headline')
  const long = headline !== undefined && Array.from(headline).length > HEADLINE_MOST
  const drill = ['Test', 'Exercise'].includes(status) && !DRILL.test(headline ?? '')
  return [
    ...(long ? [defectOf(17, 'alert/info/headline', `A headline has ${HEADLINE_MOST} characters at most.`)] : []),
    ...(drill ? [defectOf(20, 'alert/info/headline', 'A test or an exercise says so in its headline.')] : []),
  ]
}

/** The colour of a Chinese signal, by its parameter; severity says the same. */
function colourDefects(info: CapNode): readonly CapDefect[] {
  const severity = capText(info, 'severity') ?? ''
  if (/^(?:red|orange|yellow|blue)$/i.test(severity)) {
    return [defectOf(22, 'alert/info/severity', 'The colour stands in severity: put it in a parameter "colour".')]
  }
  const expected = COLOUR_SEVERITY[(capPair(info, 'parameter', /^colou?r$/i) ?? '').toLowerCase()]
  if (expected === undefined || expected === severity) return []
  return [defectOf(22, 'alert/info/severity', `The colour says ${expected}, the severity ${severity}.`)]
}

const LISTED = ['category', 'responseType', 'urgency', 'severity', 'certainty'] as const
const WORD = /^[A-Za-z]+$/

/** "All Clear" is AllClear: a word of a list has no blanks and no hyphen. */
function spellingDefects(info: CapNode): readonly CapDefect[] {
  return LISTED.flatMap((name) =>
    capTexts(info, name)
      .filter((text) => !WORD.test(text))
      .map((text) => defectOf(24, `alert/info/${name}`, `"${text.slice(0, 40)}" is no word of the list.`)),
  )
}

/** Rule 23: a digest that can be checked here is that of the content that came with it. */
export function resourceDefects(alert: CapNode): readonly CapDefect[] {
  return capBlocks(alert, 'info').flatMap((info) =>
    capBlocks(info, 'resource').flatMap((resource) => {
      const [digest, content] = [capText(resource, 'digest'), capText(resource, 'derefUri')]
      if (digest === undefined || content === undefined) return []
      const real = sha1OfBase64(content)
      if (real === digest.toLowerCase()) return []
      return [defectOf(23, 'alert/info/resource/digest', 'The digest is not that of the content.')]
    }),
  )
}
