import { InvalidInput } from '@/platform/errors'
import { type Expression, parseFilter } from './filter'

/** The query options of SensorThings 1.1 on one collection or entity. */
export interface Options {
  readonly filter?: Expression
  readonly select?: readonly string[]
  readonly expand: readonly Expansion[]
  readonly orderBy: readonly { readonly by: Expression; readonly down: boolean }[]
  readonly top: number
  readonly skip: number
  readonly count: boolean
  /** Everything that was asked but where the page begins, as a query: what the link to the next page repeats. */
  readonly asked: string
}

export interface Expansion {
  readonly name: string
  readonly options: Options
}

const TOP = 100
const TOP_MOST = 1_000
const DEEPEST = 5

/** Reads query options. @throws InvalidInput that names the option */
export function readOptions(given: Readonly<Record<string, string>>, depth = 0): Options {
  const of = (name: string): string | undefined => given[name]
  const [filter, select, expand, orderBy] = [of('$filter'), of('$select'), of('$expand'), of('$orderby')]
  return {
    ...(filter === undefined ? {} : { filter: parseFilter(filter) }),
    ...(select === undefined ? {} : { select: select.split(',').map((name) => name.trim()) }),
    expand: expand === undefined ? [] : expansionsOf(expand, depth),
    orderBy: orderBy === undefined ? [] : splitOutside(orderBy, ',').map((part) => orderOf(part)),
    top: Math.min(TOP_MOST, wholeNumber(of('$top'), TOP, '$top')),
    skip: wholeNumber(of('$skip'), 0, '$skip'),
    count: of('$count') === 'true',
    asked: new URLSearchParams(
      Object.entries(given).filter(([name]) => name !== '$top' && name !== '$skip'),
    ).toString(),
  }
}

const refused = (detail: string): InvalidInput => new InvalidInput('sensorThings.badQuery', { detail })

function wholeNumber(text: string | undefined, usual: number, name: string): number {
  if (text === undefined) return usual
  if (!/^\d{1,9}$/.test(text)) throw refused(`${name} is a whole number`)
  return Number(text)
}

function orderOf(part: string): { by: Expression; down: boolean } {
  const direction = /\s+(asc|desc)\s*$/i.exec(part)
  const by = direction === null ? part : part.slice(0, direction.index)
  return { by: parseFilter(by), down: direction?.[1]?.toLowerCase() === 'desc' }
}

/** `Datastreams($top=1;$expand=Observations),Locations`, and `Datastreams/ObservedProperty` as one inside the other. */
function expansionsOf(text: string, depth: number): Expansion[] {
  if (depth >= DEEPEST) throw refused('$expand is nested too deeply')
  return splitOutside(text, ',').map((part): Expansion => {
    const open = part.indexOf('(')
    const path = (open < 0 ? part : part.slice(0, open)).trim().split('/')
    if (open >= 0 && !part.trimEnd().endsWith(')')) throw refused('a bracket of $expand is open')
    const inner = open < 0 ? '' : part.trimEnd().slice(open + 1, -1)
    const given = Object.fromEntries(splitOutside(inner, ';').map((option) => cutAt(option, '=')))
    const [name = '', ...rest] = path
    const nested = rest.length === 0 ? given : { ...given, $expand: rest.join('/') }
    return { name, options: readOptions(nested, depth + 1) }
  })
}

const cutAt = (text: string, mark: string): [string, string] => {
  const at = text.indexOf(mark)
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1)]
}

/** Parts of a text at a mark that is in no bracket and in no quotes. */
function splitOutside(text: string, mark: string): string[] {
  const parts: string[] = []
  let [depth, quoted, from] = [0, false, 0]
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (letter === "'") quoted = !quoted
    if (quoted) continue
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter !== mark || depth > 0) continue
    parts.push(text.slice(from, i))
    from = i + 1
  }
  return [...parts, text.slice(from)].filter((part) => part.trim() !== '')
}
