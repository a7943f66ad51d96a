import { describe, expect, test } from 'vitest'
import type { FaultKind } from './faults'
import { ALL_SERIES, FEEDS, LinjiangSimulation } from './simulation'
import type { SimulatedRecord } from './simulation'

const HOUR = 3_600_000
const SLOW = 120_000
/** 2026-07-18 06:00 in the city: the story begins. */
const STORY = Date.parse('2026-07-18T06:00:00+08:00')
const at = (clock: string): number => Date.parse(`2026-07-18T${clock}:00+08:00`)

const values = (records: readonly SimulatedRecord[], series: string): number[] =>
  records.flatMap((record) => ('datastream' in record && record.datastream === series ? [record.result] : []))

const byText = (records: readonly SimulatedRecord[]): string[] => records.map((record) => JSON.stringify(record)).sort()

describe('linjiang simulation', () => {
  test('the same seed and span give the same bytes, and a restart in the middle goes on with them', {
    timeout: SLOW,
  }, () => {
    const uncut = new LinjiangSimulation({ seed: 7 })
    const first = new LinjiangSimulation({ seed: 7 })
    const second = new LinjiangSimulation({ seed: 7 })
    for (const feed of FEEDS) {
      const whole = uncut.records(feed, at('16:48'), at('16:58'))
      second.records(feed, at('03:00'), at('03:20')) // what was asked before does not matter
      const parts = [
        ...first.records(feed, at('16:48'), at('16:53') + 137),
        ...second.records(feed, at('16:53') + 137, at('16:58')),
      ]
      expect(whole.length).toBeGreaterThan(0)
      expect(byText(parts)).toEqual(byText(whole))
    }
  })

  test('another seed gives other values of the same series', () => {
    const one = new LinjiangSimulation({ seed: 7 }).records('water', at('10:00'), at('10:30'))
    const other = new LinjiangSimulation({ seed: 8 }).records('water', at('10:00'), at('10:30'))
    expect(byText(one)).not.toEqual(byText(other))
  })

  test('the afternoon storm floods some underpasses over 27 cm and leaves others dry', { timeout: SLOW }, () => {
    const records = new LinjiangSimulation({ seed: 7, faults: new Set() }).records(
      'underpasses',
      STORY,
      STORY + 18 * HOUR,
    )
    const peaks = ALL_SERIES.filter(({ kind }) => kind.property === 'water-depth').map(({ key }) =>
      Math.max(...values(records, key)),
    )
    const flooded = peaks.filter((peak) => peak >= 27).length
    expect(flooded).toBeGreaterThanOrEqual(4)
    expect(flooded).toBeLessThan(peaks.length - 3)
    expect(Math.max(...peaks)).toBeLessThan(200)
    const morning = new LinjiangSimulation({ seed: 7, faults: new Set() }).records('underpasses', STORY, STORY + HOUR)
    expect(morning.every((record) => 'result' in record && record.result === 0)).toBe(true)
  })

  test('each kind of fault can be switched off, and does what it says', { timeout: SLOW }, () => {
    const run = (kind?: FaultKind, feed: (typeof FEEDS)[number] = 'rain') =>
      new LinjiangSimulation({ seed: 7, faults: new Set(kind === undefined ? [] : [kind]) }).records(
        feed,
        STORY + 10 * HOUR,
        STORY + 13 * HOUR,
      )
    const sound = run()
    expect(run('outage').length).toBeLessThan(sound.length)
    expect(run('duplicate').length).toBeGreaterThan(sound.length)
    expect(new Set(byText(run('duplicate'))).size).toBe(sound.length)
    const exact = run('noise', 'weather').map((record) => JSON.stringify(record))
    expect(exact.length).toBe(run(undefined, 'weather').length)
    expect(exact).not.toEqual(run(undefined, 'weather').map((record) => JSON.stringify(record)))
    const lie = values(run('lie', 'water'), 'river-dongmatou.water-level')
    const truth = values(run(undefined, 'water'), 'river-dongmatou.water-level')
    expect(lie.length).toBe(truth.length)
    expect(lie.some((value, i) => Math.abs(value - truth[i]! - 1.85) < 1e-6)).toBe(true)
    const early = run('clock', 'pumps').filter(
      (record) => 'datastream' in record && record.datastream.startsWith('pump-9.'),
    )
    expect(Math.min(...early.map((record) => record.phenomenonTime))).toBeLessThan(STORY + 10 * HOUR)
    const delayed = new LinjiangSimulation({ seed: 7, faults: new Set(['delay']) }).records(
      'water',
      at('17:00'),
      at('17:05'),
    )
    const oldest = Math.min(...delayed.map((record) => record.phenomenonTime))
    expect(at('17:00') - oldest).toBeGreaterThan(15 * 60_000)
  })

  test('without noise a series shows its truth in its own steps, and the log says whether there is noise', () => {
    const series = ALL_SERIES.find(({ key }) => key === 'weather-guanxiang.temperature')!
    const spread = (faults: ReadonlySet<FaultKind>): number => {
      const shown = values(
        new LinjiangSimulation({ seed: 7, faults }).records('weather', STORY, STORY + HOUR),
        series.key,
      )
      const steps = shown.slice(1).map((value, i) => Math.abs(value - shown[i]!))
      return steps.reduce((sum, step) => sum + step, 0)
    }
    expect(spread(new Set())).toBeLessThan(spread(new Set(['noise'])) / 2)
    expect(new LinjiangSimulation({ seed: 7, faults: new Set() }).faultsAt(STORY)).toEqual([])
    expect(new LinjiangSimulation({ seed: 7, faults: new Set(['noise']) }).faultsAt(STORY)).toContain('* noise')
  })

  test('calls come as a feed of their own, without a person', () => {
    const calls = new LinjiangSimulation({ seed: 7 }).records('calls', at('17:00'), at('18:00'))
    expect(calls.length).toBeGreaterThan(20)
    for (const call of calls)
      expect(Object.keys(call).sort()).toEqual([
        'key',
        'latitude',
        'line',
        'longitude',
        'phenomenonTime',
        'titleEn',
        'titleZh',
        'topic',
      ])
  })

  test('a tripped substation measures a true zero', () => {
    const load = values(
      new LinjiangSimulation({ seed: 7, faults: new Set() }).records('power', at('17:30'), at('17:31')),
      'substation-1.load',
    )
    expect(load).toEqual([0, 0, 0, 0])
  })
})
