import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { childEnv } from '@/platform/env'
import { macDonaldLong, macDonaldUndulating, nonBreakingWave, relativeL1Of, rmseOf } from './cases/analytic'
import { eaTest1 } from './cases/eaFlat'
import { EA5_PEERS, eaTest5, runEaTest5 } from './cases/eaTest5'
import { merewether, runMerewether } from './cases/merewether'
import { rainOnGrid } from './cases/synthetic'
import { withFlood } from './measure'

const DATA = childEnv({})['BELFRY_DATA'] ?? join('..', 'shared', 'data')
const hasData = existsSync(join(DATA, 'flood-merewether-2007'))
const SLOW = 120_000

test.each([0, 3])(
  'a non-breaking wave over a dry plane is within 4 cm at 50 m, %i levels of steps',
  async (levels) => {
    const wave = nonBreakingWave(50)
    const input = { ...wave.input, scheme: { ...wave.input.scheme, levels } }
    await withFlood(input, 1, (run) => {
      run.advance(wave.seconds)
      expect(rmseOf(wave, run.depths())).toBeLessThanOrEqual(0.04)
      expect(run.massError()).toBe(0n)
    })
  },
  SLOW,
)

test.each([0, 3])(
  "MacDonald's subcritical channel is within 2 in a hundred, %i levels of steps",
  async (levels) => {
    const channel = macDonaldLong(400)
    await withFlood({ ...channel.input, scheme: { levels } }, 1, (run) => {
      run.advance(channel.seconds)
      expect(relativeL1Of(channel, run.depths())).toBeLessThanOrEqual(0.02)
    })
  },
  SLOW,
)

test(
  'an undulating channel is within 3 %, and finer cells come closer',
  async () => {
    const off: number[] = []
    for (const columns of [250, 500]) {
      const channel = macDonaldUndulating(columns)
      await withFlood(channel.input, 1, (run) => {
        run.advance(channel.seconds)
        off.push(relativeL1Of(channel, run.depths()))
      })
    }
    expect(off[1]).toBeLessThanOrEqual(0.03)
    expect(off[1]).toBeLessThan(off[0]!)
  },
  SLOW,
)

test(
  'block time steps and halved steps give the same flood to a centimetre',
  async () => {
    const storm = { ...rainOnGrid(150, 60), depth_m: new Float32Array(150 * 150).fill(0.2) }
    const depths: Float32Array[] = []
    for (const scheme of [{ levels: 0 }, { levels: 3 }, { levels: 0, alpha: 0.35 }]) {
      await withFlood({ ...storm, scheme }, 1, (run) => {
        run.advance(1800)
        depths.push(run.depths())
      })
    }
    const rmse = (other: Float32Array): number =>
      Math.sqrt(depths[0]!.reduce((sum, depth, cell) => sum + (depth - other[cell]!) ** 2, 0) / other.length)
    expect(rmse(depths[1]!)).toBeLessThanOrEqual(0.01)
    expect(rmse(depths[2]!)).toBeLessThanOrEqual(0.01)
  },
  SLOW,
)

test(
  'a pond behind a sill is left full to its sill by the tide (generated EA test 1)',
  async () => {
    const { input, seconds, points } = eaTest1()
    await withFlood(input, 1, (run) => {
      run.advance(seconds)
      // The highest cell between sea and pond, 305 m from the sea, lies at 9.97 m.
      expect(run.levelAt(points[1]!)).toBeCloseTo(9.97, 2)
      expect(run.levelAt(points[0]!)).toBeCloseTo(9.7, 2)
      expect(run.massError()).toBe(0n)
    })
  },
  SLOW,
)

describe.skipIf(!hasData)('on public data', () => {
  test(
    'Merewether 2007: observed levels within 17 cm RMSE, TUFLOW within 6 cm',
    async () => {
      const { input, points } = merewether(DATA)
      await withFlood(input, 2, (run) => {
        const { rmseObserved, rmseTuflow, massError } = runMerewether(run, points)
        expect(rmseObserved).toBeLessThanOrEqual(0.17)
        expect(rmseTuflow).toBeLessThanOrEqual(0.06)
        expect(massError).toBe(0n)
      })
    },
    SLOW,
  )

  test.each([0, 3])(
    'EA test 5: every gauge within 15 cm or 5 % of a peer at the usual step, %i levels of steps',
    async (levels) => {
      const { input, gauges } = eaTest5(DATA, { levels })
      await withFlood(input, 1, (run) => {
        const { peak_m, massError } = runEaTest5(run, gauges)
        for (const [k, peak] of peak_m.entries()) {
          const off = [EA5_PEERS.sgm[k]!, EA5_PEERS.acceleration[k]!].map(
            (peer) => Math.abs(peak - peer) / Math.max(0.15, 0.05 * peer),
          )
          expect(Math.min(...off), `gauge ${k + 1}: ${peak.toFixed(2)} m`).toBeLessThanOrEqual(1)
        }
        expect(Math.abs(peak_m[3]! - EA5_PEERS.sgm[3]), 'the gorge').toBeLessThanOrEqual(0.15)
        expect(massError).toBe(0n)
      })
    },
    SLOW,
  )
})
