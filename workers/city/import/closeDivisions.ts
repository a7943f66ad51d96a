import type { Division } from '@/domain/city/cityModel'
import type { CityIdentity } from '@/domain/city/manifest'
import type { Bounds, CityDraft, DivisionDraft } from './cityDraft'
import { innerPoint, polygonHolds } from './geometry/ring'

/**
 * Gives divisions their codes: the source's own where it has one, else the city's four digits and a running number for
 * districts, the district's code and three digits for streets. A city without divisions is one district: its bounds.
 */
export function closeDivisions(draft: CityDraft, identity: CityIdentity): Division[] {
  const drafts = draft.divisions.length > 0 ? draft.divisions : [wholeCity(draft.bounds, identity)]
  const bySource = drafts.toSorted((one, other) => (one.source < other.source ? -1 : 1))
  const taken = new Set(bySource.flatMap(({ code }) => (code === undefined ? [] : [code])))
  const districts = bySource
    .filter(({ level }) => level === 'city' || level === 'district')
    .map((division) => close(division, division.code ?? nextCode(identity.division.slice(0, 4), 2, taken)))
  const lower = bySource
    .filter(({ level }) => level !== 'city' && level !== 'district')
    .map((division) => {
      const parent = parentOf(division, districts)
      const code = division.code ?? nextCode(parent?.code ?? identity.division, 3, taken)
      return close(division, code, parent?.code)
    })
  return [...districts, ...lower]
}

function close({ level, name, shape }: DivisionDraft, code: string, parent?: string): Division {
  return { code, level, name, shape, label: innerPoint(shape), ...(parent === undefined ? {} : { parent }) }
}

function parentOf(division: DivisionDraft, districts: readonly Division[]): Division | undefined {
  const [x, y] = innerPoint(division.shape)
  return districts.find(({ level, shape }) => level === 'district' && polygonHolds(shape, x, y))
}

/** The next free number after `head`; more digits where the numbers of that length are used up. */
function nextCode(head: string, digits: number, taken: Set<string>): string {
  for (let serial = 1; ; serial++) {
    const code = head + String(serial).padStart(digits, '0')
    if (taken.has(code)) continue
    taken.add(code)
    return code
  }
}

function wholeCity({ west, south, east, north }: Bounds, identity: CityIdentity): DivisionDraft {
  return {
    source: 'bounds',
    level: 'district',
    code: identity.division,
    name: identity.name,
    shape: { outer: Float64Array.of(west, south, east, south, east, north, west, north), holes: [] },
  }
}
