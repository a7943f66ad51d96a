import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '@/domain/numeric/seeded'
import { expectedCoverage } from './coverage'
import { dispatch } from './model'

function* orders(n: number, taken: number[] = []): Generator<number[]> {
  if (taken.length === n) yield taken
  for (let i = 0; i < n; i++) if (!taken.includes(i)) yield* orders(n, [...taken, i])
}

describe('assignment', () => {
  const cell = fc.option(fc.integer({ min: -20, max: 50 }), { freq: 6 })
  const matrix = (n: number, m: number) =>
    fc.array(fc.array(cell, { minLength: m, maxLength: m }), { minLength: n, maxLength: n })

  /** Least total over all ways, undefined when each way is forbidden; rows are at most columns. */
  function bruteForce(cost: readonly (readonly (number | null)[])[], m: number): number | undefined {
    let best: number | undefined
    for (const order of orders(m)) {
      const sum = cost.reduce((total, row, i) => total + (row[order[i]!] ?? Number.NaN), 0)
      if (Number.isNaN(sum)) continue
      if (best === undefined || sum < best) best = sum
    }
    return best
  }

  test.each([
    [3, 3],
    [4, 5],
    [5, 5],
  ])('%d x %d is as cheap as trying everything, and as its transpose', (n, m) => {
    fc.assert(
      fc.property(matrix(n, m), (cost) => {
        const found = dispatch.assign(cost)
        expect(found.ok ? found.value.total : undefined).toBe(bruteForce(cost, m))
        const turned = dispatch.assign(Array.from({ length: m }, (_, j) => cost.map((row) => row[j]!)))
        expect(turned.ok ? turned.value.total : undefined).toBe(found.ok ? found.value.total : undefined)
      }),
      { numRuns: 60 },
    )
  })

  test('nobody, one, all equal, forbidden', () => {
    expect(dispatch.assign([])).toEqual({ ok: true, value: { total: 0, pairs: [] } })
    expect(dispatch.assign([[7]])).toEqual({ ok: true, value: { total: 7, pairs: [[0, 0]] } })
    expect(
      dispatch.assign([
        [1, 1],
        [1, 1],
      ]),
    ).toEqual({
      ok: true,
      value: {
        total: 2,
        pairs: [
          [0, 0],
          [1, 1],
        ],
      },
    })
    expect(dispatch.assign([[null]])).toEqual({ ok: false, error: 'infeasible' })
    expect(() => dispatch.assign([[1], [1, 2]])).toThrow(/Row 1/)
    for (const bad of [Number.NaN, 1e308, Number.NEGATIVE_INFINITY])
      expect(() => dispatch.assign([[bad]])).toThrow(RangeError)
  })
})

describe('cheapest flow', () => {
  test('carries an assignment at the cost of the assignment', () => {
    const cost = fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 }), {
      minLength: 4,
      maxLength: 4,
    })
    fc.assert(
      fc.property(cost, (rows) => {
        const ends = rows.flatMap((row, i) => row.map((value, j) => [i, 4 + j, value] as const))
        const flow = dispatch.minCostFlow({
          from: ends.map(([from]) => from),
          to: ends.map(([, to]) => to),
          cost: ends.map(([, , value]) => value),
          capacity: ends.map(() => 1),
          supply: [1, 1, 1, 1, -1, -1, -1, -1],
        })
        const assigned = dispatch.assign(rows)
        expect(flow.ok && flow.value.cost).toBe(assigned.ok && assigned.value.total)
      }),
      { numRuns: 40 },
    )
  })

  test('keeps what flows, its prices prove it optimal, and too little capacity is said', () => {
    const network = {
      from: [0, 0, 1, 1, 2],
      to: [1, 2, 2, 3, 3],
      capacity: [4, 2, 2, 3, 5],
      cost: [2, 4, 1, 6, 2],
      supply: [6, 0, 0, -6],
    }
    const found = dispatch.minCostFlow(network)
    if (!found.ok) throw new Error('infeasible')
    const { flow, price } = found.value
    for (const node of [0, 1, 2, 3]) {
      const out = flow.reduce((sum, units, k) => sum + (network.from[k] === node ? units : 0), 0)
      const into = flow.reduce((sum, units, k) => sum + (network.to[k] === node ? units : 0), 0)
      expect(out - into).toBe(network.supply[node])
    }
    for (const [k, units] of flow.entries()) {
      const reduced = network.cost[k]! + price[network.from[k]!]! - price[network.to[k]!]!
      if (units < network.capacity[k]!) expect(reduced).toBeGreaterThanOrEqual(-1e-9)
      if (units > 0) expect(reduced).toBeLessThanOrEqual(1e-9)
    }
    expect(dispatch.minCostFlow({ ...network, capacity: [1, 1, 1, 1, 1] }).ok).toBe(false)
    expect(dispatch.minCostFlow({ ...network, supply: [6, 0, 0, -5] }).ok).toBe(false)
    expect(() => dispatch.minCostFlow({ ...network, capacity: [-1, 1, 1, 1, 1] })).toThrow(RangeError)
  })
})

