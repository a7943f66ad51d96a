import type { Point } from '../curve'
import type { Dice } from '../random'

/** Pieces of land with neighbours, to be shared out. */
export interface Land {
  readonly at: readonly Point[]
  /** How much each piece counts: people, or area where nobody lives. */
  readonly weight: readonly number[]
  readonly neighbours: readonly (readonly number[])[]
}

/** Shares `pieces` out to the nearest seed; `cost` adds metres for a piece and seed. Parts hang together. */
export function shareOut(
  land: Land,
  pieces: readonly number[],
  { seeds, cost }: { seeds: readonly Point[]; cost: (piece: number, seed: number) => number },
): Map<number, number> {
  const out = new Map<number, number>()
  for (const piece of pieces) {
    let [best, least] = [0, Number.POSITIVE_INFINITY]
    for (let s = 0; s < seeds.length; s++) {
      const metres = Math.hypot(land.at[piece]![0] - seeds[s]![0], land.at[piece]![1] - seeds[s]![1]) + cost(piece, s)
      if (metres < least) [best, least] = [s, metres]
    }
    out.set(piece, best)
  }
  return joinUp(land, out)
}

/** Keeps the heaviest connected part of every share and gives the rest to neighbours, nearest first. */
function joinUp(land: Land, shares: Map<number, number>): Map<number, number> {
  const out = new Map<number, number>()
  for (const pieces of heaviestParts(land, shares).values())
    for (const piece of pieces) out.set(piece, shares.get(piece)!)
  const front = [...out.keys()].sort((a, b) => a - b)
  for (let i = 0; i < front.length; i++) {
    const fresh = land.neighbours[front[i]!]!.filter((next) => shares.has(next) && !out.has(next))
    for (const next of fresh) out.set(next, out.get(front[i]!)!)
    front.push(...fresh)
  }
  for (const [piece, share] of shares) if (!out.has(piece)) out.set(piece, share)
  return out
}

function heaviestParts(land: Land, shares: ReadonlyMap<number, number>): Map<number, number[]> {
  const heaviest = new Map<number, { weight: number; pieces: number[] }>()
  const seen = new Set<number>()
  for (const [start, share] of shares) {
    if (seen.has(start)) continue
    const pieces = [start]
    seen.add(start)
    for (let i = 0; i < pieces.length; i++) {
      const fresh = land.neighbours[pieces[i]!]!.filter((next) => !seen.has(next) && shares.get(next) === share)
      for (const next of fresh) seen.add(next)
      pieces.push(...fresh)
    }
    const weight = pieces.reduce((sum, piece) => sum + land.weight[piece]! + 1e-6, 0)
    if (weight > (heaviest.get(share)?.weight ?? 0)) heaviest.set(share, { weight, pieces })
  }
  return new Map([...heaviest].map(([share, { pieces }]) => [share, pieces]))
}

/** Middles of `count` parts of about equal weight: picked by chance, then moved to their parts' middle four times. */
export function middles(
  land: Land,
  pieces: readonly number[],
  { count, dice }: { count: number; dice: Dice },
): Point[] {
  const seeds: Point[] = []
  for (let s = 0; s < count; s++) {
    let [best, reach] = [pieces[0]!, -1]
    for (const piece of pieces) {
      const far = Math.min(3_000, ...seeds.map(([x, y]) => Math.hypot(x - land.at[piece]![0], y - land.at[piece]![1])))
      const score = far * Math.sqrt(land.weight[piece]! + 1) * dice.between(0.3, 1)
      if (score > reach) [best, reach] = [piece, score]
    }
    seeds.push(land.at[best]!)
  }
  for (let round = 0; round < 4; round++) {
    const sums = seeds.map(() => [0, 0, 0])
    for (const piece of pieces) {
      const [x, y] = land.at[piece]!
      let [best, least] = [0, Number.POSITIVE_INFINITY]
      seeds.forEach(([sx, sy], s) => {
        const d = Math.hypot(x - sx, y - sy)
        if (d < least) [best, least] = [s, d]
      })
      const weight = land.weight[piece]! + 0.5
      sums[best]![0]! += x * weight
      sums[best]![1]! += y * weight
      sums[best]![2]! += weight
    }
    sums.forEach(([x, y, weight], s) => {
      if (weight! > 0) seeds[s] = [x! / weight!, y! / weight!]
    })
  }
  return seeds
}
