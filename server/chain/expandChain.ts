import type { ChainView } from '@/domain/api/chain'
import type { Incident } from '@/domain/incident/incident'
import { incidentType } from '@/domain/incident/incidentTypes'
import { epochMillis, minutes } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import { cascade } from '@/workers/models/cascade/model'
import { CHAIN_EDGES, CHAIN_NODES } from './disasterChain'

const HORIZON_MINUTES = 180
const RUNS = 4000
const SEED = 7
/** What is less likely than this is not shown. */
const LEAST = 0.3

const nodeOf = ({ typeCode }: Incident): string | undefined => incidentType(typeCode)?.node

/** The chain from one Incident over the next three hours. The same Incident gives the same answer. */
export function expandChain(incident: Incident, others: readonly Incident[], now: EpochMillis): ChainView {
  const root = nodeOf(incident)
  if (root === undefined || !CHAIN_NODES.some(({ key }) => key === root)) {
    return { root: null, horizonMinutes: HORIZON_MINUTES, basis: 'expert', events: [], edges: [] }
  }
  const keys = CHAIN_NODES.map(({ key }) => key)
  const edges = CHAIN_EDGES.map(({ from, to, lagMinutes, weight: p }) => ({ from, to, lagMinutes, p }))
  const asked = { root, horizonMinutes: HORIZON_MINUTES, runs: RUNS, seed: SEED }
  const { active, onsetMinutes } = cascade.cascadeSampled(keys, edges, asked)
  const begun = incident.occurredAt ?? incident.reportedAt
  const events = CHAIN_NODES.flatMap(({ key, name, confirmedBy, looks }): ChainView['events'] => {
    const likely = Math.min(1, active[key] ?? 0)
    const onset = onsetMinutes[key]
    if (key === root || likely < LEAST || onset === null || onset === undefined) return []
    const incidents = others.filter((one) => nodeOf(one) === key).map(({ no }) => no)
    const at = epochMillis(Math.max(begun + minutes(onset), incidents.length > 0 ? 0 : now))
    return [{ key, name, confirmedBy, looks, likely, at, incidents }]
  }).sort((a, b) => b.likely - a.likely || a.at - b.at)
  const shown = new Set([root, ...events.map(({ key }) => key)])
  return {
    ...{ root, horizonMinutes: HORIZON_MINUTES, basis: 'expert', events },
    edges: edges
      .filter(({ from, to }) => shown.has(from) && shown.has(to) && to !== root)
      .map(({ from, to, p, lagMinutes }) => ({ from, to, likely: p, lagMinutes })),
  }
}
