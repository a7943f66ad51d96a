import { Alarm } from '@/domain/alarm'
import type { WorldNo } from '@/domain/ids'
import { Forbidden } from '@/platform/errors'
import { inTransaction } from '@/platform/postgres/transaction'
import { uuidv5 } from '@/platform/uuidv5'
import { appendAudit } from '../access/audit'
import { addAlarm, keepAlarm } from './alarmRows'
import { takeAlarmNumber } from './shortNumbers'
import type { CommandContext } from './commandContext'
import { appendEvent } from './outbox'

/** What a detector found. `raisedAt` is the phenomenon time at which the condition held. */
export interface RaiseAlarm extends Pick<Alarm, 'detector' | 'key' | 'level' | 'raisedAt'> {
  readonly world: WorldNo
  readonly stream?: NonNullable<Alarm['stream']>
  readonly threshold?: string
  readonly value?: number
  readonly limit?: number
}

/**
 * Raises an Alarm, once for each condition while it is open, and once for ever for the same condition and moment: so a
 * replay or a second server raises nothing new. Undefined when there was nothing to raise.
 * @throws Forbidden, Unavailable
 */
export async function raiseAlarm(context: CommandContext, input: RaiseAlarm): Promise<Alarm | undefined> {
  const { actor, postgres, clock, worldTime } = context
  if (actor.kind !== 'system') throw new Forbidden('alarm.raisedByDetectorsOnly')
  const { world, ...condition } = input
  const at = worldTime(world)
  const id = uuidv5('alarm', world, input.detector, input.key, input.raisedAt)
  const alarm = Alarm.parse({ ...condition, id, state: 'raised', movedAt: at, movedBy: actor.id })
  return inTransaction(postgres, async (tx) => {
    if (!(await addAlarm(tx, world, alarm))) return undefined
    const numbered: Alarm = { ...alarm, no: await takeAlarmNumber(tx, world) }
    await keepAlarm(tx, numbered)
    await appendEvent(tx, { world, kind: 'alarm.moved', body: numbered, actor: actor.id, at })
    const act = { action: 'alarm.raise', object: `alarm/${id}`, result: 'ok' } as const
    await appendAudit(tx, { at: clock.now(), actor: actor.id, ...act })
    return numbered
  })
}
