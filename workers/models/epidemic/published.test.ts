import { expect, test } from 'vitest'
import { epidemic } from './model'

test('EpiEstim: serial interval of influenza, 2.6 and 1.5 days', () => {
  const w = epidemic.serialInterval(2.6, 1.5, 6)
  const published = [
    0, 0.233_172_125_4, 0.358_579_400_3, 0.198_110_828_5, 0.103_342_655_4, 0.052_905_175_2, 0.026_821_462,
  ]
  for (const [k, share] of published.entries()) expect(w[k]).toBeCloseTo(share, 9)
})

test('EpiEstim example 1: school influenza 2009, days 2 to 8', () => {
  const cases = [1, 1, 0, 2, 5, 3, 3, 3]
  const interval = [0, 0.233, 0.359, 0.198, 0.103, 0.053, 0.027, 0.014, 0.007, 0.003, 0.002, 0.001]
  const { mean, deviation, quantiles } = epidemic.reproduction({ local: cases }, interval, [[2, 8]])
  expect(mean[0]).toBeCloseTo(1.735_608_909, 8)
  expect(deviation[0]).toBeCloseTo(0.409_086_943, 8)
  expect(quantiles[0]![0]).toBeCloseTo(1.028_631_837, 8)
  expect(quantiles[0]![2]).toBeCloseTo(2.624_495_884, 8)
})

test('Mack 1993 on the triangle of Taylor and Ashe', () => {
  const n = null
  const { unreported, standardError } = epidemic.chainLadder([
    [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
    [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085, n],
    [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315, n, n],
    [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268, n, n, n],
    [443160, 1136350, 2128333, 2897821, 3402672, 3873311, n, n, n, n],
    [396132, 1333217, 2180715, 2985752, 3691712, n, n, n, n, n],
    [440832, 1288463, 2419861, 3483130, n, n, n, n, n, n],
    [359480, 1421128, 2864498, n, n, n, n, n, n, n],
    [376686, 1363294, n, n, n, n, n, n, n, n],
    [344014, n, n, n, n, n, n, n, n, n],
  ])
  expect(Math.round(unreported)).toBe(18_680_856)
  expect(Math.round(standardError)).toBe(2_447_095)
})

test('Kermack and McKendrick: final sizes', () => {
  expect([1.2, 2, 5].map((r0) => Number(epidemic.finalSize(r0).toFixed(6)))).toEqual([0.313698, 0.796812, 0.993023])
})

test('scoringutils: two intervals and the median counted twice', () => {
  const levels = [0.1, 0.25, 0.5, 0.75, 0.9]
  expect(epidemic.weightedInterval(-15, levels, [-2, 1, 2, 2, 4], true).score).toBeCloseTo(15.616_666_667, 8)
  expect(epidemic.weightedInterval(22, levels, [-2, 0, 3, 3, 4], true).score).toBeCloseTo(19.116_666_667, 8)
})

test('school influenza 1978: R0 near 3.2, ill for 1.85 days', () => {
  const inBed = [3, 8, 26, 76, 225, 298, 258, 233, 189, 128, 68, 29, 14, 4]
  const { r0, infectiousDays } = epidemic.fitOutbreak(inBed, 763, 1)
  expect(Math.abs(r0 - 3.2)).toBeLessThan(0.25)
  expect(Math.abs(infectiousDays - 1.85)).toBeLessThan(0.15)
})
