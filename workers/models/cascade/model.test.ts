import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CascadeEdge } from './cascade'
import { cascade } from './model'
import type { BayesNet } from './network'

const share = fc.double({ min: 0.05, max: 0.95, noNaN: true })

describe('a Bayesian network', () => {
  const net = (p: readonly number[]): BayesNet => ({
    rain: { p: p[0]! },
    flood: { parents: ['rain'], cpt: { '1': p[1]!, '0': p[2]! } },
    power: { parents: ['flood', 'rain'], noisyOr: [p[3]!, p[4]!], leak: p[5]! },
    pump: { parents: ['power'], cpt: { '1': p[6]!, '0': p[7]! } },
  })
  const names = ['rain', 'flood', 'power', 'pump']

  test('answers as the sum over all its states', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 8, maxLength: 8 }), (p) => {
        let [both, evidence] = [0, 0]
        for (let k = 0; k < 16; k++) {
          const values = Object.fromEntries(names.map((name, i) => [name, ((k >> i) & 1) as 0 | 1]))
          if (values['pump'] !== 1 || values['rain'] !== 0) continue
          const joint = cascade.jointProbability(net(p), values)
          evidence += joint
          if (values['power'] === 1) both += joint
        }
        const found = cascade.queryNetwork(net(p), 'power', { pump: 1, rain: 0 })
        if (!found.ok) throw new Error('impossible')
        expect(found.value.p).toBeCloseTo(both / evidence, 12)
        expect(found.value.pEvidence).toBeCloseTo(evidence, 12)
      }),
    )
  })

  test('does not depend on the order of its nodes; a known node is known', () => {
    const p = [0.3, 0.8, 0.1, 0.5, 0.2, 0.05, 0.9, 0.1]
    const turned = Object.fromEntries(Object.entries(net(p)).reverse())
    expect(cascade.queryNetwork(turned, 'flood', { pump: 1 })).toEqual(
      cascade.queryNetwork(net(p), 'flood', { pump: 1 }),
    )
    expect(cascade.queryNetwork(net(p), 'flood', { flood: 1 })).toMatchObject({ ok: true, value: { p: 1 } })
  })

  test('impossible evidence is said, a broken network refused with all its faults', () => {
    const sure: BayesNet = { a: { p: 0 }, b: { parents: ['a'], cpt: { '1': 1, '0': 0 } } }
    expect(cascade.queryNetwork(sure, 'a', { b: 1 })).toEqual({ ok: false, error: 'P(evidence)=0' })
    const circle: BayesNet = {
      a: { parents: ['b'], cpt: { '1': 1, '0': 0 } },
      b: { parents: ['a'], cpt: { '1': 1, '0': 0 } },
    }
    expect(() => cascade.queryNetwork(circle, 'a', {})).toThrow(/cycle/)
    const broken: BayesNet = { a: { p: 1.5 }, b: { parents: ['c'], cpt: { '1': 1 } } }
    expect(() => cascade.queryNetwork(broken, 'a', {})).toThrow(/unknown parent c.*lacks 0.*|outside/)
    expect(() => cascade.queryNetwork(sure, 'x', {})).toThrow(/no x/)
  })
})

