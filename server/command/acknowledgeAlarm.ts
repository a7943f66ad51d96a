import type { Alarm } from '@/domain/alarm'
import { Forbidden } from '@/platform/errors'
import { authorise } from '../access/authorise'
import type { CommandContext } from './commandContext'
import { moveAlarm } from './moveAlarm'
import type { OneAlarm } from './moveAlarm'

/** Says that a person has seen the Alarm and sees to it. @throws Forbidden, NotFound, Conflict */
export async function acknowledgeAlarm(context: CommandContext, input: OneAlarm): Promise<Alarm> {
  if (!authorise(context.actor, 'alarms.acknowledge')) throw new Forbidden('alarm.notYours')
  return moveAlarm(context, input, 'acknowledged')
}
