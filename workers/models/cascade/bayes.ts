import { err, ok } from '@/domain/result'
import type { Result } from '@/domain/result'
import { chanceOf, checkNetwork, keysOf, parentsOf } from './network'
import type { BayesNet } from './network'

/** What is known: 0 or 1 by name. */
export type Evidence = Readonly<Record<string, 0 | 1>>

export interface Posterior {
  /** P(query = 1 | evidence). */
  readonly p: number
  readonly pEvidence: number
}

/** Values over all combinations of its variables; the first variable is the highest bit. */
interface Factor {
  readonly names: readonly string[]
  readonly values: Float64Array
}

/** Below this the evidence counts as impossible. */
const IMPOSSIBLE = 1e-300

/**
 * Exact inference by variable elimination: nodes that bear on nothing asked are dropped, the rest eliminated in the
 * order of least fill.
 * @throws RangeError when the network cannot be used or the question names no node.
 */
export function queryNetwork(net: BayesNet, query: string, evidence: Evidence): Result<Posterior, 'P(evidence)=0'> {
  checkNetwork(net)
  const asked = [query, ...Object.keys(evidence)]
  const unknown = asked.filter((name) => net[name] === undefined)
  if (unknown.length > 0) throw new RangeError(`The network has no ${unknown.join(', ')}.`)
  let factors = [...relevant(net, asked)].map((name) => factorOf(net, name, evidence))
  for (;;) {
    const next = leastFill(factors, query)
    if (next === undefined) break
    const touching = factors.filter(({ names }) => names.includes(next))
    factors = [...factors.filter((factor) => !touching.includes(factor)), sumOut(multiply(touching), next)]
  }
  const answer = multiply(factors)
  const pEvidence = answer.values.reduce((sum, value) => sum + value, 0)
  if (!(pEvidence > IMPOSSIBLE)) return err('P(evidence)=0')
  const p = answer.names.length === 0 ? (evidence[query] ?? 0) : answer.values[1]! / pEvidence
  return ok({ p, pEvidence })
}

/** Probability that every node has the value given. @throws RangeError when the network or assignment is not whole. */
export function jointProbability(net: BayesNet, values: Evidence): number {
  checkNetwork(net)
  return Object.entries(net).reduce((product, [name, node]) => {
    const value = values[name]
    if (value === undefined) throw new RangeError(`The assignment says nothing of ${name}.`)
    const one = chanceOf(
      node,
      parentsOf(node)
        .map((parent) => values[parent] ?? '')
        .join(''),
    )
    return product * (value === 1 ? one : 1 - one)
  }, 1)
}

/** What is asked and all that it descends from: the rest is barren. */
function relevant(net: BayesNet, asked: readonly string[]): Set<string> {
  const found = new Set<string>()
  const visit = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    parentsOf(net[name]!).forEach(visit)
  }
  asked.forEach(visit)
  return found
}

/** P(node | parents) with the evidence already put in. */
function factorOf(net: BayesNet, name: string, evidence: Evidence): Factor {
  const node = net[name]!
  const all = [...parentsOf(node), name]
  const names = all.filter((one) => evidence[one] === undefined)
  const values = keysOf(names.length).map((key) => {
    const value = (one: string): string => String(evidence[one] ?? key[names.indexOf(one)])
    const chance = chanceOf(node, parentsOf(node).map(value).join(''))
    return value(name) === '1' ? chance : 1 - chance
  })
  return { names, values: Float64Array.from(values) }
}

/** The variable, not the query, whose elimination joins the fewest others that were apart; ties by name. */
function leastFill(factors: readonly Factor[], query: string): string | undefined {
  const names = [...new Set(factors.flatMap((factor) => factor.names))].filter((name) => name !== query).sort()
  let best: { name: string; fill: number } | undefined
  for (const name of names) {
    const fill = fillOf(factors, [...neighbours(factors, name)])
    if (best === undefined || fill < best.fill) best = { name, fill }
  }
  return best?.name
}

/** Pairs of variables that are not in one factor yet. */
function fillOf(factors: readonly Factor[], around: readonly string[]): number {
  const apart = around.map(
    (one, i) => around.slice(i + 1).filter((other) => !neighbours(factors, one).has(other)).length,
  )
  return apart.reduce((sum, count) => sum + count, 0)
}

function neighbours(factors: readonly Factor[], name: string): Set<string> {
  const found = new Set(factors.filter(({ names }) => names.includes(name)).flatMap(({ names }) => names))
  found.delete(name)
  return found
}

function multiply(factors: readonly Factor[]): Factor {
  const names = [...new Set(factors.flatMap((factor) => factor.names))]
  const values = new Float64Array(2 ** names.length).fill(1)
  for (const factor of factors) {
    const places = factor.names.map((name) => names.length - 1 - names.indexOf(name))
    for (let k = 0; k < values.length; k++)
      values[k]! *= factor.values[places.reduce((index, place) => index * 2 + ((k >> place) & 1), 0)]!
  }
  return { names, values }
}

function sumOut({ names, values }: Factor, name: string): Factor {
  const place = names.length - 1 - names.indexOf(name)
  const out = new Float64Array(values.length / 2)
  for (let k = 0; k < values.length; k++) {
    const below = k & ((1 << place) - 1)
    out[((k >> (place + 1)) << place) | below]! += values[k]!
  }
  return { names: names.filter((one) => one !== name), values: out }
}