test('the p-median of a small net is that of trying all', () => {
  const chance = seeded(4)
  const edges = Array.from({ length: 30 }, (_, k): [number, number, number] =>
    k < 11
      ? [k + 1, k + 2, 1 + Math.floor(9 * chance.next())]
      : [1 + Math.floor(12 * chance.next()), 1 + Math.floor(12 * chance.next()), 12],
  ).filter(([a, b]) => a !== b)
  const values = [1, 2, 12].map((p) => dispatch.pMedian({ n: 12, p, edges }).value)
  const way = dispatch.pMedian
  let best = Number.POSITIVE_INFINITY
  for (let a = 1; a <= 12; a++) {
    const hub: [number, number, number][] = edges
    const { value } = way({ n: 12, p: 1, edges: hub }, a)
    best = Math.min(best, value)
  }
  expect(values[0]).toBe(best)
  expect(values[1]).toBeLessThan(values[0]!)
  expect(values[2]).toBe(0)
  expect(() => dispatch.pMedian({ n: 3, p: 4, edges: [] })).toThrow(RangeError)
})

describe('expected coverage', () => {
  const problem = {
    coverSets: [[0], [0, 1], [1, 2], [2], [3], []],
    demand: [5, 8, 3, 9, 4, 100],
    stations: 4,
    vehicles: 3,
    busyFraction: 0.4,
    stationCapacity: 2,
  }

  test('is the best of all deployments', () => {
    let best = 0
    for (let k = 0; k < 81; k++) {
      const at = [k % 3, Math.floor(k / 3) % 3, Math.floor(k / 9) % 3, Math.floor(k / 27)]
      if (at.reduce((sum, v) => sum + v, 0) === 3) best = Math.max(best, expectedCoverage(problem, at))
    }
    expect(dispatch.mexclp(problem)).toMatchObject({ objective: best, exact: true })
  })

  test('with many stations is greedy with moves, never worse than spreading evenly', () => {
    const chance = seeded(9)
    const many = {
      ...problem,
      stations: 40,
      vehicles: 20,
      coverSets: Array.from({ length: 80 }, () => [0, 1, 2].map(() => Math.floor(40 * chance.next()))),
      demand: Array.from({ length: 80 }, () => Math.ceil(20 * chance.next())),
    }
    const { objective, exact, vehicles } = dispatch.mexclp(many)
    expect(exact).toBe(false)
    expect(vehicles.reduce((sum, v) => sum + v, 0)).toBe(20)
    const even = Array.from({ length: 40 }, (_, s) => (s % 2 === 0 ? 1 : 0))
    expect(objective).toBeGreaterThan(expectedCoverage(many, even))
  })

  test('no vehicle covers nobody; nonsense is refused', () => {
    expect(dispatch.mexclp({ ...problem, vehicles: 0 }).objective).toBe(0)
    expect(() => dispatch.mexclp({ ...problem, busyFraction: 1 })).toThrow(RangeError)
    expect(() => dispatch.mexclp({ ...problem, demand: [1] })).toThrow(RangeError)
  })
})

