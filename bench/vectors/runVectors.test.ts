import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runVectors } from './runVectors'

let folder = ''
let lines: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-vectors-'))
  lines = []
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = (): number => runVectors({ folder, data: join(folder, 'none'), print: (line) => lines.push(line) })
const write = (name: string, value: unknown): void =>
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
const tti = (id: string, expected: unknown) => ({
  id,
  kind: 'tti',
  input: { free_flow_s: 60, actual_s: 90 },
  expected,
  tol: { abs: 1e-9, rel: 0 },
})

test('cases that are met end with 0 and are counted per model and kind', () => {
  write('a.json', { model: 'traffic_dispatch', cases: [tti('one', { tti: 1.5 }), tti('two', { tti: 1.5 })] })
  expect(run()).toBe(0)
  expect(lines.join('\n')).toMatch(/traffic_dispatch: 2\/2 passed[\s\S]*tti +2\/2 passed/)
})

test('a miss ends with 1 and says what was expected', () => {
  write('a.json', { model: 'traffic_dispatch', cases: [tti('one', { tti: 1.6 })] })
  expect(run()).toBe(1)
  expect(lines.join('\n')).toContain('one: the answer is 1.5, expected 1.6')
})

test('an input that the kernel refuses, or that is not understood, is a miss', () => {
  const cases = [
    { ...tti('refused', { tti: 1 }), input: { free_flow_s: 0, actual_s: 1 } },
    { ...tti('text', { tti: 1 }), input: { free_flow_s: '60', actual_s: 1 } },
  ]
  write('a.json', { model: 'traffic_dispatch', cases })
  expect(run()).toBe(1)
  expect(lines.join('\n')).toContain('0/2 passed')
})

test('what is not built, lacks its data or is there for comparison is counted apart', () => {
  const cases = [
    { ...tti('new', { x: 1 }), kind: 'teleport' },
    { ...tti('far', { total: 1 }), kind: 'assignment', input: { n: 3, file: 'elsewhere.txt' } },
    { ...tti('paper', { x: 1 }), kind: 'forecast_anchor' },
  ]
  write('a.json', { model: 'traffic_dispatch', cases })
  write('b.json', { model: 'astrology', cases: [tti('one', { tti: 1 })] })
  expect(run()).toBe(0)
  expect(lines.at(-1)).toContain('2 not built, 1 without their data set, 1 for comparison only')
})

test('one of several right answers is not compared', () => {
  const input = {
    cover_sets: [[0], [1]],
    demand: [1, 1],
    stations: 2,
    vehicles: 1,
    busy_fraction: 0,
    station_capacity: 1,
  }
  const expected = { objective: 1, one_optimum: [0, 1] }
  write('a.json', { model: 'traffic_dispatch', cases: [{ ...tti('one', expected), kind: 'mexclp', input }] })
  expect(run()).toBe(0)
})

test.each([
  ['no file at all', undefined],
  ['no JSON', '{"model":'],
  ['no cases', { model: 'traffic_dispatch' }],
  ['a case without a kind', { model: 'traffic_dispatch', cases: [{ id: 'one', input: {}, expected: {} }] }],
])('%s ends with 2 and one sentence', (_name, content) => {
  if (content !== undefined) write('a.json', content)
  expect(run()).toBe(2)
  expect(lines).toHaveLength(1)
})

test('a folder that is not there ends with 2', () => {
  expect(runVectors({ folder: join(folder, 'gone'), data: folder, print: (line) => lines.push(line) })).toBe(2)
  expect(lines[0]).toContain('cannot be read')
})
