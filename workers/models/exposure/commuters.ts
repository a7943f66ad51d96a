/** One row of an origin-destination table: home block, work block, all jobs, jobs of the three age groups. */
export type OdRow = readonly [home: string, work: string, jobs: number, ...ages: number[]]

export interface OdMargins {
  /** Workers by the block they live in. */
  readonly residence: Readonly<Record<string, number>>
  /** Jobs by the block they are in. */
  readonly workplace: Readonly<Record<string, number>>
  /** Rows whose age groups do not add up to their jobs: home and work block. */
  readonly unequalAges: readonly (readonly [string, string])[]
}

/** Margins of an origin-destination table (LEHD LODES 8: RAC and WAC are the margins of OD). */
export function odMargins(rows: readonly OdRow[]): OdMargins {
  const residence: Record<string, number> = {}
  const workplace: Record<string, number> = {}
  const unequalAges: [string, string][] = []
  for (const [home, work, jobs, ...ages] of rows) {
    residence[home] = (residence[home] ?? 0) + jobs
    workplace[work] = (workplace[work] ?? 0) + jobs
    if (ages.length > 0 && ages.reduce((sum, age) => sum + age, 0) !== jobs) unequalAges.push([home, work])
  }
  return { residence, workplace, unequalAges }
}

export interface CommuterFlows {
  /** Live outside, work inside. */
  readonly inflow: number
  /** Live inside, work outside. */
  readonly outflow: number
  /** Live and work inside. */
  readonly within: number
  /** Inflow less outflow: how many more people the day brings. */
  readonly net: number
}

/** Commuters of an area made of blocks. */
export function commuterFlows(rows: readonly OdRow[], area: readonly string[]): CommuterFlows {
  const inside = new Set(area)
  let [inflow, outflow, within] = [0, 0, 0]
  for (const [home, work, jobs] of rows) {
    if (inside.has(home) && inside.has(work)) within += jobs
    else if (inside.has(work)) inflow += jobs
    else if (inside.has(home)) outflow += jobs
  }
  return { inflow, outflow, within, net: inflow - outflow }
}