describe('a cascade', () => {
  const nodes = ['rain', 'flood', 'power', 'hospital']
  const edge = (from: string, to: string, p: number, lagMinutes: number): CascadeEdge => ({ from, to, p, lagMinutes })
  const edges = [
    edge('rain', 'flood', 0.6, 30),
    edge('flood', 'power', 0.5, 20),
    edge('power', 'hospital', 0.4, 10),
    edge('flood', 'hospital', 0.1, 15),
    edge('hospital', 'flood', 0.3, 1),
  ]
  const all = { root: 'rain', horizonMinutes: Number.POSITIVE_INFINITY }

  test('two ways to the hospital are counted once', () => {
    const { active, onsetMinutes } = cascade.cascadeExact(nodes, edges, all)
    expect(active['hospital']).toBeCloseTo(0.6 * (1 - (1 - 0.5 * 0.4) * (1 - 0.1)), 12)
    expect(onsetMinutes['rain']).toBe(0)
    const soon = cascade.cascadeExact(nodes, edges, { ...all, horizonMinutes: 45 })
    expect(soon.active['hospital']).toBeCloseTo(0.06, 12)
    expect(soon.onsetMinutes['power']).toBeNull()
  })

  test('a thousand runs agree with the exact answer within three standard errors, equal seeds are equal', () => {
    const question = { ...all, runs: 20_000, seed: 3 }
    const exact = cascade.cascadeExact(nodes, edges, all)
    const sampled = cascade.cascadeSampled(nodes, edges, question)
    for (const node of nodes) {
      const p = exact.active[node]!
      expect(Math.abs(sampled.active[node]! - p)).toBeLessThanOrEqual(3 * Math.sqrt((p * (1 - p)) / 20_000) + 1e-9)
    }
    expect(cascade.cascadeSampled(nodes, edges, question)).toEqual(sampled)
    const spread = edges.map((one) => ({ ...one, lagShape: 2 }))
    expect(cascade.cascadeSampled(nodes, spread, { ...question, runs: 2000 }).onsetMinutes['flood']! / 30).toBeCloseTo(
      1,
      1,
    )
  })

  test('the node that all ways pass is worth most; nothing reaches what no way leads to', () => {
    const ranking = cascade.criticality(nodes, edges, { ...all, target: 'hospital' })
    expect(ranking.map(({ node }) => node)).toEqual(['flood', 'power'])
    const lonely = cascade.cascadeExact([...nodes, 'bridge'], edges, all)
    expect(lonely.active['bridge']).toBe(0)
    expect(lonely.onsetMinutes['bridge']).toBeNull()
  })

  test('nonsense is refused', () => {
    expect(() => cascade.cascadeExact(nodes, [edge('rain', 'sea', 1, 1)], all)).toThrow(/ends nowhere/)
    expect(() => cascade.cascadeExact(nodes, [edge('rain', 'flood', Number.NaN, 1)], all)).toThrow(RangeError)
    expect(() => cascade.cascadeExact(nodes, edges, { ...all, root: 'sun' })).toThrow(RangeError)
    const many = Array.from({ length: 23 }, () => edge('rain', 'flood', 0.5, 1))
    expect(() => cascade.cascadeExact(nodes, many, all)).toThrow(/sample/)
  })
})

describe('services that need each other', () => {
  test('a circle falls only when something fells it', () => {
    const circle = { a: { needs: [['b']], backupMinutes: 5 }, b: { needs: [['a']], backupMinutes: 5 } }
    expect(cascade.infrastructureOutages(circle)).toEqual({ a: null, b: null })
    expect(cascade.infrastructureOutages({ ...circle, a: { ...circle.a, failAt: 7 } })).toEqual({ a: 7, b: 12 })
  })

  test('one member of a group is enough, one group is not', () => {
    const services = {
      north: { failAt: 10 },
      south: { failAt: 100 },
      clinic: { needs: [['north', 'south']], backupMinutes: 30 },
      lift: { needs: [['north'], ['south']] },
    }
    expect(cascade.infrastructureOutages(services)).toEqual({ north: 10, south: 100, clinic: 130, lift: 10 })
    expect(() => cascade.infrastructureOutages({ a: { needs: [['b']] } })).toThrow(/not there: b/)
  })
})

test('reliability in series multiplies, in parallel adds up, and no way is none', () => {
  fc.assert(
    fc.property(share, (p) => {
      const series: [string, string][] = [
        ['s', 'a'],
        ['a', 't'],
      ]
      expect(cascade.twoTerminalReliability(series, p, ['s', 't'])).toBeCloseTo(p * p, 12)
      expect(cascade.twoTerminalReliability([...series, ['t', 's']], p, ['s', 't'])).toBeCloseTo(
        1 - (1 - p) * (1 - p * p),
        12,
      )
    }),
  )
  expect(cascade.twoTerminalReliability([], 0.5, ['s', 't'])).toBe(0)
  expect(() => cascade.twoTerminalReliability([['s', 't']], 2, ['s', 't'])).toThrow(RangeError)
})
