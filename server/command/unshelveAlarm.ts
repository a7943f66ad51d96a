import type { Alarm } from '@/domain/alarm'
import { Forbidden } from '@/platform/errors'
import { authorise } from '../access/authorise'
import type { CommandContext } from './commandContext'
import { moveAlarm } from './moveAlarm'
import type { OneAlarm } from './moveAlarm'

/** Brings a shelved Alarm back, by a person or when its time is over. @throws Forbidden, NotFound, Conflict */
export async function unshelveAlarm(context: CommandContext, input: OneAlarm): Promise<Alarm> {
  if (!authorise(context.actor, 'alarms.shelve')) throw new Forbidden('alarm.notYours')
  return moveAlarm(context, input, 'raised')
}
