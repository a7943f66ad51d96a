import { expect, test } from 'vitest'
import { departmentOf } from '@/domain/access/departments'
import { INCIDENT_TYPES } from '@/domain/incident/incidentTypes'
import type { Incident } from '@/domain/incident/incident'
import { epochMillis, minutes } from '@/domain/time'
import { CHAIN_EDGES, CHAIN_NODES } from './disasterChain'
import { expandChain } from './expandChain'

const incident = (typeCode: string, no = 1): Incident =>
  ({ id: String(no), no, typeCode, reportedAt: epochMillis(0) }) as unknown as Incident

test('the graph is whole: ends exist, weights are probabilities, every watcher is a department', () => {
  const keys = new Set(CHAIN_NODES.map(({ key }) => key))
  expect(keys.size).toBe(CHAIN_NODES.length)
  for (const { from, to, lagMinutes, weight } of CHAIN_EDGES) {
    expect([keys.has(from), keys.has(to)], `${from}>${to}`).toEqual([true, true])
    expect(lagMinutes).toBeGreaterThanOrEqual(0)
    expect(weight > 0 && weight <= 1).toBe(true)
  }
  for (const { looks, key } of CHAIN_NODES) expect(departmentOf(looks), key).toBeDefined()
  for (const { node, code } of INCIDENT_TYPES) if (node !== undefined) expect(keys.has(node), code).toBe(true)
})

test('ponding leads to underpasses within the hour, and what has come is named', () => {
  const view = expandChain(incident('11A02'), [incident('12P50', 7)], epochMillis(minutes(5)))
  const of = (key: string) => view.events.find((event) => event.key === key)
  expect(view.root).toBe('PONDING')
  expect(of('UNDERPASS')?.likely).toBeCloseTo(0.9, 1)
  expect(of('UNDERPASS')?.at).toBeCloseTo(minutes(15), -4)
  expect(of('POWER')?.incidents).toEqual([7])
  expect(view.events.every(({ likely }) => likely >= 0.3)).toBe(true)
  expect(expandChain(incident('11A02'), [], epochMillis(0))).toEqual(expandChain(incident('11A02'), [], epochMillis(0)))
  expect(expandChain(incident('14A00'), [], epochMillis(0)).events).toEqual([])
})
