/** Allowed difference: `abs + rel * |expected|`; `abs` may differ by field. */
export interface Tolerance {
  readonly abs: number | Readonly<Record<string, number>>
  readonly rel: number
  /** Numbers are compared after rounding to this many significant digits. */
  readonly digits?: number
}

/**
 * Why `got` does not meet `expected`, as one sentence; undefined when it does. Only the fields that are expected are
 * looked at. A kernel that gives a bare number or list answers a question that expects one field under any name.
 */
export function difference(got: unknown, expected: unknown, tolerance: Tolerance): string | undefined {
  const isBare = typeof got === 'number' || Array.isArray(got)
  return compare(got, isBare ? soleField(expected) : expected, { ...tolerance, path: '' })
}

interface Place extends Tolerance {
  readonly path: string
}

function compare(got: unknown, expected: unknown, place: Place): string | undefined {
  if (typeof expected === 'number') return compareNumbers(got, expected, place)
  if (Array.isArray(expected)) return compareLists(got, expected, place)
  if (typeof expected === 'object' && expected !== null) return compareFields(got, Object.entries(expected), place)
  return got === expected ? undefined : told(got, expected, place)
}

function compareNumbers(got: unknown, expected: number, place: Place): string | undefined {
  if (typeof got !== 'number' || !Number.isFinite(got)) return told(got, expected, place)
  const { digits } = place
  if (digits !== undefined)
    return Number(got.toPrecision(digits)) === Number(expected.toPrecision(digits))
      ? undefined
      : told(got, expected, place)
  return Math.abs(got - expected) <= allowed(expected, place) ? undefined : told(got, expected, place)
}

function allowed(expected: number, { abs, rel, path }: Place): number {
  const flat = typeof abs === 'number' ? abs : (abs[path.split('.').at(-1) ?? ''] ?? 0)
  return flat + rel * Math.abs(expected)
}

function compareLists(got: unknown, expected: readonly unknown[], place: Place): string | undefined {
  if (!Array.isArray(got)) return told(got, expected, place)
  if (got.length !== expected.length) return `${place.path} has ${got.length} items, expected ${expected.length}`
  return first(expected, (one, i) => compare(got[i], one, { ...place, path: `${place.path}[${i}]` }))
}

function compareFields(got: unknown, expected: readonly [string, unknown][], place: Place): string | undefined {
  if (typeof got !== 'object' || got === null) return told(got, expected, place)
  const fields = new Map<string, unknown>(Object.entries(got))
  return first(expected, ([key, one]) =>
    compare(fields.get(key), one, { ...place, path: place.path === '' ? key : `${place.path}.${key}` }),
  )
}

function first<Item>(items: readonly Item[], look: (item: Item, i: number) => string | undefined): string | undefined {
  for (const [i, item] of items.entries()) {
    const found = look(item, i)
    if (found !== undefined) return found
  }
  return undefined
}

function soleField(expected: unknown): unknown {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return expected
  const values: unknown[] = Object.values(expected)
  return values.length === 1 ? values[0] : expected
}

const told = (got: unknown, expected: unknown, { path }: Place): string =>
  `${path === '' ? 'the answer' : path} is ${short(got)}, expected ${short(expected)}`

const short = (value: unknown): string => ((JSON.stringify(value) as string | undefined) ?? 'missing').slice(0, 80)
