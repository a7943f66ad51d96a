import { canMoveAlarm } from '@/domain/alarm'
import type { Alarm, AlarmState } from '@/domain/alarm'
import type { WorldNo } from '@/domain/ids'
import { Conflict, NotFound } from '@/platform/errors'
import { inTransaction } from '@/platform/postgres/transaction'
import { appendAudit } from '../access/audit'
import { holdAlarm, keepAlarm } from './alarmRows'
import type { CommandContext } from './commandContext'
import { appendEvent } from './outbox'

/** Which Alarm. */
export interface OneAlarm {
  readonly world: WorldNo
  readonly id: string
}

/** What a person said about a move; `until` in the World's clock. */
export type Said = Pick<Alarm, 'reason' | 'until'>

/** Moves an Alarm along the table of domain/alarm.ts, with its event and its audit row. @throws NotFound, Conflict */
export async function moveAlarm(
  context: CommandContext,
  { world, id }: OneAlarm,
  to: AlarmState,
  said: Said = {},
): Promise<Alarm> {
  const { actor, postgres, clock, worldTime } = context
  const at = worldTime(world)
  return inTransaction(postgres, async (tx) => {
    const held = await holdAlarm(tx, world, id)
    if (held === undefined) throw new NotFound('alarm.unknown', { id })
    if (!canMoveAlarm(held.state, to)) throw new Conflict('alarm.cannotMove', { from: held.state, to })
    const { reason: _reason, until: _until, ...kept } = held
    const moved: Alarm = { ...kept, state: to, movedAt: at, movedBy: actor.id, ...said }
    await keepAlarm(tx, moved)
    await appendEvent(tx, { world, kind: 'alarm.moved', body: moved, actor: actor.id, at })
    const act = { action: `alarm.${to}`, object: `alarm/${id}`, result: 'ok' } as const
    await appendAudit(tx, { at: clock.now(), actor: actor.id, ...act })
    return moved
  })
}
