import type { Point } from '../curve'
import { extent, grainOf } from '../fabric/polygon'
import { cornersOf } from './site'
import type { Rect, Site } from './site'

/** How rows of houses stand: sizes and distances in metres. */
export interface RowForm {
  /** Half lengths to choose from. */
  readonly long: readonly number[]
  readonly wide: number
  readonly between: number
  readonly gap: number
  /** Share of the places that stay empty. */
  readonly empty: number
  /** Rows keep facing south when the block is turned less than this, radians. */
  readonly southward: number
  /** Metres by which houses of a row step forward and back. */
  readonly stagger: number
}

/** Fills a site with rows of rectangles; tells `raise` of each that found its place. */
export function rows(site: Site, form: RowForm, raise: (rect: Rect, corners: Point[]) => void): void {
  const { dice } = site
  const [ux, uy] = directionOf(site.ring, form.southward)
  const [u, v]: [Point, Point] = [
    [ux, uy],
    [-uy, ux],
  ]
  const [eu, ev] = [extent(site.ring, u), extent(site.ring, v)]
  const step = 2 * form.wide + form.between
  for (let across = ev.low + form.wide + dice.between(3, 0.6 * step); across < ev.high; across += step) {
    const shift = dice.between(0, form.gap)
    for (let at = eu.low + shift; at < eu.high; ) {
      const long = dice.pick(form.long)
      const off = form.stagger === 0 ? 0 : dice.between(-form.stagger, form.stagger)
      const [a, c] = [at + long, across + off]
      const rect: Rect = { x: u[0] * a + v[0] * c, y: u[1] * a + v[1] * c, ux, uy, long, wide: form.wide }
      if (dice.next() < form.empty) at += 2 * long + form.gap
      else if (site.take(rect, Math.min(form.gap, 4))) {
        raise(rect, cornersOf(rect))
        at += 2 * long + form.gap
      } else at += 6
    }
  }
}

/** East to west when the block allows it, else along the block. */
function directionOf(ring: readonly Point[], southward: number): Point {
  const { angle } = grainOf(ring)
  const turned = Math.abs(angle) > Math.PI / 4 ? angle - Math.sign(angle) * (Math.PI / 2) : angle
  const kept = Math.abs(turned) > southward ? turned : turned * 0.92
  return [Math.cos(kept), Math.sin(kept)]
}
