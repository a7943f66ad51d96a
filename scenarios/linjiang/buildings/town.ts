import type { Point } from '../curve'
import { areaOf, extent, isIn } from '../fabric/polygon'
import { raise } from './estates'
import { axesOf, parcel, shrink } from './parcels'
import { rows } from './rows'
import { cornersOf } from './site'
import type { Rect, Site } from './site'

/** Lanes of the old town: narrow houses wall to wall, courtyards between, here and there something newer. */
export function oldTown(site: Site): void {
  const { dice } = site
  for (const plot of parcel(site.core(0), dice.between(150, 260), { dice, loose: 0.8 })) {
    if (dice.next() < 0.09) continue
    const ring = shrink(plot, dice.between(0.5, 1.3))
    if (ring.length === 0) continue
    const newer = dice.next() < 0.1
    const court = !newer && areaOf(ring) > 230 && dice.next() < 0.55
    const parts = court ? courtyard(ring) : [ring]
    for (const part of parts)
      raise(site, part, {
        levels: newer ? dice.whole(4, 7) : dice.pick([1, 2, 2, 2, 3]),
        storey: 3.2,
        use: dice.next() < 0.22 ? 'commercial' : 'residential',
        homes: 0.62,
        work: 0.16,
      })
  }
}

/** Houses on two sides of a court: the ends of the parcel, the middle left open. */
function courtyard(ring: readonly Point[]): Point[][] {
  const [u, v] = axesOf(ring)
  const e = extent(ring, u)
  const third = (e.high - e.low) / 3
  const cut = (at: number, direction: Point): Point[] => clip(ring, [u[0] * at, u[1] * at], direction)
  return [cut(e.low + third, v), cut(e.high - third, [-v[0], -v[1]])].filter(
    (part) => part.length > 2 && areaOf(part) > 20,
  )
}

function clip(ring: readonly Point[], at: Point, [dx, dy]: Point): Point[] {
  const side = ([x, y]: Point): number => dx * (y - at[1]) - dy * (x - at[0])
  const out: Point[] = []
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [sa, sb] = [side(ring[j]!), side(ring[i]!)]
    if (sa >= 0 !== sb >= 0) {
      const t = sa / (sa - sb)
      out.push([ring[j]![0] + (ring[i]![0] - ring[j]![0]) * t, ring[j]![1] + (ring[i]![1] - ring[j]![1]) * t])
    }
    if (sb >= 0) out.push(ring[i]!)
  }
  return out
}

/** Offices, hotels and department stores: a podium on each parcel, most with a tower. `pull`: 1 in the very middle. */
export function centre(site: Site, pull: number): void {
  const { dice } = site
  for (const plot of parcel(site.core(2), dice.between(1_900, 4_600), { dice, loose: 0.3 })) {
    const podium = shrink(plot, dice.between(3, 6))
    if (podium.length === 0 || dice.next() < 0.06) continue
    const office = dice.next() < 0.55
    const low = dice.whole(3, 6)
    const hasTower = areaOf(podium) > 900 && dice.next() < 0.35 + 0.5 * pull
    const roof = raise(site, podium, {
      levels: hasTower ? low : dice.whole(4, 11),
      storey: 4.2,
      use: hasTower || !office ? 'commercial' : 'office',
      work: 0.75,
    })
    if (hasTower && roof > 0) tower(site, podium, { roof, office, pull })
  }
}

function tower(
  site: Site,
  podium: readonly Point[],
  { roof, office, pull }: { roof: number; office: boolean; pull: number },
): void {
  const { dice } = site
  const [u, v] = axesOf(podium)
  const [eu, ev] = [extent(podium, u), extent(podium, v)]
  const [mu, mv] = [(eu.low + eu.high) / 2, (ev.low + ev.high) / 2]
  const long = Math.min(dice.between(15, 24), (eu.high - eu.low) * 0.36)
  const wide = Math.min(dice.between(12, 19), (ev.high - ev.low) * 0.36)
  if (wide < 8 || long < 8) return
  const rect: Rect = { x: u[0] * mu + v[0] * mv, y: u[1] * mu + v[1] * mv, ux: u[0], uy: u[1], long, wide }
  if (!cornersOf(rect).every(([x, y]) => isIn(podium, x, y))) return
  const homes = !office && dice.next() < 0.45
  const levels = Math.round(dice.between(10, 20) + pull * pull * dice.between(4, 42))
  raise(site, cornersOf(rect), {
    levels,
    storey: homes ? 3 : 3.8,
    use: homes ? 'residential' : office ? 'office' : 'commercial',
    base: roof,
    homes: homes ? 0.75 : 0,
    work: homes ? 0 : 0.72,
  })
}

/** Grown inner town: walk-ups with shops below, a few towers, some old rows. */
export function mixedTown(site: Site): void {
  const { dice } = site
  if (dice.next() < 0.25) {
    rows(
      site,
      { long: [15, 20, 25], wide: 6, between: 13, gap: 6, empty: 0.06, southward: 0.4, stagger: 0 },
      (_rect, ring) => raise(site, ring, { levels: dice.whole(5, 7), use: 'residential', homes: 0.8 }),
    )
    return
  }
  for (const plot of parcel(site.core(1), dice.between(520, 1_250), { dice, loose: 0.6 })) {
    if (dice.next() < 0.08) continue
    const ring = shrink(plot, dice.between(2, 4.5))
    if (ring.length === 0) continue
    const high = dice.next() < 0.14
    const trade = dice.next() < 0.3
    raise(site, ring, {
      levels: high ? dice.whole(11, 24) : dice.whole(3, 8),
      storey: 3.2,
      use: trade ? 'commercial' : 'residential',
      homes: trade ? 0.1 : 0.68,
      work: trade ? 0.65 : 0.12,
    })
  }
}
