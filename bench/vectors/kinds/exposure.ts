import { z } from 'zod'
import { exposure } from '@/workers/models/exposure/model'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const Point = z.tuple([z.number(), z.number()])
const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])
const Shares = z.tuple([z.number(), z.number(), z.number()])
const OdRow = z.tuple([z.string(), z.string(), z.number()], z.number())

const areal = z.object({ cells: z.array(z.tuple([Box, z.number()])), polygon: z.array(Point) })
const dasymetric = z.object({
  source: z.object({ pop: z.number(), cells: z.record(z.string(), z.number()) }),
  class_weight: z.record(z.string(), z.number()),
})
const dayNight = z.object({
  hour: z.number(),
  residents: z.number(),
  workers: z.number(),
  visitors: z.number(),
  profile: z.object({ night: Shares, day: Shares, commute: Shares }),
})
const lodes = z.object({ od_rows_h_w_S000_SA01_SA02_SA03: z.array(OdRow) })
const lodesArea = z
  .object({ od_rows_h_w_S000_SA01_SA02_SA03: z.array(OdRow).optional(), od_rows_h_w_S000: z.array(OdRow).optional() })
  .catchall(z.unknown())

export const exposureKinds: Kinds = {
  areal: kind(areal, ({ cells, polygon }) => exposure.arealPopulation(cells, polygon)),
  dasymetric: kind(dasymetric, ({ source, class_weight }) => {
    const { perCell, sum } = exposure.dasymetric(source, class_weight)
    return { pop_per_cell: perCell, sum }
  }),
  day_night: kind(dayNight, ({ hour, profile, ...people }) => {
    const { part, population } = exposure.dayNight(hour, people, profile)
    return { class: part, population }
  }),
  lodes: kind(lodes, ({ od_rows_h_w_S000_SA01_SA02_SA03: rows }) => {
    const { residence, workplace, unequalAges } = exposure.odMargins(rows)
    const age_check = unequalAges.length === 0 ? 'SA01+SA02+SA03=S000 for every row' : 'unequal'
    return { RAC: residence, WAC: workplace, age_check }
  }),
  lodes_area: kind(lodesArea, (input) => {
    const rows = input.od_rows_h_w_S000_SA01_SA02_SA03 ?? input.od_rows_h_w_S000 ?? []
    const area = z.array(z.string()).parse(Object.values(input).find(isTexts))
    const { inflow, outflow, within, net } = exposure.commuterFlows(rows, area)
    return { inflow, outflow, within, internal: within, live_and_work: within, net, in: inflow, out: outflow }
  }),
  mmi_exposure: kind(z.object({ mmi: z.array(z.number()), pop: z.array(z.number()) }), ({ mmi, pop }) => ({
    bins_1_10: exposure.mmiBins(mmi, pop),
  })),
  svi: kind(z.object({ rows: z.array(z.array(z.number())) }), ({ rows }) => {
    const { sumPercentile, overall } = exposure.svi(rows)
    return { sum_percentile: sumPercentile, overall }
  }),
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string')
