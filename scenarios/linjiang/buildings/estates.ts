import type { BuildingUse } from '@/domain/city/cityModel'
import type { Point } from '../curve'
import { areaOf } from '../fabric/polygon'
import { axesOf, parcel, shrink } from './parcels'
import { rows } from './rows'
import { cornersOf } from './site'
import type { Site } from './site'

const STOREY = 3

/** What is raised: shares of its floor that are homes and work; storeys and base in metres. */
interface Raised {
  readonly levels: number
  readonly use: BuildingUse
  readonly storey?: number
  readonly base?: number
  readonly homes?: number
  readonly work?: number
}

/** Puts one building up and returns the height of its roof above the ground, metres; 0 when it does not fit its block. */
export function raise(site: Site, ring: readonly Point[], one: Raised): number {
  if (!site.holds(ring)) return 0
  const { levels, storey = STOREY, base = 0, use, homes = 0, work = 0 } = one
  const own = Math.round(levels * storey * 10 + site.dice.between(-4, 8)) / 10
  const height = Math.round((base + Math.max(2.6, own)) * 10) / 10
  const floor = areaOf(ring) * levels
  site.buildings.push({ ring, height, base, levels, use, block: site.block, homes: floor * homes, work: floor * work })
  return height
}

/** Workers' estates of the second half of the last century: walk-ups in rows to the south, shops along a street. */
export function slabEstate(site: Site): void {
  const tall = site.dice.next() < 0.16
  const levels = tall ? site.dice.whole(9, 12) : site.dice.whole(5, 7)
  shopStrip(site, 0.45)
  rows(
    site,
    {
      long: [16, 21, 26, 31],
      wide: site.dice.between(5.5, 6.6),
      between: tall ? 24 : site.dice.between(13, 18),
      gap: site.dice.between(6, 9),
      empty: 0.05,
      southward: 0.5,
      stagger: 0,
    },
    (_rect, ring) =>
      raise(site, ring, {
        levels: Math.max(3, levels - (site.dice.next() < 0.12 ? 1 : 0)),
        use: 'residential',
        homes: 0.82,
      }),
  )
}

/** New estates: towers far apart in green, a wall of shops to the street, a clubhouse. */
export function towerEstate(site: Site): void {
  const levels = site.dice.pick([11, 17, 18, 24, 26, 28, 32, 33])
  shopStrip(site, 0.5)
  const slab = levels < 20
  rows(
    site,
    {
      long: slab ? [17, 22, 27] : [12, 14, 21],
      wide: slab ? 7 : 8.5,
      between: slab ? 27 : site.dice.between(34, 44),
      gap: slab ? 12 : site.dice.between(16, 26),
      empty: 0.12,
      southward: 0.6,
      stagger: slab ? 3 : 7,
    },
    (_rect, ring) => raise(site, ring, { levels: levels + site.dice.whole(-1, 1), use: 'residential', homes: 0.78 }),
  )
}

/** Low rows of shops on the block's longest side. */
function shopStrip(site: Site, chance: number): void {
  if (site.dice.next() > chance) return
  const core = site.core(1)
  if (core.length === 0) return
  const [u] = axesOf(core)
  const wide = site.dice.between(5, 7)
  const strip = core
    .map((corner, i) => [corner, core[(i + 1) % core.length]!] as const)
    .sort(([a, b], [c, d]) => Math.hypot(d[0] - c[0], d[1] - c[1]) - Math.hypot(b[0] - a[0], b[1] - a[1]))[0]!
  const [[ax, ay], [bx, by]] = strip
  const metres = Math.hypot(bx - ax, by - ay)
  for (let at = 14; at + 14 < metres; at += 29) {
    const long = Math.min(13, (metres - at) / 2)
    const rect = {
      x: ax + u[0] * at - u[1] * (wide + 0.3),
      y: ay + u[1] * at + u[0] * (wide + 0.3),
      ux: u[0],
      uy: u[1],
      long,
      wide,
    }
    if (site.take(rect, 1))
      raise(site, cornersOf(rect), { levels: site.dice.whole(1, 3), storey: 4, use: 'commercial', work: 0.7 })
  }
}

/** Town houses and small walk-ups on uneven parcels, each with its yard. */
export function suburb(site: Site): void {
  if (site.dice.next() < 0.42) {
    rows(
      site,
      {
        long: [11, 15, 20],
        wide: 5.6,
        between: site.dice.between(11, 16),
        gap: 6,
        empty: 0.1,
        southward: 0.5,
        stagger: 1,
      },
      (_rect, ring) => raise(site, ring, { levels: site.dice.whole(3, 6), use: 'residential', homes: 0.8 }),
    )
    return
  }
  for (const plot of parcel(site.core(0.5), site.dice.between(330, 560), { dice: site.dice, loose: 0.5 })) {
    if (site.dice.next() < 0.16) continue
    const ring = shrink(plot, site.dice.between(2.2, 4))
    const shop = site.dice.next() < 0.12
    if (ring.length > 0)
      raise(site, ring, {
        levels: site.dice.whole(2, 5),
        use: shop ? 'commercial' : 'residential',
        homes: shop ? 0.3 : 0.75,
        work: shop ? 0.4 : 0,
      })
  }
}

export function villas(site: Site): void {
  rows(
    site,
    { long: [6, 7.5, 9], wide: 5.2, between: 17, gap: 12, empty: 0.16, southward: 0.3, stagger: 4 },
    (_rect, ring) => raise(site, ring, { levels: site.dice.whole(2, 3), storey: 3.3, use: 'residential', homes: 0.55 }),
  )
}
