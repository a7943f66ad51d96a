/** A place as a caller says it; only what was said is there. */
export interface Address {
  readonly city?: string
  readonly district?: string
  readonly subdistrict?: string
  /** Roads in the order said; two of an intersection. */
  readonly road?: readonly string[]
  readonly type?: 'intersection'
  readonly no?: string
  readonly building?: string
  readonly unit?: string
  readonly poi?: string
  /** Metro line, exit of a station. */
  readonly line?: string
  readonly exit?: string
  readonly highway?: string
  /** Kilometre stake of a highway. */
  readonly stake?: string
  /** How the place lies to what was named, and how far. */
  readonly relation?: string
  readonly offset?: string
}

const HAN = '\\p{Script=Han}'
const POI_ENDS =
  '站|公园|广场|医院|学校|中学|小学|大学|学院|幼儿园|小区|花园|家园|商场|商城|大厦|大楼|酒店|宾馆|市场|隧道|立交桥|立交|高架桥|高架|大桥|桥|水库|河|湖|车站|机场|厂|体育馆|图书馆|博物馆|超市|加油站|泵站|下穿'
const RELATIONS =
  '附近|对面|对过|旁边|门口|门前|东北角|西北角|东南角|西南角|东侧|西侧|南侧|北侧|东边|西边|南边|北边|路东|路西|路南|路北|以东|以西|以南|以北|交叉口|路口'

/** What stands before a name and is none of it; between two roads also what joins them. */
const LEAD = /^(?:在|位于)/u
const JOINT = /^(?:与|和|跟|同|及|到|至)/u

interface Scan {
  rest: string
  readonly found: Record<string, string>
}

/**
 * Parses the place out of a call by suffixes and order: city, district, subdistrict, then roads, number, building, unit,
 * metro line, point of interest, exit, highway and stake. Unknown words are passed over; nothing is guessed.
 */
export function parseAddress(text: string): Address {
  const scan: Scan = { rest: text.normalize('NFKC').trim(), found: {} }
  take(scan, 'highway', `${HAN}{1,8}?高速(?:公路)?|[GS]\\d{1,4}(?:${HAN}{1,6}?高速)?`)
  take(scan, 'stake', 'K\\d+(?:\\+\\d+)?')
  take(scan, 'line', '(?:地铁|轨道交通|轻轨)?\\d{1,2}号线')
  if (scan.found['highway'] === undefined) takeAdministration(scan)
  const isCrossing = /交叉口|路口|交汇|交会|十字/u.test(scan.rest)
  const roads = takeRoads(scan)
  take(scan, 'no', '\\d+(?:-\\d+)?号(?:院|楼)?')
  takeBuilding(scan)
  take(scan, 'exit', '[A-Z]\\d?(?:出入口|出口|口)')
  take(scan, 'offset', '\\d+(?:\\.\\d+)?(?:米|公里|千米)')
  take(scan, 'relation', RELATIONS)
  takePoi(scan)
  const { line, ...found } = scan.found
  return {
    ...found,
    ...(line === undefined ? {} : { line: line.replace(/^(?:地铁|轨道交通|轻轨)/u, '') }),
    ...(roads.length === 0 ? {} : { road: roads }),
    ...(isCrossing && roads.length > 1 ? { type: 'intersection' as const } : {}),
  }
}

/** Takes the first match out of what is left, leaving a bar so that names do not grow together. */
function take(scan: Scan, field: string, pattern: string): void {
  const match = new RegExp(pattern, 'u').exec(scan.rest)
  if (match === null) return
  scan.found[field] = match[0].replace(LEAD, '')
  cut(scan, match[0], match.index)
}

function cut(scan: Scan, words: string, at: number): void {
  scan.rest = `${scan.rest.slice(0, at)}|${scan.rest.slice(at + words.length)}`
}

function takeAdministration(scan: Scan): void {
  for (const [field, pattern] of [
    ['city', `^\\|*${HAN}{2,6}?市(?!场|政|民|区)`],
    ['district', `^\\|*${HAN}{1,6}?(?:新区|开发区|区|县)(?!域|间)`],
    ['subdistrict', `^\\|*${HAN}{1,6}?(?:街道|镇|乡)(?!办)`],
  ] as const) {
    const match = new RegExp(pattern, 'u').exec(scan.rest)
    if (match === null) continue
    scan.found[field] = match[0].replaceAll('|', '').replace(LEAD, '')
    cut(scan, match[0], match.index)
  }
}

function takeRoads(scan: Scan): string[] {
  const roads: string[] = []
  const pattern = new RegExp(
    `${HAN}{1,8}?(?:大道|大街|胡同|环路|路|街|巷|弄)(?:东段|西段|南段|北段|中段)?(?!口|边|面|灯|人|上|道|办)`,
    'u',
  )
  for (let match = pattern.exec(scan.rest); match !== null; match = pattern.exec(scan.rest)) {
    roads.push(match[0].replace(roads.length > 0 ? JOINT : LEAD, ''))
    cut(scan, match[0], match.index)
  }
  return roads
}

function takeBuilding(scan: Scan): void {
  const said = scan.found['no']
  if (said?.endsWith('楼') === true) {
    scan.found['building'] = said
    delete scan.found['no']
  } else take(scan, 'building', '[\\dA-Z]+(?:号楼|栋|幢|座)')
  take(scan, 'unit', '[\\d一二三四五六七八九十]+单元')
}

function takePoi(scan: Scan): void {
  const match = new RegExp(`${HAN}{1,10}?(?:${POI_ENDS})(?:站)?`, 'u').exec(scan.rest)
  if (match === null) return
  scan.found['poi'] = match[0].replace(LEAD, '')
  cut(scan, match[0], match.index)
}
