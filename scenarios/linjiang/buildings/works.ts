import { areaOf, extent, innerPoint } from '../fabric/polygon'
import type { Point } from '../curve'
import { raise } from './estates'
import { axesOf } from './parcels'
import { cornersOf } from './site'
import type { Rect, Site } from './site'

/** Rectangles in a lattice along the block's longest side; `each` may refuse one. */
function lattice(
  site: Site,
  size: { long: readonly [number, number]; wide: readonly [number, number]; gap: number; empty: number },
  each: (ring: Point[], index: number) => void,
): void {
  const { dice } = site
  const [u, v] = axesOf(site.ring)
  const [eu, ev] = [extent(site.ring, u), extent(site.ring, v)]
  let index = 0
  for (let across = ev.low + 8; across < ev.high; ) {
    const wide = dice.between(...size.wide)
    let rowed = false
    for (let at = eu.low + 6; at < eu.high; ) {
      const long = dice.between(...size.long)
      const [a, c] = [at + long, across + wide]
      const rect: Rect = { x: u[0] * a + v[0] * c, y: u[1] * a + v[1] * c, ux: u[0], uy: u[1], long, wide }
      if (dice.next() < size.empty) at += 2 * long
      else if (site.take(rect, size.gap)) {
        each(cornersOf(rect), index++)
        at += 2 * long + size.gap
        rowed = true
      } else at += 9
    }
    across += rowed ? 2 * wide + size.gap : 9
  }
}

export function works(site: Site): void {
  const { dice } = site
  const small = dice.next() < 0.35
  lattice(
    site,
    { long: small ? [14, 30] : [24, 62], wide: small ? [8, 13] : [14, 30], gap: dice.between(9, 15), empty: 0.14 },
    (ring, i) => {
      const office = i % 7 === 3
      raise(site, ring, {
        levels: office ? dice.whole(3, 6) : dice.pick([1, 1, 1, 2]),
        storey: office ? 3.5 : dice.between(7, 11),
        use: 'industrial',
        work: office ? 0.7 : 0.35,
      })
    },
  )
}

export function warehouses(site: Site): void {
  const { dice } = site
  lattice(site, { long: [38, 75], wide: [15, 24], gap: dice.between(16, 24), empty: 0.22 }, (ring) =>
    raise(site, ring, { levels: 1, storey: dice.between(9, 13), use: 'industrial', work: 0.15 }),
  )
}

/** A chemical works: tanks in their bunds, process halls, a tall thin column. */
export function chemicalWorks(site: Site): void {
  const { dice } = site
  if (dice.next() < 0.4) {
    works(site)
    return
  }
  const radius = dice.between(8, 19)
  lattice(site, { long: [radius, radius], wide: [radius, radius], gap: radius * 0.7, empty: 0.2 }, (ring, i) => {
    if (i % 9 === 8) raise(site, ring, { levels: 3, storey: 6, use: 'industrial', work: 0.2 })
    else raise(site, round(ring, radius), { levels: 1, storey: dice.between(9, 17), use: 'industrial', work: 0.02 })
  })
}

function round(square: readonly Point[], radius: number): Point[] {
  const [x, y] = [(square[0]![0] + square[2]![0]) / 2, (square[0]![1] + square[2]![1]) / 2]
  return Array.from({ length: 12 }, (_, i) => [
    x + radius * Math.cos((i / 6) * Math.PI),
    y + radius * Math.sin((i / 6) * Math.PI),
  ])
}

/** Halls, laboratories and dormitories with much green between. */
export function campus(site: Site): void {
  const { dice } = site
  const dormitory = dice.next() < 0.35
  lattice(
    site,
    {
      long: dormitory ? [22, 30] : [18, 46],
      wide: dormitory ? [7, 8] : [8, 15],
      gap: dormitory ? 15 : dice.between(22, 36),
      empty: dormitory ? 0.08 : 0.3,
    },
    (ring) => {
      raise(site, ring, {
        levels: dormitory ? dice.whole(5, 7) : dice.whole(2, 7),
        storey: dormitory ? 3.3 : 4,
        use: dormitory ? 'residential' : 'school',
        homes: dormitory ? 0.55 : 0,
        work: dormitory ? 0 : 0.5,
      })
    },
  )
}

/** One large public building in the middle of its block, with wings where there is room. */
export function publicBlock(
  site: Site,
  use: 'school' | 'hospital' | 'public' | 'transport',
  levels: readonly [number, number],
): void {
  const { dice } = site
  const size = Math.sqrt(areaOf(site.ring))
  const [u] = axesOf(site.ring)
  const [x, y] = innerPoint(site.ring)
  for (let share = 0.3; share > 0.08; share -= 0.04) {
    const rect: Rect = {
      x,
      y,
      ux: u[0],
      uy: u[1],
      long: Math.min(62, size * share),
      wide: Math.min(18, size * share * 0.34),
    }
    if (!site.take(rect, 0)) continue
    raise(site, cornersOf(rect), { levels: dice.whole(...levels), storey: 3.9, use, work: 0.6 })
    break
  }
  lattice(site, { long: [12, 26], wide: [6, 8.5], gap: 14, empty: 0.35 }, (ring) =>
    raise(site, ring, {
      levels: dice.whole(Math.max(2, levels[0] - 2), Math.max(3, Math.round(levels[1] * 0.6))),
      storey: 3.8,
      use,
      work: 0.55,
    }),
  )
}
