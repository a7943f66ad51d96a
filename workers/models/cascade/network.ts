/** A yes-no variable: its probability alone, a table by its parents' values, or a noisy-or of its parents. */
export type BayesNode =
  | { readonly p: number }
  | { readonly parents: readonly string[]; readonly cpt: Readonly<Record<string, number>> }
  | { readonly parents: readonly string[]; readonly noisyOr: readonly number[]; readonly leak: number }

export type BayesNet = Readonly<Record<string, BayesNode>>

export const parentsOf = (node: BayesNode): readonly string[] => ('parents' in node ? node.parents : [])

/** P(node = 1 | its parents' values, as a text of 0 and 1 in their order). */
export function chanceOf(node: BayesNode, key: string): number {
  if ('p' in node) return node.p
  if ('cpt' in node) return node.cpt[key]!
  const spared = node.noisyOr.reduce((product, p, i) => (key[i] === '1' ? product * (1 - p) : product), 1 - node.leak)
  return 1 - spared
}

/**
 * Checks that parents exist, tables are whole, probabilities are 0 to 1 and nothing causes itself.
 * @throws RangeError naming all that is wrong.
 */
export function checkNetwork(net: BayesNet): void {
  const faults = Object.entries(net).flatMap(([name, node]) => faultsOf(net, name, node))
  if (faults.length === 0 && orderOf(net) === undefined) faults.push('the network has a cycle')
  if (faults.length > 0) throw new RangeError(`The network cannot be used: ${faults.join('; ')}.`)
}

function faultsOf(net: BayesNet, name: string, node: BayesNode): string[] {
  const parents = parentsOf(node)
  const unknown = parents.filter((parent) => net[parent] === undefined)
  const faults = unknown.map((parent) => `${name} has the unknown parent ${parent}`)
  if ('cpt' in node) {
    const missing = keysOf(parents.length).filter((key) => node.cpt[key] === undefined)
    faults.push(...missing.map((key) => `the table of ${name} lacks ${key}`))
  }
  const isBad = (p: number): boolean => !(p >= 0 && p <= 1)
  if (numbersOf(node).some(isBad)) faults.push(`${name} has a probability outside 0 to 1`)
  return faults
}

function numbersOf(node: BayesNode): readonly number[] {
  if ('p' in node) return [node.p]
  return 'cpt' in node ? Object.values(node.cpt) : [node.leak, ...node.noisyOr]
}

/** All values of `n` parents: '00', '01', '10', '11'. */
export const keysOf = (n: number): string[] =>
  n === 0 ? [''] : Array.from({ length: 2 ** n }, (_, k) => k.toString(2).padStart(n, '0'))

/** Names with parents before children; undefined when there is a cycle. */
function orderOf(net: BayesNet): string[] | undefined {
  const order: string[] = []
  let waiting = Object.keys(net)
  while (waiting.length > 0) {
    const ready = waiting.filter((name) => parentsOf(net[name]!).every((parent) => order.includes(parent)))
    if (ready.length === 0) return undefined
    order.push(...ready)
    waiting = waiting.filter((name) => !ready.includes(name))
  }
  return order
}
