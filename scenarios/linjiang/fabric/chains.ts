import type { Edge, Planar } from './planar'

/** Node numbers of one street, in order; a street that was interrupted gives several. */
export interface Chain {
  readonly line: number
  readonly nodes: readonly number[]
}

/** Strings the edges of each line of the plan together again. `keep` leaves edges out. */
export function chainsOf(plan: Planar, keep: (edge: Edge) => boolean): Chain[] {
  const byLine = new Map<number, Edge[]>()
  for (const edge of plan.edges.values()) {
    if (!keep(edge)) continue
    const list = byLine.get(edge.line)
    if (list === undefined) byLine.set(edge.line, [edge])
    else list.push(edge)
  }
  return [...byLine]
    .sort(([a], [b]) => a - b)
    .flatMap(([line, edges]) => strings(edges).map((nodes) => ({ line, nodes })))
}

function strings(edges: readonly Edge[]): number[][] {
  const around = new Map<number, number[]>()
  const link = (a: number, b: number): void => {
    const list = around.get(a)
    if (list === undefined) around.set(a, [b])
    else list.push(b)
  }
  for (const { a, b } of edges) {
    link(a, b)
    link(b, a)
  }
  const used = new Set<number>()
  const keyOf = (a: number, b: number): number => Math.min(a, b) * 16_777_216 + Math.max(a, b)
  const walk = (start: number): number[] => {
    const out = [start]
    for (let at: number | undefined = start; at !== undefined; ) {
      const here: number = at
      const next: number | undefined = around.get(here)!.find((other) => !used.has(keyOf(here, other)))
      if (next !== undefined) {
        used.add(keyOf(here, next))
        out.push(next)
      }
      at = next
    }
    return out
  }
  const nodes = [...around.keys()].sort((a, b) => a - b)
  const starts = [...nodes.filter((node) => around.get(node)!.length !== 2), ...nodes]
  return starts.flatMap((start) => {
    const out: number[][] = []
    for (let chain = walk(start); chain.length > 1; chain = walk(start)) out.push(chain)
    return out
  })
}
