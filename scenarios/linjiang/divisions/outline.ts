import type { Point } from '../curve'
import type { Planar } from '../fabric/planar'
import { areaOf } from '../fabric/polygon'

/** Outer ring and holes of the faces that belong together. */
export function outlineOf(plan: Planar, faces: ReadonlySet<number>): { outer: Point[]; holes: Point[][] } {
  const out = new Map<number, number[]>()
  for (const id of faces) {
    const { loop } = plan.faces[id]!
    for (let i = 0; i < loop.length; i++) {
      const [a, b] = [loop[i]!, loop[(i + 1) % loop.length]!]
      if (faces.has(plan.across(a, b))) continue
      const list = out.get(a)
      if (list === undefined) out.set(a, [b])
      else list.push(b)
    }
  }
  const rings: Point[][] = []
  for (const start of [...out.keys()].sort((a, b) => a - b)) {
    while (out.get(start)!.length > 0) rings.push(walk(plan, out, start))
  }
  const sized = rings.map((ring) => ({ ring, area: areaOf(ring) })).sort((a, b) => b.area - a.area)
  return { outer: sized[0]!.ring, holes: sized.filter(({ area }) => area < 0).map(({ ring }) => ring) }
}

/** Follows the boundary from a node with the faces on the left; at a node where it touches itself it keeps to the same face. */
function walk(plan: Planar, out: Map<number, number[]>, start: number): Point[] {
  const ring: Point[] = []
  let before = -1
  let at = start
  do {
    const choices = out.get(at)!
    const index = before < 0 || choices.length === 1 ? 0 : sharpest(plan, choices, { before, at })
    const next = choices.splice(index, 1)[0]!
    ring.push([plan.x[at]!, plan.y[at]!])
    before = at
    at = next
  } while (at !== start)
  return ring
}

function sharpest(plan: Planar, choices: readonly number[], { before, at }: { before: number; at: number }): number {
  const angle = (node: number): number => Math.atan2(plan.y[node]! - plan.y[at]!, plan.x[node]! - plan.x[at]!)
  const back = angle(before)
  const turn = (node: number): number => (back - angle(node) + 4 * Math.PI) % (2 * Math.PI)
  return choices.reduce((best, node, i) => (turn(node) < turn(choices[best]!) ? i : best), 0)
}
