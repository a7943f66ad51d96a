import { z } from 'zod'
import type { Role } from '../api/accounts'
import { minutes } from '../time'

/** What may be ordered; an act that is not in this list is `other`. */
export const TaskAct = z.enum([
  'closeRoad',
  'closeUnderpass',
  'stopTrain',
  'closeStation',
  'evacuate',
  'cutPower',
  'rescue',
  'pump',
  'medical',
  'verifyOnSite',
  'monitor',
  'inform',
  'supply',
  'closeSchools',
  'releaseReservoir',
  'stopCity',
  'publicRelease',
  'other',
])
export type TaskAct = z.infer<typeof TaskAct>

/**
 * How an act is decided: `own` within the duty of the desk; `actFirst` (先行处置) at once, signed afterwards; `approve`
 * (请示) by one approver; `two` (双人) by two different ones.
 */
export const Authority = z.enum(['own', 'actFirst', 'approve', 'two'])
export type Authority = z.infer<typeof Authority>

/** What every shipped plan says; a plan may ask for more, never for less. */
const usual: Readonly<Record<TaskAct, Authority>> = {
  closeRoad: 'actFirst',
  closeUnderpass: 'actFirst',
  stopTrain: 'actFirst',
  closeStation: 'actFirst',
  evacuate: 'actFirst',
  cutPower: 'actFirst',
  rescue: 'own',
  pump: 'own',
  medical: 'own',
  verifyOnSite: 'own',
  monitor: 'own',
  inform: 'own',
  supply: 'own',
  closeSchools: 'approve',
  releaseReservoir: 'two',
  stopCity: 'two',
  publicRelease: 'two',
  other: 'own',
}

const strictness: Readonly<Record<Authority, number>> = { own: 0, actFirst: 1, approve: 2, two: 3 }

/** How an act is decided, where a plan's wish can only be stricter. */
export function authorityOf(act: TaskAct, wished?: Authority): Authority {
  const held = usual[act]
  return wished !== undefined && strictness[wished] > strictness[held] ? wished : held
}

/** Different people who must agree before the order leaves. */
export const approversNeeded = (authority: Authority): 0 | 1 | 2 =>
  authority === 'two' ? 2 : authority === 'approve' ? 1 : 0

/** An act done first is signed afterwards within this time. */
export const COUNTERSIGN_WITHIN = minutes(30)

/** Posts whose holders approve and decide; others enter the decision on behalf of one. */
export const DECIDERS: readonly Role[] = ['commander', 'chief']