describe('routes of vehicles', () => {
  const chance = seeded(2)
  const places = Array.from({ length: 8 }, () => [100 * chance.next(), 100 * chance.next()] as const)
  const lengths = places.map(([x, y]) => places.map(([ox, oy]) => Math.hypot(x - ox, y - oy)))
  const demand = [0, 3, 4, 2, 5, 1, 4, 3]

  test('one vehicle that carries all drives the shortest round trip', () => {
    const found = dispatch.capacitatedRoutes({ capacity: 100, lengths, demand }, { rounds: 3000 })
    let best = Number.POSITIVE_INFINITY
    for (const order of orders(7)) {
      let [sum, at] = [0, 0]
      for (const stop of order) {
        sum += lengths[at]![stop + 1]!
        at = stop + 1
      }
      best = Math.min(best, sum + lengths[at]![0]!)
    }
    expect(found.cost).toBeCloseTo(best, 9)
  })

  test('serve every stop once without overload, the same for the same seed', () => {
    const problem = { capacity: 9, lengths, demand }
    const found = dispatch.capacitatedRoutes(problem, { rounds: 2000, seed: 5 })
    expect(found.routes.flat().sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
    for (const route of found.routes) expect(route.reduce((sum, stop) => sum + demand[stop]!, 0)).toBeLessThanOrEqual(9)
    expect(dispatch.capacitatedRoutes(problem, { rounds: 2000, seed: 5 })).toEqual(found)
    expect(() => dispatch.capacitatedRoutes({ ...problem, capacity: 4 })).toThrow(/Stop 4/)
    expect(dispatch.capacitatedRoutes({ capacity: 1, lengths: [[0]], demand: [0] })).toEqual({ cost: 0, routes: [] })
  })
})

describe('traffic', () => {
  test('the travel time index is never below 1 and scales out units', () => {
    expect(dispatch.travelTimeIndex(60, 45)).toBe(1)
    expect(dispatch.travelTimeIndex(60, 150)).toBe(2.5)
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => dispatch.travelTimeIndex(bad, 60)).toThrow(RangeError)
      expect(() => dispatch.travelTimeIndex(60, bad)).toThrow(RangeError)
    }
  })

  test.each([
    [1.5, 'smooth'],
    [1.51, 'basic'],
    [2, 'slow'],
    [2.4, 'heavy'],
    [9, 'jammed'],
  ])('index %d is %s', (index, level) => {
    expect(dispatch.congestionLevel(index, [1.5, 1.8, 2.1, 2.4])).toBe(level)
  })

  const thresholds = { difference: 8, relative: 0.5, drop: 0.15 }

  test('an incident begins when all three tests hold and ends after two quiet intervals', () => {
    const up = [12, 14, 30, 34, 33, 15, 14, 13]
    const down = [11, 12, 8, 8, 9, 12, 12, 12]
    expect(dispatch.detectIncidents(up, down, thresholds).map(Number)).toEqual([0, 0, 1, 1, 1, 1, 0, 0])
  })

  test('a queue everywhere, an empty road and a dead detector are none', () => {
    expect(dispatch.detectIncidents([30, 30, 30], [30, 30, 30], thresholds)).not.toContain(true)
    expect(dispatch.detectIncidents([0, 0, 0], [0, 0, 0], thresholds)).not.toContain(true)
    expect(dispatch.detectIncidents([40, 40, Number.NaN], [12, 12, 5], thresholds)).not.toContain(true)
    expect(dispatch.detectIncidents([], [], thresholds)).toEqual([])
    expect(() => dispatch.detectIncidents([1], [], thresholds)).toThrow(RangeError)
  })
})

describe('evacuation', () => {
  const ways = [
    { group: 0, shelter: 0, minutes: 10, peoplePerMinute: 50 },
    { group: 0, shelter: 1, minutes: 20, peoplePerMinute: 100 },
    { group: 1, shelter: 1, minutes: 5, peoplePerMinute: 40 },
  ]

  test('fills the near shelter first and keeps every person', () => {
    const { people, left, fill, clearMinutes } = dispatch.evacuate([500, 200], [{ places: 300 }, { places: 600 }], ways)
    expect(people).toEqual([300, 200, 200])
    expect(left).toEqual([0, 0])
    expect(fill).toEqual([1, 400 / 600])
    expect(clearMinutes).toBe(22)
  })

  test('says who finds no place', () => {
    const { people, left } = dispatch.evacuate([500, 200], [{ places: 100 }, { places: 150 }], ways)
    expect(people.reduce((sum, count) => sum + count, 0)).toBe(250)
    expect(left.reduce((sum, count) => sum + count, 0)).toBe(450)
    expect(dispatch.evacuate([], [], [])).toEqual({ people: [], left: [], fill: [], clearMinutes: 0 })
    expect(() => dispatch.evacuate([1], [], [{ group: 0, shelter: 0, minutes: 1, peoplePerMinute: 1 }])).toThrow(
      RangeError,
    )
  })
})
