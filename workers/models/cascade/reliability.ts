/** Above this many edges the states are too many to enumerate. */
const MOST_EDGES = 22

/**
 * Probability that two nodes are joined when each undirected edge works with its probability, independently, by
 * conditioning on one edge after the other (states in which all or nothing is decided are not split further).
 * @throws RangeError for over 22 edges or a probability outside 0 to 1.
 */
export function twoTerminalReliability(
  edges: readonly (readonly [string, string])[],
  works: number | readonly number[],
  [source, target]: readonly [string, string],
): number {
  if (edges.length > MOST_EDGES) throw new RangeError(`${edges.length} edges are too many to enumerate.`)
  const p = edges.map((_, k) => (typeof works === 'number' ? works : (works[k] ?? Number.NaN)))
  if (!p.every((one) => one >= 0 && one <= 1)) throw new RangeError('An edge works with a probability of 0 to 1.')
  const state = new Array<0 | 1 | 2>(edges.length).fill(2)
  const split = (k: number): number => {
    if (joined(edges, (i) => state[i] === 1, [source, target])) return 1
    if (k === edges.length || !joined(edges, (i) => state[i] !== 0, [source, target])) return 0
    state[k] = 1
    const up = split(k + 1)
    state[k] = 0
    const downwards = split(k + 1)
    state[k] = 2
    return p[k]! * up + (1 - p[k]!) * downwards
  }
  return split(0)
}

function joined(
  edges: readonly (readonly [string, string])[],
  isUsed: (k: number) => boolean,
  [source, target]: readonly [string, string],
): boolean {
  const reached = new Set([source])
  for (const node of reached) {
    if (node === target) return true
    for (const [k, [a, b]] of edges.entries()) {
      if (!isUsed(k)) continue
      if (a === node) reached.add(b)
      if (b === node) reached.add(a)
    }
  }
  return false
}
