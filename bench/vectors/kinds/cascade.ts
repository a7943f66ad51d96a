import { z } from 'zod'
import { cascade } from '@/workers/models/cascade/model'
import { kind } from '../kind'
import type { Kinds } from '../kind'

const Probabilities = z.record(z.string(), z.number())
const Node = z.union([
  z.object({ p: z.number() }),
  z.object({ parents: z.array(z.string()), cpt: Probabilities }),
  z
    .object({ parents: z.array(z.string()), noisy_or: z.array(z.number()), leak: z.number().default(0) })
    .transform(({ parents, noisy_or, leak }) => ({ parents, noisyOr: noisy_or, leak })),
])
const Net = z.record(z.string(), Node)
const Evidence = z.record(z.string(), z.union([z.literal(0), z.literal(1)]))

const reliability = z.object({
  edges: z.array(z.tuple([z.string(), z.string()])),
  p: z.union([z.number(), z.array(z.number())]),
  s: z.string(),
  t: z.string(),
})
const graph = z.object({
  nodes: z.array(z.string()),
  edges: z.array(z.tuple([z.string(), z.string(), z.number(), z.number()])),
  root: z.string(),
  horizon_min: z.number(),
})
const Service = z
  .object({
    fail_at: z.number().optional(),
    needs: z.array(z.array(z.string())).optional(),
    backup_min: z.number().optional(),
  })
  .transform(({ fail_at, needs, backup_min }) => ({
    ...(fail_at === undefined ? {} : { failAt: fail_at }),
    ...(needs === undefined ? {} : { needs }),
    ...(backup_min === undefined ? {} : { backupMinutes: backup_min }),
  }))

export const cascadeKinds: Kinds = {
  bn_query: kind(z.object({ net: Net, query: z.string(), evidence: Evidence }), ({ net, query, evidence }) => {
    const found = cascade.queryNetwork(net, query, evidence)
    return found.ok ? { p: found.value.p, p_evidence: found.value.pEvidence } : { error: found.error }
  }),
  bn_joint: kind(z.object({ net: Net, assignment: Evidence }), ({ net, assignment }) => ({
    p: cascade.jointProbability(net, assignment),
  })),
  two_terminal_reliability: kind(reliability, ({ edges, p, s, t }) => ({
    R: cascade.twoTerminalReliability(edges, p, [s, t]),
  })),
  cascade_exact: kind(graph, ({ nodes, edges, root, horizon_min }) => {
    const list = edges.map(([from, to, p, lagMinutes]) => ({ from, to, p, lagMinutes }))
    const { active, onsetMinutes } = cascade.cascadeExact(nodes, list, { root, horizonMinutes: horizon_min })
    return { p_active: active, mean_onset_given_active_min: onsetMinutes }
  }),
  infra_fixpoint: kind(z.object({ nodes: z.record(z.string(), Service) }), ({ nodes }) => ({
    down_at_min: cascade.infrastructureOutages(nodes),
  })),
}
