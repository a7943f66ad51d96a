import { expect, test } from 'vitest'
import { cascade } from './model'
import type { BayesNet } from './network'

const burglary: BayesNet = {
  B: { p: 0.001 },
  E: { p: 0.002 },
  A: { parents: ['B', 'E'], cpt: { '11': 0.95, '10': 0.94, '01': 0.29, '00': 0.001 } },
  J: { parents: ['A'], cpt: { '1': 0.9, '0': 0.05 } },
  M: { parents: ['A'], cpt: { '1': 0.7, '0': 0.01 } },
}
const asia: BayesNet = {
  asia: { p: 0.01 },
  tub: { parents: ['asia'], cpt: { '1': 0.05, '0': 0.01 } },
  smoke: { p: 0.5 },
  lung: { parents: ['smoke'], cpt: { '1': 0.1, '0': 0.01 } },
  bronc: { parents: ['smoke'], cpt: { '1': 0.6, '0': 0.3 } },
  either: { parents: ['lung', 'tub'], cpt: { '11': 1, '10': 1, '01': 1, '00': 0 } },
  xray: { parents: ['either'], cpt: { '1': 0.98, '0': 0.05 } },
  dysp: { parents: ['bronc', 'either'], cpt: { '11': 0.9, '10': 0.8, '01': 0.7, '00': 0.1 } },
}

test('Russell and Norvig: a burglary when both call, and nobody but the alarm', () => {
  const found = cascade.queryNetwork(burglary, 'B', { J: 1, M: 1 })
  expect(found.ok && found.value.p).toBeCloseTo(0.284_172, 6)
  expect(cascade.jointProbability(burglary, { B: 0, E: 0, A: 1, J: 1, M: 1 })).toBeCloseTo(0.000_628_111, 9)
})

test('Lauritzen and Spiegelhalter: the chest clinic', () => {
  const found = cascade.queryNetwork(asia, 'lung', { asia: 1, dysp: 1 })
  expect(found.ok && found.value.p).toBeCloseTo(0.099_525_15, 8)
  expect(found.ok && found.value.pEvidence).toBeCloseTo(0.004_501_375, 9)
})

test('the bridge network: 2p² + 2p³ - 5p⁴ + 2p⁵', () => {
  const bridge: [string, string][] = [
    ['s', 'a'],
    ['s', 'b'],
    ['a', 'b'],
    ['a', 't'],
    ['b', 't'],
  ]
  expect(cascade.twoTerminalReliability(bridge, 0.9, ['s', 't'])).toBeCloseTo(0.978_48, 12)
})

test('two substations, by hand: pump 40, waterworks 160, telecom 440, hospital 640 minutes', () => {
  const supply = [['north', 'south']]
  const down = cascade.infrastructureOutages({
    north: { failAt: 10 },
    south: { failAt: 200 },
    pump: { needs: [['north']], backupMinutes: 30 },
    waterworks: { needs: [...supply, ['pump']], backupMinutes: 120 },
    hospital: { needs: [...supply, ['waterworks']], backupMinutes: 480 },
    telecom: { needs: supply, backupMinutes: 240 },
  })
  expect(down).toMatchObject({ pump: 40, waterworks: 160, hospital: 640, telecom: 440 })
})
