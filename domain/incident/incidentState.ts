import { z } from 'zod'

/** 已接报, 已核实, 部门处置, 处置中, 基本控制, 响应终止, 归档, 已合并, 已关闭（误报）. */
export const IncidentState = z.enum([
  'reported',
  'verified',
  'monitored',
  'responding',
  'controlled',
  'ended',
  'archived',
  'merged',
  'closed',
])
export type IncidentState = z.infer<typeof IncidentState>

export const IncidentVerb = z.enum([
  'verify',
  'refute',
  'accept',
  'delegate',
  'escalate',
  'control',
  'relapse',
  'end',
  'archive',
])
export type IncidentVerb = z.infer<typeof IncidentVerb>

/** What must hold before a move: checked by the command, shown by the screen before it is asked. */
export type Guard = 'evidence' | 'reason' | 'level' | 'noOpenTask' | 'noOpenPlan' | 'finalReport'

export interface IncidentMove {
  readonly from: readonly IncidentState[]
  readonly to: IncidentState
  readonly needs: readonly Guard[]
}

/** Every legal move; nothing else moves an Incident but the merge into another. */
export const incidentMoves: Readonly<Record<IncidentVerb, IncidentMove>> = {
  verify: { from: ['reported'], to: 'verified', needs: ['evidence'] },
  refute: { from: ['reported'], to: 'closed', needs: ['reason', 'noOpenTask', 'noOpenPlan'] },
  accept: { from: ['verified'], to: 'responding', needs: ['level'] },
  delegate: { from: ['verified'], to: 'monitored', needs: ['reason'] },
  escalate: { from: ['monitored'], to: 'responding', needs: ['level'] },
  control: { from: ['responding'], to: 'controlled', needs: [] },
  relapse: { from: ['controlled'], to: 'responding', needs: ['reason'] },
  end: { from: ['responding', 'controlled', 'monitored'], to: 'ended', needs: ['noOpenTask', 'noOpenPlan'] },
  archive: { from: ['ended'], to: 'archived', needs: ['finalReport'] },
}

const MERGEABLE: readonly IncidentState[] = ['reported', 'verified', 'monitored', 'responding']
const GONE: readonly IncidentState[] = ['archived', 'merged', 'closed']

export const canMoveIncident = (from: IncidentState, verb: IncidentVerb): boolean =>
  incidentMoves[verb].from.includes(from)

/** Verbs that lead on from a state, in the order of the table. */
export const verbsFrom = (state: IncidentState): readonly IncidentVerb[] =>
  IncidentVerb.options.filter((verb) => canMoveIncident(state, verb))

export const canMerge = (state: IncidentState): boolean => MERGEABLE.includes(state)

/** Is it part of the picture no more? */
export const isOver = (state: IncidentState): boolean => GONE.includes(state)

/** May its facts still be changed and its tasks moved? */
export const isWorked = (state: IncidentState): boolean => !isOver(state) && state !== 'ended'
