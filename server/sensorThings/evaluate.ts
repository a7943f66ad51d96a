import { greatCircleMetres } from '@/domain/geodesy/greatCircle'
import { contains } from '@/domain/geometry/polygon'
import { parseIso } from '@/domain/feed/timeText'
import { InvalidInput } from '@/platform/errors'
import type { Expression } from './filter'

type Value = unknown
/** What a name stands for in one entity. */
export type Lookup = (path: readonly string[]) => Value

/** The value of an expression for one entity. @throws InvalidInput for a function that is not known */
export function evaluate(expression: Expression, lookup: Lookup): Value {
  if (expression.kind === 'value') return expression.value
  if (expression.kind === 'name') return lookup(expression.path)
  const { name, of } = expression
  if (name === 'and') return of.every((one) => evaluate(one, lookup) === true)
  if (name === 'or') return of.some((one) => evaluate(one, lookup) === true)
  const known = FUNCTIONS[name]
  if (known === undefined) throw new InvalidInput('sensorThings.badQuery', { detail: `${name} is not known` })
  return known(...of.map((one) => evaluate(one, lookup)))
}

const text = (value: Value): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const number = (value: Value): number => (typeof value === 'number' ? value : Number.NaN)

/** Order of two values: numbers by size, moments by time, the rest as text; undefined where one is missing. */
export function compared(a: Value, b: Value): number | undefined {
  if (a === undefined || a === null || b === undefined || b === null) return undefined
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b)
  const [left, right] = [parseIso(text(a)), parseIso(text(b))]
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right
  return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0
}

const same = (a: Value, b: Value): boolean =>
  typeof a === 'boolean' || typeof b === 'boolean' || a === null || b === null
    ? (a ?? null) === (b ?? null)
    : compared(a, b) === 0
const ordered = (holds: (order: number) => boolean) => (a: Value, b: Value) => {
  const order = compared(a, b)
  return order !== undefined && holds(order)
}
const part = (pick: (moment: Date) => number) => (value: Value) => {
  const at = parseIso(text(value))
  return Number.isNaN(at) ? undefined : pick(new Date(at))
}

const FUNCTIONS: Readonly<Record<string, (...of: Value[]) => Value>> = {
  eq: same,
  ne: (a, b) => !same(a, b),
  gt: ordered((order) => order > 0),
  ge: ordered((order) => order >= 0),
  lt: ordered((order) => order < 0),
  le: ordered((order) => order <= 0),
  not: (a) => a !== true,
  add: (a, b) => number(a) + number(b),
  sub: (a, b) => number(a) - number(b),
  mul: (a, b) => number(a) * number(b),
  div: (a, b) => number(a) / number(b),
  mod: (a, b) => number(a) % number(b),
  substringof: (a, b) => text(b).includes(text(a)),
  contains: (a, b) => text(a).includes(text(b)),
  startswith: (a, b) => text(a).startsWith(text(b)),
  endswith: (a, b) => text(a).endsWith(text(b)),
  length: (a) => text(a).length,
  indexof: (a, b) => text(a).indexOf(text(b)),
  substring: (a, b, c) => text(a).substring(number(b), c === undefined ? undefined : number(b) + number(c)),
  tolower: (a) => text(a).toLowerCase(),
  toupper: (a) => text(a).toUpperCase(),
  trim: (a) => text(a).trim(),
  concat: (a, b) => text(a) + text(b),
  round: (a) => Math.round(number(a)),
  floor: (a) => Math.floor(number(a)),
  ceiling: (a) => Math.ceil(number(a)),
  year: part((at) => at.getUTCFullYear()),
  month: part((at) => at.getUTCMonth() + 1),
  day: part((at) => at.getUTCDate()),
  hour: part((at) => at.getUTCHours()),
  minute: part((at) => at.getUTCMinutes()),
  second: part((at) => at.getUTCSeconds()),
  'geo.distance': (a, b) => distance(pointOf(a), pointOf(b)),
  st_distance: (a, b) => distance(pointOf(a), pointOf(b)),
  'geo.intersects': (a, b) => within(pointOf(a), ringOf(b)),
  st_within: (a, b) => within(pointOf(a), ringOf(b)),
  st_intersects: (a, b) => within(pointOf(a), ringOf(b)),
}

type Place = readonly [longitude: number, latitude: number]

function pointOf(value: Value): Place | undefined {
  if (typeof value === 'string') return placesOf(value)[0]
  const held = (value as { coordinates?: unknown } | null | undefined)?.coordinates
  return Array.isArray(held) && held.length >= 2 ? [Number(held[0]), Number(held[1])] : undefined
}

const ringOf = (value: Value): readonly Place[] => (typeof value === 'string' ? placesOf(value) : [])

/** The coordinates of a WKT text, in their order. */
const placesOf = (wkt: string): Place[] =>
  [...wkt.matchAll(/(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)/g)].map(
    ([, east, north]): Place => [Number(east), Number(north)],
  )

const distance = (a: Place | undefined, b: Place | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : greatCircleMetres(lonLat(a), lonLat(b))

const lonLat = ([longitude, latitude]: Place) => ({ longitude, latitude })

const within = (place: Place | undefined, ring: readonly Place[]): boolean =>
  place !== undefined && ring.length >= 3 && contains(ring, place)
