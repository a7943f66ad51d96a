import { SUBSTATION_SITES } from '../plan/stations'
import { grow, nearestWay } from './forest'
import type { Forest, Ways } from './forest'
import type { RawLine } from './lines'

/** Feeders under the streets: each substation feeds its nearest streets, one feeder per way that leaves it. */
export function feederNetwork(ways: Ways): RawLine[] {
  const roots = SUBSTATION_SITES.map(({ at }) => nearestWay(ways, at))
  const forest = grow(ways, roots, (_from, _towards, metres) => metres)
  const feeder = feedersOf(forest, roots)
  const out: RawLine[] = []
  for (const run of pathsOf(forest)) {
    const network = feeder.get(run[0]!)!
    out.push({
      source: `linjiang/power/${network}/${out.length}`,
      points: run.map((node) => ways.at(node)),
      class: 'power',
      form: 'tunnel',
      network,
    })
  }
  return out
}

function feedersOf({ order, toRoot, root }: Forest, roots: readonly number[]): Map<number, string> {
  const counts = new Map<number, number>()
  const out = new Map<number, string>()
  for (const node of order) {
    const up = toRoot.get(node)!
    if (up === node) continue
    const known = out.get(up)
    if (known !== undefined) {
      out.set(node, known)
      continue
    }
    const no = (counts.get(up) ?? 0) + 1
    counts.set(up, no)
    out.set(node, `${SUBSTATION_SITES[roots.indexOf(root.get(node)!)]!.key}-${no}`)
  }
  return out
}

/** Ways from every end of a tree up to where another one already runs. */
function pathsOf({ order, toRoot }: Forest): number[][] {
  const used = new Set<number>()
  const out: number[][] = []
  for (let i = order.length - 1; i >= 0; i--) {
    const end = order[i]!
    if (used.has(end) || toRoot.get(end) === end) continue
    const run = [end]
    used.add(end)
    for (let at = toRoot.get(end)!; ; at = toRoot.get(at)!) {
      run.push(at)
      if (used.has(at) || toRoot.get(at) === at) break
      used.add(at)
    }
    out.push(run)
  }
  return out
}
