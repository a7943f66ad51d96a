import { clipToBox, signedArea } from '@/domain/geometry/polygon'
import type { Box, Ring } from '@/domain/geometry/polygon'

/** People counted in a rectangle, in the unit of the polygon. */
export type PopulationCell = readonly [Box, number]

/** Share of the polygon by which the areas of its mended and its given form may differ. */
const MENDED_LIMIT = 0.01

/**
 * People inside a polygon by areal weighting (Goodchild and Lam 1980): each cell gives the share of its area that lies
 * inside. The rule is even-odd in effect for simple rings, whatever their direction.
 * @throws RangeError for a polygon of fewer than three corners, one that crosses itself, or a number that is not finite.
 */
export function arealPopulation(cells: readonly PopulationCell[], polygon: Ring): number {
  checkRing(polygon)
  let sum = 0
  for (const [box, people] of cells) {
    const area = (box[2] - box[0]) * (box[3] - box[1])
    if (!(area > 0) || !(people >= 0) || people === Number.POSITIVE_INFINITY)
      throw new RangeError(`A cell has an area and a number of people, got ${box.join(' ')} with ${people}.`)
    sum += people * (Math.abs(signedArea(clipToBox(polygon, box))) / area)
  }
  return sum
}

function checkRing(ring: Ring): void {
  if (ring.length < 3) throw new RangeError(`A polygon has three corners or more, got ${ring.length}.`)
  if (ring.some(([x, y]) => !Number.isFinite(x) || !Number.isFinite(y)))
    throw new RangeError('A corner of the polygon is not a finite number.')
  if (ring.length > 2000) return
  const box: Box = [
    Math.min(...ring.map(([x]) => x)),
    Math.min(...ring.map(([, y]) => y)),
    Math.max(...ring.map(([x]) => x)),
    Math.max(...ring.map(([, y]) => y)),
  ]
  const crossing = selfCrossings(ring)
  const extent = (box[2] - box[0]) * (box[3] - box[1])
  if (crossing && extent > 0 && Math.abs(signedArea(ring)) / extent < 1 - MENDED_LIMIT)
    throw new RangeError('The polygon crosses itself: its inside is not defined.')
}

/** Whether two sides that do not meet in a corner cross each other. */
function selfCrossings(ring: Ring): boolean {
  const n = ring.length
  for (let i = 0; i < n; i++) {
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue
      if (cross([ring[i]!, ring[(i + 1) % n]!], [ring[j]!, ring[(j + 1) % n]!])) return true
    }
  }
  return false
}

type Side = readonly [Ring[number], Ring[number]]

const cross = ([a, b]: Side, [c, d]: Side): boolean =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0

const turn = (a: Ring[number], b: Ring[number], c: Ring[number]): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
