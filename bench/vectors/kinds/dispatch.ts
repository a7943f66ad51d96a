import { z } from 'zod'
import { dispatch } from '@/workers/models/dispatch/model'
import { kind, NoData } from '../kind'
import type { Kinds } from '../kind'

const Numbers = z.array(z.number())
const Costs = z.array(z.array(z.number().nullable()))

const assignment = z.object({ cost: Costs.optional(), cost_rows: Costs.optional(), file: z.string().optional() })
const network = z
  .object({ from: Numbers, to: Numbers, cap: Numbers, cost: Numbers, supply: Numbers })
  .transform(({ cap, ...rest }) => ({ ...rest, capacity: cap }))
/** A transport table: what each source has, each sink wants, and the cost of one unit between them. */
const transport = z
  .object({ supply: Numbers, demand: Numbers, cost: z.array(Numbers) })
  .transform(({ supply, demand, cost }) => {
    const arcs = supply.flatMap((_, i) => demand.map((_want, j) => [i, j] as const))
    return {
      from: arcs.map(([i]) => i),
      to: arcs.map(([, j]) => supply.length + j),
      capacity: arcs.map(([i]) => supply[i]!),
      cost: arcs.map(([i, j]) => cost[i]?.[j] ?? Number.NaN),
      supply: [...supply, ...demand.map((want) => -want)],
    }
  })
const pMedian = z.object({
  n: z.number(),
  p: z.number(),
  edges: z.array(z.tuple([z.number(), z.number(), z.number()])),
})
const coverage = z.object({
  cover_sets: z.array(Numbers),
  demand: Numbers,
  stations: z.number(),
  vehicles: z.number(),
  busy_fraction: z.number(),
  station_capacity: z.number(),
})
const incident = z.object({
  occ_up: Numbers,
  occ_dn: Numbers,
  T1_OCCDF: z.number(),
  T2_OCCRDF: z.number(),
  T3_DOCCTD: z.number(),
})
const routing = z.object({
  capacity: z.number(),
  coords: z.array(z.tuple([z.number(), z.number()])),
  demand: Numbers,
})

export const dispatchKinds: Kinds = {
  assignment: kind(assignment, ({ cost, cost_rows, file }) => {
    const rows = cost ?? cost_rows
    if (rows === undefined) throw new NoData(`${file ?? 'the cost matrix'} is not among the data sets`)
    const found = dispatch.assign(rows)
    return found.ok ? found.value : { error: found.error }
  }),
  min_cost_flow: kind(z.union([network, transport]), (input) => {
    const found = dispatch.minCostFlow(input)
    return found.ok ? found.value : { error: found.error }
  }),
  p_median: kind(pMedian, (problem) => {
    const { value, centers } = dispatch.pMedian(problem)
    return { optimum: value, value, centers }
  }),
  mexclp: kind(
    coverage,
    ({ cover_sets, busy_fraction, station_capacity, ...problem }) =>
      dispatch.mexclp({
        ...problem,
        coverSets: cover_sets,
        busyFraction: busy_fraction,
        stationCapacity: station_capacity,
      }),
    { oneOfMany: ['one_optimum'] },
  ),
  tti: kind(z.object({ free_flow_s: z.number(), actual_s: z.number() }), ({ free_flow_s, actual_s }) =>
    dispatch.travelTimeIndex(free_flow_s, actual_s),
  ),
  incident_california: kind(incident, ({ occ_up, occ_dn, T1_OCCDF, T2_OCCRDF, T3_DOCCTD }) => {
    const thresholds = { difference: T1_OCCDF, relative: T2_OCCRDF, drop: T3_DOCCTD }
    return { incident: dispatch.detectIncidents(occ_up, occ_dn, thresholds).map(Number) }
  }),
  cvrp: kind(
    routing,
    ({ capacity, coords, demand }) => {
      const lengths = coords.map(([x, y]) => coords.map(([ox, oy]) => Math.round(Math.hypot(x - ox, y - oy))))
      const { cost, routes } = dispatch.capacitatedRoutes({ capacity, demand, lengths })
      return { optimum: cost, routes }
    },
    { oneOfMany: ['routes'] },
  ),
}
